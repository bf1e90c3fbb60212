import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { learnReportOf } from '../../../learn/report.js';
import type { TypedCommand } from '../../../learn/shell-history.js';
import { LabError, messageOf } from '../../../model/errors.js';
import { EXIT } from '../../../model/verdict.js';
import { renderLearnReport } from '../../../report/learn-html.js';
import { requireInstance } from '../../../store/instances.js';
import { systemClock } from '../../../system/clock.js';
import { withInterrupt } from '../../interrupt.js';
import type { LabFlags } from '../../lab-session.js';
import { output } from '../../output.js';
import type { Settings } from '../../settings.js';
import { backendOf } from '../../wire.js';
import { type CurrentSession, currentSession } from './current.js';
import { readHistories } from './histories.js';
import { withLearning } from './open.js';

/** Where the commands are kept once they were read, for the lab may be gone or made again later. */
const KEPT = 'commands.json';

/** Writes the page to hand in, or prints the same as JSON. */
export async function report(settings: Settings, flags: LabFlags & { readonly out?: string }): Promise<number> {
  const current = currentSession(settings, flags);
  const commands = await commandsOf(settings, current);
  const made = learnReportOf(current.state(), commands, systemClock.now());
  const place =
    flags.out ??
    `${[made.exercise, made.student]
      .filter(Boolean)
      .join('-')
      .replace(/[^\p{L}\p{N}.-]+/gu, '-')}.html`;
  if (!settings.json || flags.out !== undefined) writePage(place, renderLearnReport(made, settings.language));
  if (settings.json) output.answer('learn-report', made);
  else output.line(`the report is in ${resolve(place)}`);
  return EXIT.passed;
}

function writePage(place: string, page: string): void {
  try {
    writeFileSync(place, page);
  } catch (error) {
    throw new LabError('usage', `the report cannot be written to ${place}: ${messageOf(error)}`, {
      hint: '--out names another file',
    });
  }
}

/** What is in the nodes now, with what was read before. */
async function commandsOf(
  settings: Settings,
  { lab, folder, state }: CurrentSession,
): Promise<readonly TypedCommand[]> {
  const { records, startedAt } = state();
  if (!records) return [];
  const before = JSON.parse(folder.read(KEPT) ?? '[]') as readonly TypedCommand[];
  const instance = requireInstance(settings.stateDir, lab);
  const backend = await backendOf(instance, settings);
  const now = await withInterrupt((signal) =>
    withLearning({ settings, instance, backend, folder, signal }, ({ run }) => readHistories(run, startedAt)),
  );
  const all = [...new Map([...before, ...now].map((each) => [JSON.stringify(each), each])).values()];
  folder.write(KEPT, JSON.stringify(all));
  return all;
}
