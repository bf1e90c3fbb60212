import type { CheckTable } from '../ports/check.js';
import { addressCheck } from './address.js';
import { agentCheck } from './agent.js';
import { answeredByCheck } from './answered-by.js';
import { createAnyOfCheck } from './any-of.js';
import { constraintCheck } from './constraint.js';
import { daemonsCheck } from './daemons.js';
import { dcCheck } from './dc.js';
import { exitCheck } from './exit.js';
import { failcountCheck } from './failcount.js';
import { fencedCheck } from './fenced.js';
import { nodeCheck } from './node.js';
import { nodesCheck } from './nodes.js';
import { outageCheck } from './outage.js';
import { outputCheck } from './output.js';
import { propertyCheck } from './property.js';
import { quorumCheck } from './quorum.js';
import { resourceCheck } from './resource.js';
import { sshCheck } from './ssh.js';
import { untouchedCheck } from './untouched.js';
import { warningCheck } from './warning.js';
import { writesCheck } from './writes.js';

/** Every kind of expectation; a kind without a driver does not compile. */
export const CHECKS: CheckTable = {
  node: nodeCheck,
  nodes: nodesCheck,
  resource: resourceCheck,
  address: addressCheck,
  quorum: quorumCheck,
  dc: dcCheck,
  daemons: daemonsCheck,
  property: propertyCheck,
  warning: warningCheck,
  ssh: sshCheck,
  outage: outageCheck,
  fenced: fencedCheck,
  writes: writesCheck,
  'answered-by': answeredByCheck,
  exit: exitCheck,
  output: outputCheck,
  agent: agentCheck,
  failcount: failcountCheck,
  constraint: constraintCheck,
  untouched: untouchedCheck,
  'any-of': createAnyOfCheck(() => CHECKS),
};
