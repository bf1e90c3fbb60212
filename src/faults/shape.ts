import { createHash } from 'node:crypto';
import { z } from 'zod';
import { message } from '../messages/message.js';
import type { FaultContext } from '../ports/fault.js';
import { cutOff } from './blocked-traffic.js';
import { defineFault } from './define-fault.js';
import { cutsLinks } from './effects.js';
import { execOrThrow, nothingToBreak, requireKernel } from './on-node.js';
import { link, onNode, problemAt } from './params.js';
import { needsNetem, quantity, type Shaping, shapingFromWords, shapingText, shapingWrong } from './shaping.js';
import { linksOf } from './walk/scene.js';

const params = {
  node: onNode(),
  link: link(),
  delay: quantity('delay', 'Of every packet.'),
  jitter: quantity('jitter', 'How much the delay varies, either way.'),
  loss: quantity('loss', 'How many packets are lost.'),
  duplicate: quantity('duplicate', 'How many packets come twice.'),
  corrupt: quantity('corrupt', 'How many packets have a bit turned over.'),
  rate: quantity('rate', 'No more than this goes out.'),
};

type Shape = { readonly kind: 'shape'; readonly node: string; readonly link: string } & Shaping;

export const shape = defineFault({
  kind: 'shape',
  params,
  parse: ({ kind, node, link: name, ...words }) => ({ kind, node, link: name, ...shapingFromWords(words) }),
  check: (written) => problemAt([written.jitter === undefined ? 'kind' : 'jitter'], shapingWrong(written)),
  stored: z.strictObject({
    kind: z.literal('shape'),
    node: z.string(),
    link: z.string(),
    delayMs: z.number().gt(0).optional(),
    jitterMs: z.number().gt(0).optional(),
    lossPercent: z.number().gt(0).max(100).optional(),
    duplicatePercent: z.number().gt(0).max(100).optional(),
    corruptPercent: z.number().gt(0).max(100).optional(),
    rateKbit: z.number().gt(0).optional(),
  }),
  summary: message('fault.shape.summary'),
  expectedBehaviour: message('fault.shape.expected-behaviour'),
  needs: (fault) => (needsNetem(fault) ? ['netem'] : []),
  needsNote: ' for a `rate` alone, otherwise netem',
  effect: ({ node, link }, lab) => cutsLinks(cutOff(lab, [node], 'some', link)),
  describe: (fault) => `${fault.link} (${shapingText(fault)})`,
  walk: {
    weight: 4,
    draw({ scene, chance, on }) {
      const node = chance.one(on);
      const link = node && chance.one(linksOf(node, scene));
      const rate = chance.one(RATES);
      return node && link && rate ? { kind: 'shape', node, link, rate } : undefined;
    },
    membersLost: () => 1,
    isOneAtMost: true,
    holdS: 10,
  },
  async inject(fault, context) {
    const { node, link } = fault;
    if (needsNetem(fault)) requireKernel(context.backend, 'netem');
    const [other] = (await shaping(fault, context)).filter(({ handle }) => handle !== handleOf(fault));
    if (other !== undefined)
      throw nothingToBreak(`${link} of ${node} is shaped already, by ${other.kind}`, 'Heal that first.');
    await execOrThrow(context, node, shapeArgv(fault));
  },
  async undo(fault, context) {
    if (await isShaped(fault, context))
      await execOrThrow(context, fault.node, ['tc', 'qdisc', 'del', 'dev', fault.link, 'root']);
  },
  isActive: isShaped,
});

/** Enough for the heartbeat. No netem: that is an ability of the node's kernel, and a rate by itself needs none. */
const RATES = ['1mbit', '10mbit'] as const;

/** Bytes that may go at once: more than a packet, and at least what the rate lets through between two ticks of 10 ms (tc-tbf(8)). */
const SMALLEST_BURST = 16_384;
const TICKS_PER_S = 100;
/** How long a packet may wait for its turn before it is dropped. */
const LATENCY = '400ms';

/** Pure. netem(8) limits the rate itself; where nothing else is asked for, tbf does it. */
export function shapeArgv(fault: Shape): readonly string[] {
  const head = ['tc', 'qdisc', 'replace', 'dev', fault.link, 'root', 'handle', `${handleOf(fault)}:`];
  const { rateKbit, delayMs, jitterMs, lossPercent, duplicatePercent, corruptPercent } = fault;
  const rate = rateKbit === undefined ? [] : ['rate', `${rateKbit}kbit`];
  if (!needsNetem(fault)) {
    const burst = Math.max(SMALLEST_BURST, Math.ceil(((rateKbit ?? 0) * 1000) / 8 / TICKS_PER_S));
    return [...head, 'tbf', ...rate, 'burst', String(burst), 'latency', LATENCY];
  }
  const percent = (word: string, value: number | undefined) => (value === undefined ? [] : [word, `${value}%`]);
  return [
    ...head,
    'netem',
    ...(delayMs === undefined ? [] : ['delay', `${delayMs}ms`]),
    ...(jitterMs === undefined ? [] : [`${jitterMs}ms`]),
    ...percent('loss', lossPercent),
    ...percent('duplicate', duplicatePercent),
    ...percent('corrupt', corruptPercent),
    ...rate,
  ];
}

/** Its own by its content, from 4000 to 7fff: the kernel gives out those from 8000 on (net/sched/sch_api.c). */
function handleOf(fault: Shape): string {
  const digest = createHash('sha256').update(JSON.stringify(fault)).digest().readUInt16BE();
  return (0x4000 + (digest & 0x3fff)).toString(16);
}

async function isShaped(fault: Shape, context: FaultContext): Promise<boolean> {
  return (await shaping(fault, context)).some(({ handle }) => handle === handleOf(fault));
}

/** What shapes the link now: its root, where somebody put one there. */
async function shaping(
  { node, link }: Shape,
  context: FaultContext,
): Promise<readonly { readonly kind: string; readonly handle: string }[]> {
  const shown = await execOrThrow(context, node, ['tc', 'qdisc', 'show', 'dev', link]);
  return [...shown.matchAll(/^qdisc (netem|tbf) ([0-9a-f]+): root\b/gm)].map(([, kind = '', handle = '']) => ({
    kind,
    handle,
  }));
}
