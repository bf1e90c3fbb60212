import { defined } from '../model/defined.js';
import type { FailedOperation } from './failures.js';
import type { FaultSpan, Picture, StepSpan } from './picture.js';
import { type Span, spanAt } from './spans.js';

/** The whole lab at one instant, as far as it is known. */
interface Moment {
  readonly atMs: number;
  readonly nodes: readonly {
    readonly node: string;
    readonly power?: Span;
    readonly membership?: Span;
    readonly quorum?: Span;
    readonly isDc: boolean;
    /** What runs on it. */
    readonly resources: readonly string[];
  }[];
  /** Resources that run on no node. */
  readonly stopped: readonly string[];
  readonly probes: readonly { readonly probe: string; readonly about: string; readonly span?: Span }[];
  readonly faults: readonly FaultSpan[];
  /** What had failed until then, with the times until then. */
  readonly failures: readonly FailedOperation[];
  /** Nodes that were being fenced. */
  readonly fencing: readonly string[];
  readonly step?: StepSpan;
}

/** Pure. */
export function momentAt(picture: Picture, atMs: number): Moment {
  const places = picture.resources.map(({ resource, spans }) => ({ resource, place: spanAt(spans, atMs)?.value }));
  const step = picture.steps.findLast(({ fromMs, toMs }) => fromMs <= atMs && atMs <= toMs);
  return {
    atMs,
    nodes: picture.nodes.map(({ node, power, membership, quorum, dc }) => ({
      node,
      ...defined({
        power: spanAt(power, atMs),
        membership: spanAt(membership, atMs),
        quorum: spanAt(quorum, atMs),
      }),
      isDc: spanAt(dc, atMs) !== undefined,
      resources: places.filter(({ place }) => place?.split(', ').includes(node)).map(({ resource }) => resource),
    })),
    stopped: places.filter(({ place }) => place === 'stopped').map(({ resource }) => resource),
    probes: picture.probes.map(({ probe, about, spans }) => ({
      probe,
      about,
      ...defined({ span: spanAt(spans, atMs) }),
    })),
    faults: picture.faults.filter(({ fromMs, toMs }) => fromMs <= atMs && atMs <= toMs),
    failures: failuresWithin(picture.failures, Number.NEGATIVE_INFINITY, atMs),
    fencing: picture.fencing
      .filter(({ fromMs, toMs = fromMs }) => fromMs <= atMs && atMs <= toMs)
      .map(({ target }) => target),
    ...defined({ step }),
  };
}

/** Every moment at which anything changes, in order, with others within the run: where the arrow keys go. */
export function changesOf(
  { nodes, resources, probes, faults, steps, marks, failures, operations, fencing, transitions, toMs }: Picture,
  others: readonly number[] = [],
): readonly number[] {
  const spans = [
    ...nodes.flatMap(({ power, membership, quorum, dc }) => [...power, ...membership, ...quorum, ...dc]),
    ...resources.flatMap((each) => each.spans),
    ...probes.flatMap((each) => each.spans),
    ...faults,
    ...steps,
    ...transitions,
    ...fencing.map((each) => ({ toMs: each.fromMs, ...each })),
  ];
  const moments = spans.flatMap((span) => [span.fromMs, span.toMs]);
  const dated = [...marks, ...operations].map(({ atMs }) => atMs);
  const all = [0, toMs, ...moments, ...others, ...dated, ...failures.flatMap(({ times }) => times)];
  return [...new Set(all)].filter((atMs) => atMs >= 0 && atMs <= toMs).sort((one, other) => one - other);
}

/** Those that failed in that time, with the times in it. */
export function failuresWithin(failures: readonly FailedOperation[], fromMs: number, toMs: number) {
  return failures.flatMap((failure): readonly FailedOperation[] => {
    const times = failure.times.filter((atMs) => atMs >= fromMs && atMs <= toMs);
    return times.length === 0 ? [] : [{ ...failure, times }];
  });
}
