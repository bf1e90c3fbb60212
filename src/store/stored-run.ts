import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { LabError } from '../model/errors.js';
import type { StampedEvent } from '../model/event.js';
import { nearest } from '../model/nearest.js';
import type { StoredRun } from '../ports/store.js';
import { insideOf, readInside } from './run-folder.js';

const EVENTS = 'events.jsonl';

/** A run folder that exists, with its events. A run that was killed may have written only a part of its last event. */
export interface OpenedRun extends StoredRun {
  readonly events: readonly StampedEvent[];
}

/** `asked`: a folder, or the name of a run in `root`; `latest` is the newest. Throws LabError `usage`. */
export function openStoredRun(root: string, asked: string, cwd: string): OpenedRun {
  const path = folderOf(root, asked, cwd);
  return {
    path,
    events: parseEvents(readFileSync(join(path, EVENTS), 'utf8')),
    read: (file) => readInside(path, file),
    write(file, content) {
      const { target, inside } = insideOf(path, file);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
      return inside;
    },
  };
}

function folderOf(root: string, asked: string, cwd: string): string {
  const named = asked === 'latest' ? latestIn(root) : asked;
  const found = [resolve(cwd, named), join(root, named)].find((path) => existsSync(join(path, EVENTS)));
  // The same run has one path, whether it was found by a link or not.
  if (found !== undefined) return realpathSync(found);
  const runs = existsSync(root) ? readdirSync(root).filter((name) => existsSync(join(root, name, EVENTS))) : [];
  const meant = nearest(asked, runs);
  throw new LabError('usage', `there is no run ${asked} in ${root}`, {
    hint: meant === undefined ? 'name a folder with events.jsonl, or a run in there' : `do you mean ${meant}?`,
  });
}

/** Where links cannot be made, a file has the name. */
function latestIn(root: string): string {
  const file = join(root, 'latest.txt');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : 'latest';
}

export function parseEvents(text: string): readonly StampedEvent[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.flatMap((line, index) => {
    try {
      return [JSON.parse(line) as StampedEvent];
    } catch (error) {
      if (index === lines.length - 1) return [];
      throw new LabError('usage', `line ${index + 1} of ${EVENTS} is not JSON`, {
        hint: 'the file was changed after the run; take it from a backup',
        cause: error,
      });
    }
  });
}
