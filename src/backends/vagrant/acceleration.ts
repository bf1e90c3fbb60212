import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastLine } from '../../model/command-output.js';
import { isLabError } from '../../model/errors.js';
import type { ProcessResult } from '../../ports/process.js';
import { call, locate } from './call.js';
import { ACCELERATED, type Acceleration, type VagrantDeps } from './hypervisor.js';

/**
 * `refused`: the device cannot be used; `dead`: it opens, but a guest does not run; `slow`: a guest runs, and emulation is
 * faster; `untried`: there was no way to try.
 */
export type Kvm = { readonly state: 'works' | 'slow' | 'refused' | 'dead' | 'untried'; readonly said: string };

const TRY_MS = 5_000;
/** The firmware and a few instructions take a tenth of a second, with KVM or without. */
const SLOW_MS = 1_000;
const EMULATORS = ['qemu-system-x86_64', 'qemu-kvm'];
/** What the guest below ends QEMU with: `isa-debug-exit` makes 2 × value + 1 of it. */
const GUEST_VALUE = 0x10;
const GUEST_EXIT = 2 * GUEST_VALUE + 1;

/** mov dx, 0x501; mov al, 0x10; out dx, al; hlt; and the mark that makes a boot sector of it. */
export function bootSector(): Buffer {
  const sector = Buffer.alloc(512);
  Buffer.from([0xba, 0x01, 0x05, 0xb0, GUEST_VALUE, 0xee, 0xf4]).copy(sector);
  sector.writeUInt16LE(0xaa55, 510);
  return sector;
}

/** Whether KVM runs a guest's first instructions, and faster than emulation does; that `/dev/kvm` opens is no proof. */
export async function tryKvm(deps: VagrantDeps): Promise<Kvm> {
  const program = EMULATORS.find((each) => locate(deps, each) !== undefined);
  if (!program) return { state: 'untried', said: `neither of ${EMULATORS.join(', ')} is here to try it` };
  const folder = mkdtempSync(join(tmpdir(), 'halab-kvm-'));
  try {
    const disk = join(folder, 'boot.img');
    writeFileSync(disk, bootSector());
    const run = (accelerator: 'kvm' | 'tcg') => runGuest(deps, [program, ...argsOf(accelerator, disk)]);
    return judgeTries(await run('kvm'), await run('tcg'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How a try went: QEMU's end, or `undefined` where there was none in time. */
type Try = Pick<ProcessResult, 'exitCode' | 'stderr' | 'durationMs'> | undefined;

async function runGuest(deps: VagrantDeps, argv: readonly string[]): Promise<Try> {
  try {
    return await call(deps, argv, { timeoutMs: TRY_MS });
  } catch (error) {
    if (isLabError(error) && error.code === 'process-failed') return undefined;
    throw error;
  }
}

function argsOf(accelerator: string, disk: string): readonly string[] {
  return [
    ...['-accel', accelerator, '-m', '16', '-display', 'none', '-nic', 'none', '-no-reboot', '-nodefaults'],
    ...['-drive', `file=${disk},format=raw,if=ide,snapshot=on`],
    ...['-device', 'isa-debug-exit,iobase=0x501,iosize=0x02'],
  ];
}

export function judgeTries(kvm: Try, emulated: Try): Kvm {
  if (!kvm) return { state: 'dead', said: `the guest did not finish within ${TRY_MS / 1000} s` };
  if (kvm.exitCode !== GUEST_EXIT) return judgeRefusal(kvm);
  const yardstickMs = emulated?.exitCode === GUEST_EXIT ? emulated.durationMs : TRY_MS;
  const isSlow = kvm.durationMs > SLOW_MS && kvm.durationMs > 2 * yardstickMs;
  const took = `${Math.round(kvm.durationMs)} ms`;
  if (!isSlow) return { state: 'works', said: took };
  return { state: 'slow', said: `${took} for what emulation does in ${Math.round(yardstickMs)} ms` };
}

function judgeRefusal({ exitCode, stderr }: NonNullable<Try>): Kvm {
  // libvirtd has rights of its own.
  if (/Permission denied/.test(stderr)) return { state: 'untried', said: 'this user may not open /dev/kvm' };
  return { state: 'refused', said: lastLine(stderr) ?? `QEMU ended with exit code ${exitCode}` };
}

const EMULATED: Acceleration = { env: { LIBVIRT_DRIVER: 'qemu' }, slowness: 3 };

/** Where KVM does not work, the environment makes the Vagrantfile ask for emulated machines. */
export async function accelerationOfLibvirt(
  deps: VagrantDeps,
  report: (stage: string, text: string) => void,
): Promise<Acceleration> {
  const { LIBVIRT_DRIVER: asked } = deps.env;
  if (asked) return asked === 'qemu' ? EMULATED : ACCELERATED;
  const { state, said } = await tryKvm(deps);
  if (state === 'works' || state === 'untried') return ACCELERATED;
  report('boot', `KVM does not work here (${said}): the machines are emulated, about 10 times slower`);
  return EMULATED;
}
