import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StampedEvent } from '../../src/model/event.js';
import type { StoredRun } from '../../src/ports/store.js';

/** Runs of real labs, made small by tools/report-fixture.ts. */
const FIXTURES = join(import.meta.dirname, '../fixtures/reports');
export const STORED_RUNS = ['passed', 'failed', 'unknown', 'fenced', 'walk', 'monitor'] as const;
export type StoredRunName = (typeof STORED_RUNS)[number];

export function storedEvents(name: StoredRunName): readonly StampedEvent[] {
  const lines = readFileSync(join(FIXTURES, name, 'events.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as StampedEvent);
}

export function readStored(name: StoredRunName, file: string): Buffer | undefined {
  try {
    return readFileSync(join(FIXTURES, name, file));
  } catch {
    return undefined;
  }
}

/** The evidence of a stored run, with its reports written to a folder elsewhere. */
export function storedRun(name: StoredRunName, path: string): StoredRun {
  return {
    path,
    read: (file) => readStored(name, file),
    write(file, content) {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      writeFileSync(join(path, file), content);
      return file;
    },
  };
}
