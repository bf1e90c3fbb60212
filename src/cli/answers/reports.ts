import { z } from 'zod';
import { PHASES } from '../../model/scenario.js';
import { answer } from './answer.js';

const verdict = z.enum(['passed', 'unknown', 'failed', 'skipped']);
const ms = z.number().min(0);

export const reportAnswer = answer('report', 'The reports of a stored run, made again', {
  folder: z.string().describe('The folder of the run.'),
  run: z.string(),
  verdict: verdict.describe('Of the run, not of this command.'),
  files: z.array(z.string()).describe('What was written, relative to the folder.'),
});

const head = z
  .strictObject({ run: z.string(), startedAt: z.string().optional().describe('ISO 8601.'), verdict })
  .meta({ id: 'compared-run' });

const once = z
  .strictObject({
    verdict,
    durationMs: ms,
    outageMs: ms.optional().describe('The longest outage; absent where there was none, or its length is not known.'),
    phases: z.partialRecord(z.enum(PHASES), ms).optional().describe('What that outage consisted of.'),
  })
  .meta({ id: 'compared-step' });

const differences = z.array(
  z.strictObject({ what: z.string(), before: z.string().optional(), after: z.string().optional() }),
);

export const compareAnswer = answer('compare', 'Two stored runs side by side', {
  before: head,
  after: head,
  steps: z
    .array(z.strictObject({ scenario: z.string(), step: z.string(), before: once.optional(), after: once.optional() }))
    .describe('Every step of either run; one that a run does not have is absent there.'),
  facts: differences.describe('What differs of the lab, the machine and halab.'),
  packages: differences.describe('Packages that differ, by node and name.'),
});

export const historyRebuildAnswer = answer('history-rebuild', 'The history, made again from run folders', {
  place: z.string().describe('The file of the index, or the address of its server.'),
  runs: z.int().min(0).describe('How many runs were read.'),
});

export const siteAnswer = answer('site', 'The history as a page', {
  file: z.string().describe('What was written.'),
  nights: z.int().min(0),
  series: z.int().min(0).describe('Scenarios in a lab on an image.'),
});
