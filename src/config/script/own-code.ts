import { lastLinesOf } from '../../model/command-output.js';
import { isLabError, messageOf } from '../../model/errors.js';
import type { NodeOutput } from '../../model/scripted.js';
import { ScriptStopped } from '../../model/scripted.js';
import type { Judgement } from '../../model/verdict.js';
import type { ScriptFile } from './load.js';
import { placeOfError } from './place.js';

/**
 * What an error in a script's own code says of the cluster: an assertion or a command that failed says no, everything else
 * is a mistake in the script, which leaves the question open. A LabError is thrown on, for it says the same.
 */
export function failureOf(error: unknown, { file, path }: Pick<ScriptFile, 'file' | 'path'>): Judgement {
  if (isLabError(error) || error instanceof ScriptStopped) throw error;
  if (isProcessOutput(error)) {
    if (isLabError(error.cause)) throw error.cause;
    const said = lastLinesOf(error);
    return { verdict: 'failed', seen: `exit code ${error.exitCode}${said === '' ? '' : `: ${said}`}` };
  }
  const place = placeOfError(error, path);
  const where = place === undefined ? '' : ` (${file}:${place.line}:${place.column})`;
  const [line = ''] = messageOf(error).split('\n');
  if (error instanceof Error && error.name === 'AssertionError') return { verdict: 'failed', seen: `${line}${where}` };
  const name = error instanceof Error ? error.name : 'Error';
  return { verdict: 'unknown', seen: `the script ended with ${name}: ${line}${where}` };
}

/** zx's: a script may bring another copy of it. */
function isProcessOutput(error: unknown): error is Error & NodeOutput {
  return error instanceof Error && 'exitCode' in error && 'stdout' in error && 'stderr' in error;
}
