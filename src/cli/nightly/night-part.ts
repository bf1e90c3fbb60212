import { join } from 'node:path';
import type { NightEvent } from '../../nightly/events.js';
import { readPlan } from '../../nightly/plan-lines.js';
import { foldNight } from '../../nightly/state.js';
import type { NightPart } from '../../nightly/summary.js';
import { openNightFolder } from '../../store/night-folder.js';
import { systemClock } from '../../system/clock.js';

/** A night as its folder has it. Throws LabError `config-invalid` for a plan that cannot be read. */
export function nightPartIn(path: string): NightPart {
  const night = openNightFolder<NightEvent>(path, systemClock);
  return { folder: path, cells: readPlan(join(path, 'plan.jsonl'), night.plan), state: foldNight(night.log.read()) };
}
