import { expect } from 'chai';
import { type Answer, halab, halabJson } from '../../support/real-lab/halab.js';
import { onNode } from '../../support/real-lab/on-node.js';
import { until } from '../../support/real-lab/until.js';

const MINUTE = 60_000;
export const DONE = 0;
export const OPEN = 1;

/** What `halab learn check` says of the task under way. */
interface Judged {
  readonly exitCode: number | null;
  /** Each check that does not hold, and what is seen instead. */
  readonly open: readonly string[];
}

/** Somebody who does an exercise in this lab, by the commands that need no terminal. */
export interface Student {
  learn(...words: readonly string[]): Promise<Answer>;
  /** The same, which must succeed; resolves to the session as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: as schemas/learn.schema.json has it
  told(...words: readonly string[]): Promise<any>;
  /** Types lines into the login shell of a host; each must succeed. */
  type(lines: readonly string[], host?: string): Promise<void>;
  judged(): Promise<Judged>;
  /** Waits until the task is done, or is open again. */
  until(exitCode: typeof DONE | typeof OPEN, withinMs?: number): Promise<void>;
  /** Has halab do what is left of the exercise, and ends it with all its points. */
  goThrough(): Promise<void>;
}

export function studentIn(lab: string, env: Readonly<Record<string, string>>): Student {
  const on = ['--name', lab];
  const options = { env, timeoutMs: 8 * MINUTE };
  const learn: Student['learn'] = (...words) => halab(['learn', ...words, ...on], options);
  const told: Student['told'] = (...words) => halabJson(['learn', ...words, ...on], options);

  async function judged(): Promise<Judged> {
    const { exitCode, stdout, stderr } = await learn('check', '--json');
    expect(exitCode, stderr).to.be.oneOf([DONE, OPEN]);
    const { current, steps } = JSON.parse(stdout);
    const { checks, disorders } = steps.find(({ step }: { readonly step: string }) => step === current);
    const open = [...checks, ...disorders].filter(({ verdict }) => verdict !== 'passed');
    return { exitCode, open: open.map(({ expected, audit, seen }) => `${expected ?? audit}: ${seen}`) };
  }

  return {
    learn,
    told,
    judged,
    async type(lines, host = 'ha-host1') {
      for (const line of lines) {
        const { exitCode, stdout, stderr } = await onNode(lab, host, ['bash', '-lc', line]);
        expect(exitCode, `${line}\n${stdout}${stderr}`).to.equal(0);
      }
    },
    async until(wanted, withinMs = 2 * MINUTE) {
      let last: Judged = { exitCode: null, open: [] };
      const isSo = async () => {
        last = await judged();
        return last.exitCode === wanted;
      };
      const what = wanted === DONE ? 'the task being done' : 'the task being open';
      await until(what, isSo, { withinMs, seen: () => last.open.join('\n') });
    },
    async goThrough() {
      let session = await told('next');
      while (!session.through) session = await told('next');
      const { points } = await told('finish');
      expect(points.got).to.equal(points.of);
    },
  };
}
