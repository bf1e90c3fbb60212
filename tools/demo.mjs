// The main job from a bare clone: makes the machine ready, then runs the walk-through and shows what happened.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setupOrExit } from './setup.mjs';

const TOP = dirname(dirname(fileURLToPath(import.meta.url)));
const WALKTHROUGH = ['run', 'scenarios/walkthrough', '--lab', 'linuxha', '--name', 'demo', '--keep', 'never'];

setupOrExit();

const halab = spawn(process.execPath, [join(TOP, 'bin/halab.js'), ...WALKTHROUGH, ...process.argv.slice(2)], {
  cwd: TOP,
  stdio: 'inherit',
});
// Ctrl-C reaches halab too, which undoes its faults and takes the lab down; we stay until it has.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
process.on('SIGTERM', () => halab.kill('SIGTERM'));
halab.on('error', (error) => {
  process.stderr.write(`demo: ${error.message}\n`);
  process.exit(3);
});
halab.on('exit', (code) => process.exit(code ?? 3));
