import { type ErrorCode, isLabError } from '../model/errors.js';
import { EXIT } from '../model/verdict.js';

/** What was asked for cannot be, whatever the machine is like: exit code 2. All else that stops us is 3. */
const USAGE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'usage',
  'config-invalid',
  'lab-not-found',
  'lab-already-up',
  'scenario-not-found',
  'node-not-found',
  'link-not-found',
]);

export function exitCodeOfError(error: unknown): number {
  if (!isLabError(error) || error.code === 'bug') return EXIT.bug;
  if (error.code === 'interrupted') return EXIT.interrupted;
  return USAGE.has(error.code) ? EXIT.usage : EXIT.unknown;
}
