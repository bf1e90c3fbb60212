/** One line of `ping -D -O` that says something about a sequence; `atMs` is the node's wall clock in ms. */
export interface PingEvent {
  readonly kind: 'answer' | 'loss';
  /** As printed: 16 bits, so it wraps. */
  readonly sequence: number;
  readonly atMs: number;
  /** Only of answers. */
  readonly rttMs?: number;
}

export interface PingLine {
  /** Of any stamped line, also one that tells of no sequence. */
  readonly atMs: number;
  readonly event?: PingEvent;
}

const STAMP = /^\[(\d+\.\d+)\] (.*)$/;
const ANSWER = /^\d+ bytes from .*\bicmp_seq=(\d+) .*\btime[=<]([\d.]+) ms/;
const LOSS = /^(?:no answer yet for icmp_seq=(\d+)|From .*\bicmp_seq=(\d+) )/;

/** What a line of iputils' ping says; `undefined` for the headline and the closing statistics, which have no stamp. */
export function parsePingLine(line: string): PingLine | undefined {
  const [, stamp, text = ''] = STAMP.exec(line.trimEnd()) ?? [];
  if (stamp === undefined) return undefined;
  const atMs = Number(stamp) * 1000;
  const answer = ANSWER.exec(text);
  if (answer) return { atMs, event: { kind: 'answer', sequence: Number(answer[1]), atMs, rttMs: Number(answer[2]) } };
  const loss = LOSS.exec(text);
  if (loss) return { atMs, event: { kind: 'loss', sequence: Number(loss[1] ?? loss[2]), atMs } };
  return { atMs };
}
