import { message } from '../../messages/message.js';
import { allOf, type ExplanationTable, firstOf, step } from '../explanation.js';
import type { Facts } from '../facts.js';
import { about, type DiagnosisItem, item } from '../item.js';

/** `active/enabled` of each daemon on the node that was asked, and which nodes have a pcsd that answers. */
export function daemonItems({ state }: Facts): readonly DiagnosisItem[] {
  const down = state.daemons.filter(({ active }) => active !== 'active');
  const notAtBoot = state.daemons.filter(({ active, enabled }) => active === 'active' && enabled === 'disabled');
  const isFine = state.daemons.length > 0 && down.length === 0 && notAtBoot.length === 0;
  return [
    ...down.map(({ name, active }) => item('daemon-down', 'problem', about('daemon', name), { active })),
    ...notAtBoot.map(({ name }) => item('daemon-not-at-boot', 'note', about('daemon', name))),
    ...(isFine ? [item('daemons-fine', 'good', about('daemon', ...state.daemons.map(({ name }) => name)))] : []),
    ...Object.entries(state.pcsd).flatMap(([node, status]) => pcsdItem(node, status)),
  ];
}

/** pcs prints `Online`, `Offline`, `Unable to authenticate` (pcs/lib/commands/status.py). */
function pcsdItem(node: string, status: string): readonly DiagnosisItem[] {
  if (/^online$/i.test(status)) return [];
  if (/^offline$/i.test(status)) return [item('pcsd-offline', 'warning', about('node', node))];
  if (/authenticat|authori[sz]/i.test(status)) return [item('pcsd-unauthorised', 'warning', about('node', node))];
  return [item('pcsd-unexplained', 'warning', about('node', node), { printed: [status] })];
}

export const DAEMON_EXPLANATIONS = {
  'daemon-down': ({ subject: { names } }) => ({
    means: names.includes('pcsd') ? message('daemon-down.means.pcsd') : message('daemon-down.means.cluster'),
    cause: message('daemon-down.cause'),
    next: [
      step(`systemctl status ${firstOf(names, 'DAEMON')}`, 'daemon-down.systemctl-status'),
      step(`journalctl -b -u ${firstOf(names, 'DAEMON')}`, 'daemon-down.journalctl'),
    ],
  }),
  'daemon-not-at-boot': ({ subject: { names } }) => ({
    next: [
      names.includes('pcsd') && names.length === 1
        ? step('systemctl enable pcsd', 'daemon-not-at-boot.systemctl-enable-pcsd')
        : step('pcs cluster enable --all', 'daemon-not-at-boot.pcs-cluster-enable'),
    ],
  }),
  'daemons-fine': () => ({}),
  'pcsd-offline': ({ subject: { names } }) => ({
    cause: message('pcsd-offline.cause'),
    next: [step('systemctl enable --now pcsd', 'on-node', { node: message('list', { items: names }) })],
  }),
  'pcsd-unauthorised': ({ subject: { names } }) => ({
    next: [step(`pcs host auth ${allOf(names, 'NODE…')} -u hacluster`, 'pcsd-unauthorised.pcs-host-auth')],
  }),
  'pcsd-unexplained': () => ({
    means: message('no-explanation'),
    // The title says what was printed.
    lines: undefined,
    next: [step('pcs status pcsd', 'pcsd-unexplained.pcs-status-pcsd')],
  }),
} satisfies Partial<ExplanationTable>;
