import { lastLines } from '../model/command-output.js';
import type { ExecResult } from '../ports/transport.js';

/** The last lines of both streams, stderr last, for a message; prompts for a password are left out, and `secret` is masked. */
export function lastLinesOf({ stdout, stderr }: Pick<ExecResult, 'stdout' | 'stderr'>, secret?: string): string {
  const output = `${stdout}\n${stderr}`.replace(/^(?:Username: )?(?:Password: )?/gm, '');
  const end = lastLines(output).join('\n');
  return secret ? end.replaceAll(secret, '********') : end;
}
