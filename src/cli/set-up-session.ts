import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LabError } from '../model/errors.js';
import type { LabInstance } from '../model/lab.js';
import type { Scenario } from '../model/scenario.js';
import type { Backend } from '../ports/backend.js';
import type { RunFolder } from '../ports/store.js';
import { bringToSetUps } from './baselines.js';
import { DEFAULT_LAB, type LabFlags, remember } from './lab-session.js';
import { groupByLab } from './run/lab-groups.js';
import { openOutsideRun } from './session-parts.js';
import type { Settings } from './settings.js';

/** The scenarios of these ids or files with all that they require, in order. Throws LabError `usage` where one does not fit the lab. */
export async function setUpsNamed(
  settings: Settings,
  ids: readonly string[],
  flags: LabFlags & { readonly name: string },
): Promise<readonly Scenario[]> {
  const [group] = await groupByLab(settings, ids, { ...flags, lab: flags.lab ?? DEFAULT_LAB });
  const plan = group?.plan ?? [];
  const unfit = plan.find(({ skipped }) => skipped !== undefined);
  if (unfit !== undefined) {
    throw new LabError('usage', `${unfit.scenario.id} cannot be set up in ${flags.name}: ${unfit.skipped}`, {
      hint: 'halab scenarios lists the scenarios, and which lab each is for',
    });
  }
  return plan.map(({ scenario }) => scenario);
}

interface Place {
  readonly settings: Settings;
  readonly instance: LabInstance;
  readonly backend: Backend;
  readonly signal: AbortSignal;
}

/** Brings a lab to the state after its set-ups, outside of any run; they are not reported step by step. */
export async function setUpLab(
  { settings, instance, backend, signal }: Place,
  setUps: readonly Scenario[],
  onProgress: (text: string) => void,
): Promise<void> {
  // The lab's folder is there before anything is stored in it.
  remember(settings, instance);
  const run = await openOutsideRun({ settings, instance, backend, signal, folder: folderFor(settings, instance) });
  try {
    await bringToSetUps({ settings, instance, backend, run, signal }, setUps, onProgress);
  } finally {
    await run.close();
  }
}

/** It exists only once a step fails and its evidence is written. */
function folderFor({ reportsDir }: Settings, { name }: LabInstance): Pick<RunFolder, 'id' | 'path' | 'write'> {
  const id = `set-up-of-${name}`;
  const path = join(reportsDir, id);
  return {
    id,
    path,
    write(relativePath: string, content: string | Buffer) {
      const file = join(path, relativePath);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return relativePath;
    },
  };
}
