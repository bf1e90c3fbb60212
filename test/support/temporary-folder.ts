import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A fresh folder for each test of the suite it is called in. */
export function temporaryFolder(): (...path: readonly string[]) => string {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'halab-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  return (...path) => join(folder, ...path);
}
