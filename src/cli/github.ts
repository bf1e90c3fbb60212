import { appendFileSync } from 'node:fs';
import type { Language } from '../model/text.js';
import { annotationsOf } from '../report/github.js';
import { renderMarkdown } from '../report/markdown.js';
import type { RunSummary } from '../report/summary.js';

/** In a job of GitHub Actions: an annotation for each step that did not pass, on stderr, and the run in the job's summary. */
export function tellGithub(summary: RunSummary, language: Language, env: NodeJS.ProcessEnv): void {
  if (env.GITHUB_ACTIONS !== 'true') return;
  for (const line of annotationsOf(summary, language)) process.stderr.write(`${line}\n`);
  if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, `${renderMarkdown(summary, language)}\n`);
}
