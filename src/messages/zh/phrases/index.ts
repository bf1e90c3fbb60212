import { AUDIT_PHRASES } from './audits.js';
import { CHECK_PHRASES } from './checks.js';
import { CLUSTER_PHRASES } from './cluster.js';
import { COMMAND_PHRASES } from './commands.js';
import { FAULT_PHRASES } from './faults.js';
import { FILE_PHRASES } from './files.js';
import { HELP_PHRASES } from './help.js';
import { HISTORY_PHRASES } from './history.js';
import { LEARN_PHRASES } from './learn.js';
import { MACHINE_PHRASES } from './machine.js';
import { NIGHTLY_PHRASES } from './nightly.js';
import { POOL_PHRASES } from './pool.js';
import { STACK_PHRASES } from './stack.js';

/** Every phrase in Chinese, by its English. */
export const ZH_PHRASES = {
  ...AUDIT_PHRASES,
  ...CHECK_PHRASES,
  ...CLUSTER_PHRASES,
  ...COMMAND_PHRASES,
  ...FAULT_PHRASES,
  ...FILE_PHRASES,
  ...HELP_PHRASES,
  ...HISTORY_PHRASES,
  ...LEARN_PHRASES,
  ...MACHINE_PHRASES,
  ...NIGHTLY_PHRASES,
  ...POOL_PHRASES,
  ...STACK_PHRASES,
};

/** Chinese needs no blank after a full stop. */
export const ZH_PUNCTUATION = { semicolon: '；', colon: '：', sentences: '' } as const;
