import { message } from '../../messages/message.js';
import { argument, type ExplanationTable, firstOf, step } from '../explanation.js';
import type { Facts } from '../facts.js';
import { about, type DiagnosisItem, item } from '../item.js';

/** Interfaces of the lab's networks that are down, by the nodes' own reports. */
export function linkItems({ beside: { linksDown } }: Facts): readonly DiagnosisItem[] {
  return linksDown.map(({ node, cutsOff, ...payload }) =>
    item('link-down', cutsOff ? 'problem' : 'warning', about('node', node), { ...payload, cutsOff }),
  );
}

export const LINK_EXPLANATIONS = {
  'link-down': ({ subject: { names }, payload: { device, state, cutsOff } }) => ({
    means: message(cutsOff ? 'link-down.means.cut-off' : 'link-down.means'),
    cause: message(`link-down.cause.${state}`),
    next:
      state === 'down'
        ? [step(`ip link set ${argument(device, 'INTERFACE')} up`, 'on-node', { node: firstOf(names, 'NODE') })]
        : [step(`ip -s link show ${argument(device, 'INTERFACE')}`, 'on-node', { node: firstOf(names, 'NODE') })],
  }),
} satisfies Partial<ExplanationTable>;
