import { statSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { lastLines as lastLinesOf } from '../../model/command-output.js';
import { defined } from '../../model/defined.js';
import { isLabError, LabError, tolerate } from '../../model/errors.js';
import type { ProcessOptions, ProcessResult } from '../../ports/process.js';
import { slowed, type VagrantDeps } from './hypervisor.js';
import type { Provider } from './options.js';

type Places = Pick<VagrantDeps, 'platform' | 'path' | 'env'>;

/** The program that controls each hypervisor. */
export const PROGRAMS: { readonly [P in Provider]: string } = { virtualbox: 'VBoxManage', libvirt: 'virsh' };

/** What vagrant-libvirt connects to by default; virsh itself means the session's daemon for all but root. */
export function libvirtUri(env: Places['env']): string {
  return env.LIBVIRT_DEFAULT_URI || 'qemu:///system';
}

/** Every path where a program of this name may be, best first. */
export function candidatesFor({ platform, path, env }: Places, program: string): readonly string[] {
  const { join, delimiter } = platform === 'win32' ? win32 : posix;
  const folders = [...path.split(delimiter).filter(Boolean), ...foldersBesidePath(platform, env, program)];
  const endings = platform === 'win32' ? (env.PATHEXT ?? '.COM;.EXE;.BAT;.CMD').split(';').filter(Boolean) : [''];
  return folders.flatMap((folder) => endings.map((ending) => join(folder, `${program}${ending.toLowerCase()}`)));
}

/** VirtualBox's installer for Windows leaves PATH alone and sets a variable (VirtualBox manual, 2.1). */
function foldersBesidePath(platform: NodeJS.Platform, env: Places['env'], program: string): readonly string[] {
  if (platform !== 'win32') return ['/usr/local/bin', '/usr/sbin', '/sbin'];
  if (program !== 'VBoxManage') return [];
  const installed = [env.VBOX_MSI_INSTALL_PATH, env.VBOX_INSTALL_PATH];
  const usual = [env.ProgramW6432, env.ProgramFiles].map((root) => root && win32.join(root, 'Oracle', 'VirtualBox'));
  return [...installed, ...usual].filter((folder) => folder !== undefined && folder !== '') as string[];
}

/** The program's file. Undefined where this machine has none. */
export function locate(places: Places, program: string): string | undefined {
  return candidatesFor(places, program).find((file) => isProgram(file, places.platform));
}

function isProgram(file: string, platform: NodeJS.Platform): boolean {
  // A file in a folder that we may not read cannot be run either.
  const stat = tolerate(['EACCES'], () => statSync(file, { throwIfNoEntry: false }));
  return stat?.isFile() === true && (platform === 'win32' || (stat.mode & 0o111) !== 0);
}

type CallOptions = Partial<Omit<ProcessOptions, 'stdin'>>;

const COMMAND_MS = 60_000;
/** halab parses the messages of these programs, so they must be in English. */
const PLAIN = { LC_ALL: 'C', LANG: 'C', LANGUAGE: 'C' } as const;

/** Runs a program of this machine. Resolves for any exit code; throws `package-missing` where there is none of that name. */
export async function call(
  deps: VagrantDeps,
  [program = '', ...args]: readonly string[],
  { timeoutMs = slowed(deps, COMMAND_MS), env, ...options }: CallOptions = {},
): Promise<ProcessResult> {
  const file = locate(deps, program);
  if (file === undefined) {
    throw new LabError('package-missing', `the program ${program} is not on this machine`, {
      hint: 'halab doctor --backend vagrant names the package',
      data: { program },
    });
  }
  return deps.processes.run([file, ...args], {
    ...options,
    timeoutMs,
    env: { ...defined(deps.env), PATH: deps.path, ...PLAIN, ...env },
  });
}

/** Whether a program is here and succeeds within this time. */
export async function answers(deps: VagrantDeps, argv: readonly string[], timeoutMs: number): Promise<boolean> {
  try {
    return (await call(deps, argv, { timeoutMs: slowed(deps, timeoutMs) })).exitCode === 0;
  } catch (error) {
    if (isLabError(error)) return false;
    throw error;
  }
}

/** Runs a program that must succeed, and returns its stdout. Throws `backend-failed` with its last lines. */
export async function execOrThrow(
  deps: VagrantDeps,
  argv: readonly string[],
  { what, ...options }: CallOptions & { readonly what: string },
): Promise<string> {
  const result = await call(deps, argv, options);
  if (result.exitCode === 0) return result.stdout;
  throw new LabError(
    'backend-failed',
    `${what} failed (${argv[0]}, exit code ${result.exitCode}): ${lastLines(result)}`,
    {
      hint: 'halab doctor --backend vagrant checks what this machine can do; halab down clears what is left',
      data: { argv, exitCode: result.exitCode },
    },
  );
}

export function lastLines({ stdout, stderr }: Pick<ProcessResult, 'stdout' | 'stderr'>): string {
  return lastLinesOf(stderr.trim() || stdout).join('\n') || 'it printed nothing';
}
