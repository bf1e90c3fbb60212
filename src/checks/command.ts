import type { Judgement } from '../model/verdict.js';
import type { CheckContext, StepCommand } from '../ports/check.js';
import type { ExecResult } from '../ports/transport.js';

interface CommandObservation {
  readonly commands: readonly StepCommand[];
}

export async function observeCommand(_expectation: unknown, { commands }: CheckContext): Promise<CommandObservation> {
  return { commands };
}

/** It has to hold on every node; the first on which it does not speaks for all. */
export function judgeEach(commands: readonly StepCommand[], judge: (command: StepCommand) => Judgement): Judgement {
  if (commands.length === 0) return { verdict: 'unknown', seen: 'the step ran no command' };
  const judgements = commands.map(judge);
  const wrong = judgements.find(({ verdict }) => verdict !== 'passed');
  return wrong ?? { verdict: 'passed', seen: judgements.map(({ seen }) => seen).join('; ') };
}

/** Both streams: what pcs refuses, it says on stderr. */
export function outputOf({ stdout, stderr }: Pick<ExecResult, 'stdout' | 'stderr'>): string {
  return stdout === '' || stdout.endsWith('\n') ? stdout + stderr : `${stdout}\n${stderr}`;
}

const SHOWN = 200;

/** The end of the output on one line. */
export function endOf(output: string): string {
  const line = output.trim().replace(/\s*\n\s*/g, ' | ');
  if (line === '') return 'no output';
  return line.length > SHOWN ? `…${line.slice(-SHOWN)}` : line;
}
