import { z } from 'zod';
import { parseJson } from '../../model/json-text.js';

/** What a machine says of itself: see host-programs/pool/facts.sh. */
export interface MachineFacts {
  readonly hostname: string;
  readonly isRoot: boolean;
  readonly cpus: number;
  readonly memoryMiB: number;
  /** Versions, of slurmd and slurmctld first; empty where the program is not there. */
  readonly slurm: string;
  readonly controller: string;
  readonly munge: string;
  readonly rsync: string;
  readonly halab: string;
  /** The first line of its slurm.conf; empty where there is none. */
  readonly conf: string;
  /** How far its clock is ahead of ours, in ms. */
  readonly aheadMs: number;
  /** What the doctor finds wrong with it; undefined where it could not be asked. */
  readonly missing: readonly string[] | undefined;
}

/** A line as it came, and when that was by our clock, in ms since 1970. */
export interface HeardLine {
  readonly text: string;
  readonly atMs: number;
}

const doctorSchema = z.looseObject({
  findings: z.array(z.looseObject({ id: z.string(), ok: z.boolean(), weight: z.string(), text: z.string() })),
});

/** What other labs use up comes back when they end. */
const PASSING = ['inotify'];

/** What the doctor's answer finds wrong that is not a matter of the moment. */
export function missingIn(answer: unknown): readonly string[] | undefined {
  const { data } = doctorSchema.safeParse(answer);
  return data?.findings
    .filter(({ id, ok, weight }) => !ok && weight === 'required' && !PASSING.includes(id))
    .map(({ id, text }) => `${id}: ${text}`);
}

/** Pure. Undefined where no machine speaks. */
export function factsIn(lines: readonly HeardLine[]): MachineFacts | undefined {
  const value = (name: string) => lines.find(({ text }) => text.startsWith(`${name}=`))?.text.slice(name.length + 1);
  const clocks = lines.flatMap(({ text, atMs }) => {
    const [, seconds] = /^clock=(\d+\.\d+)$/.exec(text) ?? [];
    return seconds === undefined ? [] : [Number(seconds) * 1_000 - atMs];
  });
  const hostname = value('hostname');
  if (hostname === undefined || clocks.length === 0) return undefined;
  const text = (name: string) => value(name)?.trim() ?? '';
  return {
    hostname,
    isRoot: value('uid') === '0',
    cpus: Number(value('cpus')) || 0,
    memoryMiB: Number(value('memory')) || 0,
    slurm: text('slurm'),
    controller: text('controller'),
    munge: text('munge').replace(/^munge-/, ''),
    rsync: text('rsync'),
    halab: text('halab'),
    conf: text('conf'),
    // The one that came soonest is nearest to the truth.
    aheadMs: Math.round(Math.max(...clocks)),
    missing: missingIn(parseJson(text('doctor'))),
  };
}
