import type { Judgement } from '../model/verdict.js';
import type { CheckContext } from '../ports/check.js';
import type { ExecResult } from '../ports/transport.js';

export interface CommandObservation {
  readonly command?: ExecResult & { readonly node: string };
}

export async function observeCommand(_expectation: unknown, { command }: CheckContext): Promise<CommandObservation> {
  return command === undefined ? {} : { command };
}

export const NO_COMMAND: Judgement = { verdict: 'unknown', seen: 'the step ran no command' };

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
