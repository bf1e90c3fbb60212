import { type Message, message, sentences } from '../../messages/message.js';
import type { Payloads } from '../meaning.js';
import { type ExplanationTable, step } from './explanation.js';

type ReadingCode =
  | 'not-running'
  | 'no-permission'
  | 'tool-missing'
  | 'error-unexplained'
  | 'cut-off'
  | 'not-understood'
  | 'part-missing'
  | 'not-printed'
  | 'not-listed';

type Part = Payloads['part-missing']['parts'][number] | Payloads['not-printed']['parts'][number];

const PARTS: { readonly [P in Part]: Message } = {
  dc: message('part.dc'),
  nodes: message('part.nodes'),
  resources: message('part.resources'),
  fencing: message('part.fencing'),
  'fail-counts': message('part.fail-counts'),
  daemons: message('part.daemons'),
};

export const READING_EXPLANATIONS: ExplanationTable<ReadingCode> = {
  'not-running': ({ payload: { printed, tool } }) => ({
    title: message('not-running.title'),
    means: message('not-running.means'),
    cause: message('not-running.cause'),
    lines: printed,
    next: [
      step('systemctl status corosync pacemaker', message('not-running.systemctl-status-corosync')),
      step('journalctl -b -u corosync -u pacemaker', message('not-running.journalctl-corosync-pacemaker')),
      step(tool === 'crm' ? 'crm cluster start' : 'pcs cluster start', message('not-running.start')),
      step(tool === 'crm' ? 'crm status' : 'pcs status', message('not-running.elsewhere')),
    ],
  }),
  'no-permission': ({ payload: { printed } }) => ({
    title: message('no-permission.title'),
    means: message('no-permission.means'),
    lines: printed,
    next: [step('sudo pcs status', message('no-permission.sudo-pcs-status'))],
  }),
  'tool-missing': ({ payload: { printed } }) => ({
    title: message('tool-missing.title'),
    means: message('tool-missing.means'),
    lines: printed,
    next: [
      step('crm_mon -1 --inactive', message('tool-missing.crm-mon')),
      step('systemctl status pacemaker', message('tool-missing.systemctl-status-pacemaker')),
    ],
  }),
  'error-unexplained': ({ payload: { printed } }) => ({
    title: message('error-unexplained.title'),
    means: message('no-explanation'),
    lines: printed,
    next: [step('systemctl status corosync pacemaker', message('error-unexplained.systemctl-status-corosync'))],
  }),
  'cut-off': ({ payload: { reasons } }) => ({
    title: message('cut-off.title'),
    means: message('cut-off.means'),
    lines: reasons,
    next: [step('pcs status --full', message('cut-off.pcs-status'))],
  }),
  'not-understood': ({ payload: { printed } }) => ({
    title: message('not-understood.title', { lines: printed.length }),
    means: message('not-understood.means'),
    lines: printed,
    next: [],
  }),
  'part-missing': ({ payload: { parts } }) => ({
    title: message('part-missing.title', { parts: parts.map((part) => PARTS[part]) }),
    means: message('part-missing.means'),
    next: [step('pcs status --full', message('part-missing.pcs-status'))],
  }),
  'not-printed': ({ payload: { parts } }) => ({
    title: message('not-printed.title', { parts: parts.map((part) => PARTS[part]) }),
    means: message('not-printed.means'),
    next: [
      ...(parts.includes('fencing') ? [step('stonith_admin --history "*"', message('not-printed.stonith-admin'))] : []),
      ...(parts.includes('fail-counts')
        ? [step('pcs resource failcount show', message('not-printed.pcs-resource-failcount'))]
        : []),
      ...(parts.includes('daemons') ? [step('systemctl status corosync pacemaker pcsd', message('part.daemons'))] : []),
    ],
  }),
  'not-listed': ({ payload: { listed: shown, configured, disabled, blocked } }) => ({
    title: message('not-listed.title', { hidden: configured - shown, configured }),
    means: sentences(
      message('not-listed.means', { shown, configured }),
      disabled > 0 ? message('not-listed.disabled', { disabled }) : undefined,
      blocked > 0 ? message('not-listed.blocked', { blocked }) : undefined,
    ),
    next: [step('crm_mon -1 --inactive', message('step.list-stopped'))],
  }),
};
