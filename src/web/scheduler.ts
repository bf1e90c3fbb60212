import type { PageFile } from '../report/page-data.js';
import type { RunClock } from './log-lines.js';

/** What crm_simulate said of one stored input of the scheduler. */
interface Decision {
  readonly input: string;
  /** When the input was stored, in ms since 1970 by the node's clock. */
  readonly wallMs: number;
  /** As printed: `INFINITY`, `-INFINITY` or a number. Repeated scores are one. */
  readonly scores: readonly { readonly resource: string; readonly node: string; readonly score: string }[];
  /** As printed: `Stop       vip     ( ha-host1 )  due to no quorum`. */
  readonly actions: readonly string[];
}

/** `pcmk__primitive_assign: vip allocation score on ha-host1: 0`, and the names of that function in older releases. */
const SCORE = /^\S+: (\S+) (?:allocation|promotion) score on (\S+): (-?INFINITY|-?\d+)$/;
const ACTION =
  /^(?:\s*\* )?((?:Start|Stop|Recover|Move|Migrate|Promote|Demote|Restart|Reload|Fence|Leave|Reprobe|Shutdown)\b.*)$/;
const SKIPPED = /^(?:\s*\* )?Leave\b/;

/** Reads `scheduler.txt` of a node's evidence, oldest first. */
export function parseDecisions(text: string): readonly Decision[] {
  return text
    .split(/^@input /m)
    .slice(1)
    .map((block) => {
      const [head = '', ...lines] = block.split('\n');
      const [input = '', seconds = ''] = head.split(' ');
      const scores = new Map<string, Decision['scores'][number]>();
      const actions: string[] = [];
      for (const line of lines) {
        const [, resource, node, score] = SCORE.exec(line) ?? [];
        if (resource !== undefined && node !== undefined && score !== undefined)
          scores.set(`${resource} ${node}`, { resource, node, score });
        const action = ACTION.exec(line)?.[1];
        if (action !== undefined && !SKIPPED.test(line)) actions.push(action.replace(/\s+/g, ' ').trim());
      }
      return { input, wallMs: Number(seconds) * 1000, scores: [...scores.values()], actions };
    })
    .filter(({ wallMs }) => Number.isFinite(wallMs));
}

/** A decision with the node that stored its input, which was the DC, on the run's clock. */
export interface PlacedDecision extends Decision {
  readonly node: string;
  readonly atMs: number;
}

const FILE = /^evidence\/(?:.+\/)?([^/]+)\/scheduler\.txt$/;

/** Those of all nodes, in the order of time. */
export function decisionsIn(files: readonly PageFile[], { zeroMs, offsets }: RunClock): readonly PlacedDecision[] {
  const all = files.flatMap(({ path, text = '' }) => {
    const node = FILE.exec(path)?.[1];
    if (node === undefined) return [];
    return parseDecisions(text).map((each) => ({ ...each, node, atMs: each.wallMs - zeroMs - (offsets[node] ?? 0) }));
  });
  return all.sort((one, other) => one.atMs - other.atMs);
}
