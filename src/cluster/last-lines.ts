import type { ExecResult } from '../ports/transport.js';

const KEPT = 8;

/** The end of what a command said, stderr last, for a message; empty lines and prompts for a password are left out. */
export function lastLinesOf(result: Pick<ExecResult, 'stdout' | 'stderr'>, secret?: string): string {
  const said = [result.stdout, result.stderr]
    .join('\n')
    .split(/\r?\n/)
    .map((line) => line.replace(/^(?:Username: )?(?:Password: )?/, '').trimEnd())
    .filter((line) => line.trim() !== '')
    .slice(-KEPT)
    .join('\n');
  return secret ? said.replaceAll(secret, '********') : said;
}
