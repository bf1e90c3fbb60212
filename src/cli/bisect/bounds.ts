import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { tolerate } from '../../model/errors.js';
import type { RunInfo } from '../../model/event.js';
import { parseJson } from '../../model/json-text.js';
import type { NightJson } from '../../nightly/night-answer.js';
import { type NightSeen, type Turn, turnsIn } from '../../nightly/turns.js';
import type { Versions } from '../../stack/changes.js';
import { nightFolders } from '../../store/night-folder.js';

/** The cells that are red now and were green before, by the nights in this folder of reports. */
export function turnsOf(reportsDir: string): readonly Turn[] {
  const nights = nightFolders(reportsDir).flatMap((folder): readonly NightSeen[] => {
    const summary = jsonIn<NightJson>(join(folder, 'summary.json'));
    return summary === undefined ? [] : [{ night: basename(folder), folder, cells: summary.cells }];
  });
  return turnsIn(nights.toReversed());
}

/** The packages that a run has recorded for a node of the cluster; undefined where it has not. */
export function versionsOf(run: string): Versions | undefined {
  const info = jsonIn<RunInfo>(join(run, 'run.json'));
  return Object.values(info?.packages ?? {}).find((packages) => 'pacemaker' in packages);
}

function jsonIn<T>(file: string): T | undefined {
  const text = tolerate(['ENOENT'], () => readFileSync(file, 'utf8'));
  return text === undefined ? undefined : (parseJson(text) as T | undefined);
}
