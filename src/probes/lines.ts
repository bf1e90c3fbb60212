/** One line of node-programs/probe.py; times in ms of the node's monotonic clock. */
export type ProbeLine =
  | { readonly kind: 'sent'; readonly sequence: number; readonly beforeMs: number; readonly afterMs: number }
  | { readonly kind: 'connected'; readonly sequence: number; readonly atMs: number }
  | { readonly kind: 'answered'; readonly sequence: number; readonly atMs: number; readonly who?: string }
  | { readonly kind: 'refused'; readonly sequence: number; readonly atMs: number; readonly reason: string };

const LINE = /^([scax]) (\d+) (\d+)(?: (.*))?$/;

/** `undefined` for whatever else a node prints. */
export function parseProbeLine(line: string): ProbeLine | undefined {
  const [, letter, first, time, rest = ''] = LINE.exec(line.trimEnd()) ?? [];
  if (letter === undefined) return undefined;
  const sequence = Number(first);
  const atMs = Number(time) / 1000;
  if (letter === 'c') return { kind: 'connected', sequence, atMs };
  if (letter === 'a') return { kind: 'answered', sequence, atMs, ...(rest === '' ? {} : { who: rest }) };
  if (letter === 'x') return { kind: 'refused', sequence, atMs, reason: rest };
  return /^\d+$/.test(rest) ? { kind: 'sent', sequence, beforeMs: atMs, afterMs: Number(rest) / 1000 } : undefined;
}
