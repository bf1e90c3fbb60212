import { resolve } from 'node:path';
import { EXIT } from '../../../model/verdict.js';
import { planText } from '../../../nightly/plan-lines.js';
import { planTable } from '../../../nightly/plan-table.js';
import { type PlanFlags, wholePlan } from '../../nightly/matrix-plan.js';
import { output, terminalPage } from '../../output.js';
import type { Settings } from '../../settings.js';
import { writeAsked } from '../../write-asked.js';

export interface NightlyPlanFlags extends PlanFlags {
  readonly out?: string;
}

const PLAN_FILE = 'plan.jsonl';

/** Writes the plan of a night, and shows it; nothing is run. */
export async function plan(settings: Settings, file: string | undefined, flags: NightlyPlanFlags): Promise<number> {
  const { cells, endsMs, labs } = await wholePlan(settings, file, flags);
  const path = resolve(settings.cwd, flags.out ?? PLAN_FILE);
  writeAsked(path, planText(cells), '--out');
  if (settings.json) output.answer('nightly-plan', { file: path, labs, endsMs, cells });
  else for (const line of planTable({ cells, endsMs, labs }, terminalPage(settings.language))) output.line(line);
  output.note(`the plan is in ${path}`);
  return EXIT.passed;
}
