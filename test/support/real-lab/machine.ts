import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { halab } from './halab.js';

/** In a `before`: where no lab can be brought up the suite is skipped, and says why. */
export function needsMachine(context: Mocha.Context): void {
  const reason = whyNot();
  if (!reason) return;
  process.stdout.write(`    skipped: ${reason}\n`);
  context.skip();
}

function whyNot(): string | undefined {
  if (process.platform !== 'linux') return `the embedded backend needs Linux, this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'labs need root';
  if (!existsSync(new URL('../../../dist/program/main.js', import.meta.url)))
    return 'halab is not built: npm run build';
  return undefined;
}

/** A folder of the test's own, gone when its suite ends; with KEEP_TEST_FOLDERS=1 it stays. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'halab-e2e-'));
  after(() => {
    if (process.env.KEEP_TEST_FOLDERS !== '1') rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Takes a lab down whatever state it is in, as an earlier test run that was killed may have left it. */
export async function takeDown(name: string): Promise<void> {
  const answer = await halab(['down', '--name', name]);
  if (answer.exitCode !== 0) throw new Error(`halab down --name ${name}: ${answer.stderr}`);
}
