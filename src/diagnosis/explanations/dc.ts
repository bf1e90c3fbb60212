import { message } from '../../messages/message.js';
import { type ExplanationTable, step } from './explanation.js';

type DcCode = 'dc' | 'dc-none' | 'mixed-version' | 'feature-sets';

export const DC_EXPLANATIONS: ExplanationTable<DcCode> = {
  dc: ({ subject, payload: { version } }) => ({
    title: message('dc.title', { node: subject.names.join(), version }),
    means: message('dc.means'),
    next: [],
  }),
  'dc-none': ({ payload: { online, known } }) => ({
    title: message('dc-none.title'),
    means: message('dc-none.means'),
    cause:
      known === 0
        ? message('dc-none.cause.no-nodes')
        : online === 0
          ? message('dc-none.cause.none-online')
          : message('dc-none.cause.electing'),
    next: [
      step('pcs status', message('dc-none.pcs-status')),
      step('corosync-cfgtool -s', message('dc-none.corosync-cfgtool')),
      step('corosync-quorumtool -s', message('dc-none.corosync-quorumtool')),
      step('journalctl -b -u pacemaker -u corosync', message('dc-none.journalctl-pacemaker-corosync')),
    ],
  }),
  'mixed-version': () => ({
    title: message('mixed-version.title'),
    means: message('mixed-version.means'),
    cause: message('mixed-version.cause'),
    next: [step('crm_mon --version', message('step.every-node'))],
  }),
  'feature-sets': ({ payload: { sets } }) => ({
    title: message('feature-sets.title'),
    means: message('feature-sets.means'),
    lines: Object.entries(sets).map(([set, nodes]) => `${set}: ${nodes.join(', ')}`),
    next: [step('crm_mon --version', message('step.every-node'))],
  }),
};
