import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { cpus, hostname, totalmem } from 'node:os';
import { resolve } from 'node:path';
import type { Machine, PlannedScenario } from '../../model/event.js';
import type { Lab } from '../../model/lab.js';
import { outlineOf, type PlanEntry } from '../../runner/plan.js';

/** The plan as events show it, with a mark of each scenario's file: a later run of the same name may run another text. */
export function markedOutline(plan: readonly PlanEntry[], cwd: string): readonly PlannedScenario[] {
  return outlineOf(plan).map((planned, index) => {
    const file = resolve(cwd, plan[index]?.scenario.file ?? '');
    const isFile = statSync(file, { throwIfNoEntry: false })?.isFile();
    return isFile ? { ...planned, digest: digestOf(readFileSync(file)) } : planned;
  });
}

/** Of what the lab file says, wherever the file is and however it is laid out. */
export function labDigestOf(lab: Lab): string {
  return digestOf(JSON.stringify(lab, (key, value) => (key === 'at' ? undefined : value)));
}

export function thisMachine(): Machine {
  const all = cpus();
  const memoryMiB = Math.round(totalmem() / 1024 / 1024);
  return { name: hostname(), cpu: all[0]?.model.trim() ?? '', cores: all.length, memoryMiB };
}

function digestOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 12);
}
