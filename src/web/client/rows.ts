import type { EndedOperation, Fencing, Transition } from '../cluster-log.js';
import type { PlacedDecision } from '../scheduler.js';
import type { Span } from '../spans.js';
import type { LoadedRun } from './loaded-run.js';
import { say } from './page-language.js';

/** One strip of the timeline. */
interface Strip {
  readonly spans: readonly Drawn[];
  /** In pixels. */
  readonly height: number;
}

export interface Drawn extends Span {
  /** How the style sheet colours it. */
  readonly look: string;
  readonly word: string;
  /** In its place where there is no room for it. */
  readonly short?: string;
  /** In pixels, where it would be narrower. */
  readonly least?: number;
}

/** A row has a name, and one strip or several under it. */
export interface Row {
  readonly name: string;
  readonly strips: readonly Strip[];
}

type Words = (value: string) => string;

const VALUE_WORDS: Readonly<Record<string, Parameters<typeof say>[0]>> = {
  running: 'page.value.running',
  stopped: 'page.value.stopped',
  frozen: 'page.value.frozen',
  absent: 'page.value.absent',
  silent: 'page.value.silent',
  online: 'page.value.online',
  offline: 'page.value.offline',
  unclean: 'page.value.unclean',
  pending: 'page.value.pending',
  standby: 'page.value.standby',
  maintenance: 'page.value.maintenance',
  yes: 'page.value.yes',
  no: 'page.value.no',
  down: 'page.value.down',
  dc: 'page.value.dc',
};

export function wordOf(value: string): string {
  const code = VALUE_WORDS[value];
  return code === undefined ? value : (say as (code: string) => string)(code);
}

export const probeWord: Words = (value) => say(value === 'silent' ? 'page.value.unanswered' : 'page.value.answered');
export const placeWord: Words = (value) => (value === 'stopped' ? say('page.value.nowhere') : value);

function drawn(spans: readonly Span[], look: (span: Span) => string, word: Words): readonly Drawn[] {
  return spans.map((span) => ({ ...span, look: look(span), word: word(span.value) }));
}

/** The colour of a node, the same wherever it stands; several at once stand out. */
export function nodeLook(place: string, nodes: LoadedRun['picture']['nodes']): string {
  if (place === 'stopped') return 'place-none';
  if (place.includes(', ')) return 'place-many';
  const index = nodes.findIndex(({ node }) => node === place);
  return index < 0 ? 'place-other' : `place-${index % 6}`;
}

const MOMENT = 4;

/** Each transition with what the scheduler decided in it; decisions of which no journal tells are moments. */
function schedulerSpans({ picture, decisions }: LoadedRun): readonly Drawn[] {
  const isOf = (transition: Transition) => (decision: PlacedDecision) =>
    decision.node === transition.node && decision.input === transition.input;
  const alone = decisions.filter((decision) => !picture.transitions.some((each) => isOf(each)(decision)));
  return [
    ...picture.transitions.map((transition) => ({
      ...transition,
      ...{ value: transition.input, look: 'decision', word: transitionWord(transition), least: MOMENT },
      detail: [placeOf(transition), ...(decisions.findLast(isOf(transition))?.actions ?? [])].join('\n'),
    })),
    ...alone.map((decision) => ({
      ...{ fromMs: decision.atMs, toMs: decision.atMs, value: decision.input, look: 'decision' },
      ...{ word: say('page.lane.scheduler'), least: MOMENT },
      detail: [placeOf(decision), ...decision.actions].join('\n'),
    })),
  ].sort((one, other) => one.fromMs - other.fromMs);
}

function placeOf({ node, input }: Pick<Transition, 'node' | 'input'>): string {
  return `${node}, ${input}`;
}

export function transitionWord({ number, outcome }: Transition): string {
  return outcome === undefined
    ? say('page.transition', { number })
    : `${say('page.transition', { number })}: ${outcome}`;
}

function fencingSpan({ target, action, fromMs, toMs = fromMs, ok, text }: Fencing): Drawn {
  const look = ok === true ? 'fencing' : 'fencing no-answer';
  const word = fencingWord({ target, action, ok });
  return { fromMs, toMs, value: target, detail: text, look, word, short: target, least: MOMENT };
}

export function fencingWord({ target, action, ok }: Pick<Fencing, 'target' | 'action' | 'ok'>): string {
  if (ok === undefined) return say('page.fencing-open', { action, target });
  return say(ok ? 'page.fencing-done' : 'page.fencing-failed', { action, target });
}

/** What was done with the resource; what failed stands out, and lies on top. */
function operationsOf(resource: string, picture: LoadedRun['picture']): readonly Drawn[] {
  const done = picture.operations.filter((each) => each.resource === resource);
  const dated = new Set(done.map(({ atMs }) => atMs));
  const reported = picture.failures
    .filter((each) => each.resource === resource)
    .flatMap(({ times, ...failure }) =>
      times.filter((atMs) => !dated.has(atMs)).map((atMs) => ({ ...failure, atMs, failed: true })),
    );
  return [...done, ...reported]
    .sort((one, other) => Number(one.failed) - Number(other.failed))
    .map((each) => ({
      ...{ fromMs: each.atMs, toMs: each.atMs, value: each.operation, least: each.failed ? MOMENT : 2 },
      ...{ look: each.failed ? 'operation-failed' : 'operation', word: operationWord(each) },
    }));
}

type Ended = Pick<EndedOperation, 'operation' | 'node' | 'result' | 'reason'>;

export function operationWord({ operation, node, result, reason }: Ended): string {
  const text = say('page.operation-on', { operation, node, result });
  return reason === undefined ? text : `${text} (${reason})`;
}

/** Every row in a fixed order: steps, faults, probes, fencing, the scheduler, resources, nodes. */
export function rowsOf(run: LoadedRun): readonly Row[] {
  const { steps, faults, probes, fencing, resources, nodes } = run.picture;
  const scheduler = schedulerSpans(run);
  return [
    {
      name: say('page.lane.steps'),
      strips: [
        {
          height: 18,
          spans: steps.flatMap((step): Drawn[] => {
            const name = `${step.scenario} / ${step.step}`;
            const word = `${step.step}: ${say(`verdict.${step.verdict ?? 'unknown'}`)}`;
            const judged: Drawn = {
              fromMs: step.fromMs,
              toMs: step.judgedMs,
              value: name,
              detail: name,
              look: step.verdict ?? 'unknown',
              word,
            };
            if (step.toMs <= step.judgedMs) return [judged];
            const audits = say('page.lane.audits');
            return [judged, { ...judged, fromMs: step.judgedMs, toMs: step.toMs, look: 'audits', word: audits }];
          }),
        },
      ],
    },
    ...[...new Set(faults.map(({ kind }) => kind))].map((kind) => ({
      name: kind,
      strips: [
        {
          height: 18,
          spans: faults
            .filter((fault) => fault.kind === kind)
            .map((fault) => ({
              ...fault,
              value: kind,
              detail: fault.place,
              look: 'fault',
              word: `${kind} ${fault.place}`,
            })),
        },
      ],
    })),
    ...probes.map(({ probe, about, spans }) => ({
      name: say('page.lane.probe', { probe }),
      strips: [
        {
          height: 18,
          spans: drawn(spans, ({ value }) => (value === 'silent' ? 'no-answer' : 'answer'), probeWord).map((span) => ({
            ...span,
            detail: about,
          })),
        },
      ],
    })),
    ...(fencing.length === 0
      ? []
      : [{ name: say('page.lane.fencing'), strips: [{ height: 18, spans: fencing.map(fencingSpan) }] }]),
    ...(scheduler.length === 0
      ? []
      : [{ name: say('page.lane.scheduler'), strips: [{ height: 18, spans: scheduler }] }]),
    ...resources.map(({ resource, spans }) => ({
      name: resource,
      strips: [
        { height: 18, spans: drawn(spans, ({ value }) => nodeLook(value, nodes), placeWord) },
        { height: 8, spans: operationsOf(resource, run.picture) },
      ],
    })),
    ...nodes.map(({ node, power, membership, quorum, dc }) => ({
      name: node,
      strips: [
        { height: 18, spans: drawn(membership, ({ value }) => `member-${value}`, wordOf) },
        { height: 6, spans: drawn(quorum, ({ value }) => `quorum-${value}`, wordOf) },
        { height: 6, spans: drawn(dc, () => 'dc', wordOf) },
        { height: 6, spans: drawn(power, ({ value }) => `power-${value}`, wordOf) },
      ],
    })),
  ];
}

type MarkKind = LoadedRun['picture']['marks'][number]['kind'];

export function markWord(kind: MarkKind): string {
  return kind === 'injected' || kind === 'healed' ? say(`page.mark.${kind}`) : say(`phase.${kind}`);
}
