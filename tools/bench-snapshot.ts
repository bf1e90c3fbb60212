// A cluster of three Online, formed and from a saved state, in one run: `npm run bench:snapshot [-- --rounds 3]`.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { minimist, $ as zx } from 'zx';

const TOP = resolve(import.meta.dirname, '..');
const PROGRAM = join(TOP, 'bin/halab.js');
const NAME = 'bench-snapshot';
const AIM = 0.35;
const SAVING = /save this state/;

const { rounds } = minimist(process.argv.slice(2), { string: ['rounds'], default: { rounds: '3' } });

await main();

async function main(): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error('npm run bench:snapshot needs root: it boots labs');
  const formed: number[] = [];
  const restored: number[] = [];
  process.stdout.write('from nothing to three nodes Online, boot included, in ms\n\n');
  for (let round = 1; round <= Number(rounds); round += 1) {
    // No state is saved there yet, so the first lab of a round is formed and the second one restored.
    const state = mkdtempSync(join(tmpdir(), 'halab-bench-'));
    // Root in a node is nobody on this machine, and the node's disk is below.
    chmodSync(state, 0o755);
    try {
      formed.push(await timeUp(state, SAVING));
      restored.push(await timeUp(state));
    } finally {
      rmSync(state, { recursive: true, force: true });
    }
    process.stdout.write(`round ${round}: formed ${formed.at(-1)}, restored ${restored.at(-1)}\n`);
  }
  const ratio = median(restored) / median(formed);
  process.stdout.write(
    `\nmedian: formed ${median(formed)}, restored ${median(restored)}, ratio ${ratio.toFixed(3)} (aim: at most ${AIM})\n`,
  );
}

/** In ms until it prints this, or else until it has ended; either way with three nodes Online. The lab is removed afterwards. */
async function timeUp(state: string, until?: RegExp): Promise<number> {
  const $ = zx({ quiet: true, env: { ...process.env, HALAB_STATE_DIR: state, HALAB_LANG: 'en' } });
  const startedAt = performance.now();
  let endedAt: number | undefined;
  const up = $`timeout 300 node ${PROGRAM} up linuxha --name ${NAME} --set-up form-cluster`;
  up.stderr.on('data', (said: Buffer) => {
    if (until?.test(said.toString())) endedAt ??= performance.now();
  });
  try {
    await up;
    if (until !== undefined && endedAt === undefined) throw new Error(`halab up did not print ${until}`);
    endedAt ??= performance.now();
    const { stdout } = await $`node ${PROGRAM} ssh ha-host1 --name ${NAME} -- crm_mon --one-shot`;
    if (!/Online: \[ ha-host1 ha-host2 ha-host3 \]/.test(stdout)) throw new Error(`not three Online:\n${stdout}`);
    return Math.round(endedAt - startedAt);
  } finally {
    await $`timeout 60 node ${PROGRAM} down --name ${NAME}`;
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
