import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LabError } from '../../../model/errors.js';
import { type EmbeddedDeps, execOrThrow } from '../host.js';
import { type EmbeddedDirs, labDirs } from '../names.js';

const GONE_MS = 15_000;
const POLL_MS = 50;

/** Loop devices that stand for a disk of this lab, by the path of the file behind each. */
export function loopsOf(dirs: EmbeddedDirs, instance: string, block = '/sys/block'): readonly string[] {
  const { run } = labDirs(dirs, instance);
  return readdirSync(block)
    .filter((name) => name.startsWith('loop') && backingFile(join(block, name)).startsWith(`${run}/`))
    .map((name) => `/dev/${name}`);
}

function backingFile(device: string): string {
  const file = join(device, 'loop', 'backing_file');
  // It goes with the last user of the device, which may be now.
  try {
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  } catch (error) {
    if (['ENOENT', 'ENODEV', 'ENXIO'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}

/** Whether nothing is behind it any more, or what belongs to somebody else. */
function isFree(dirs: EmbeddedDirs, instance: string, loop: string): boolean {
  const file = backingFile(join('/sys/block', basename(loop))).trim();
  // A file whose mount is gone has no path left; until the kernel has let go of it, it is the root of its own.
  return file !== '/' && !file.startsWith(`${labDirs(dirs, instance).run}/`);
}

/**
 * These, found while the lab still ran, clear themselves when the last user goes, and a file system that was mounted goes
 * only when the kernel has come to it. Those left by then are detached.
 */
export async function awaitLoopsGone(deps: EmbeddedDeps, instance: string, loops: readonly string[]): Promise<void> {
  const deadline = deps.clock.monotonicMs() + GONE_MS;
  for (;;) {
    const left = loops.filter((loop) => !isFree(deps.dirs, instance, loop));
    if (left.length === 0) return;
    if (deps.clock.monotonicMs() > deadline) {
      for (const loop of left) await execOrThrow(deps, ['losetup', '--detach', loop], { what: `detaching ${loop}` });
      if (left.every((loop) => isFree(deps.dirs, instance, loop))) return;
      throw new LabError('backend-failed', `${left.join(', ')} did not go within ${GONE_MS} ms`, {
        hint: 'something on this machine has it open or mounted',
        data: { loops: left },
      });
    }
    await deps.clock.sleep(POLL_MS);
  }
}
