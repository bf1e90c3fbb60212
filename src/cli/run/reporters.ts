import type { Reporter } from '../../ports/reporter.js';
import { createPlainReporter } from '../../report/plain.js';
import { output } from '../output.js';
import type { Settings } from '../settings.js';

/** Live with a terminal on stderr, plain lines without. listr2 is loaded only where it is shown. */
export async function createViews(settings: Settings, env: NodeJS.ProcessEnv): Promise<readonly Reporter[]> {
  if (!isLive(env)) return [createPlainReporter((text) => void process.stderr.write(text), settings.language)];
  const { createLiveReporter } = await import('../../report/live.js');
  return [createLiveReporter({ stream: process.stderr, language: settings.language, color: wantsColor(env) })];
}

function isLive(env: NodeJS.ProcessEnv): boolean {
  return process.stderr.isTTY === true && !env.CI && env.TERM !== 'dumb';
}

export function wantsColor(env: NodeJS.ProcessEnv): boolean {
  return process.stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}

export function noteReporterFailure(failure: { readonly reporter: string; readonly message: string }): void {
  output.note(`warning: the ${failure.reporter} report failed: ${failure.message}`);
}
