import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './until.js';

/** One line of events.jsonl; what else it holds depends on its kind. */
export interface EventLine {
  readonly kind: string;
  readonly seq: number;
  readonly at: string;
  readonly [field: string]: unknown;
}

/** Whole lines only: a runner that was killed may have left half a one. */
export function eventsOf(folder: string): readonly EventLine[] {
  const file = join(folder, 'events.jsonl');
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.slice(0, -1).map((line) => JSON.parse(line) as EventLine);
}

/** Waits until the run that writes below `reports` has said something. */
export async function untilEvent(
  reports: string,
  holds: (events: readonly EventLine[]) => boolean,
  withinMs: number,
): Promise<void> {
  const latest = join(reports, 'latest');
  await until('an event', () => holds(eventsOf(latest)), {
    withinMs,
    seen: () => JSON.stringify(eventsOf(latest).slice(-3), undefined, 1),
  });
}

export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

// biome-ignore lint/suspicious/noExplicitAny: as the schema has it
export function stepOf(run: any, scenario: string, step: string): any {
  return scenarioOf(run, scenario)?.steps.find((each: { step: string }) => each.step === step);
}

// biome-ignore lint/suspicious/noExplicitAny: as the schema has it
export function scenarioOf(run: any, scenario: string): any {
  return run.scenarios.find((each: { scenario: string }) => each.scenario === scenario);
}
