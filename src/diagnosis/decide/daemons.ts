import { about, item, type Meaning } from '../meaning.js';
import type { Situation } from '../situation.js';

/** `active/enabled` of each daemon on the node that was asked, and which nodes' pcsd answers. */
export function daemonItems({ state }: Situation): readonly Meaning[] {
  const down = state.daemons.filter(({ active }) => active !== 'active');
  const notAtBoot = state.daemons.filter(({ active, enabled }) => active === 'active' && enabled === 'disabled');
  const isFine = state.daemons.length > 0 && down.length === 0 && notAtBoot.length === 0;
  return [
    ...down.map(({ name, active }) => item('daemon-down', 'problem', about('daemon', name), { active })),
    ...notAtBoot.map(({ name }) => item('daemon-not-at-boot', 'note', about('daemon', name), {})),
    ...(isFine ? [item('daemons-fine', 'good', about('daemon', ...state.daemons.map(({ name }) => name)), {})] : []),
    ...Object.entries(state.pcsd).flatMap(([node, said]) => pcsdItem(node, said)),
  ];
}

/** pcs's words: `Online`, `Offline`, `Unable to authenticate` (pcs/lib/commands/status.py). */
function pcsdItem(node: string, said: string): readonly Meaning[] {
  if (/^online$/i.test(said)) return [];
  if (/^offline$/i.test(said)) return [item('pcsd-offline', 'warning', about('node', node), {})];
  if (/authenticat|authori[sz]/i.test(said)) return [item('pcsd-unauthorised', 'warning', about('node', node), {})];
  return [item('pcsd-unexplained', 'warning', about('node', node), { printed: [said] })];
}
