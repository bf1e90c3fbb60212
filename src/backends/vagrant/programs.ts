import { statSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import type { VagrantDeps } from './deps.js';
import type { Provider } from './options.js';

type Places = Pick<VagrantDeps, 'platform' | 'path' | 'env'>;

/** By which each hypervisor is spoken to. */
export const PROGRAMS: { readonly [P in Provider]: string } = { virtualbox: 'VBoxManage', libvirt: 'virsh' };

/** What vagrant-libvirt connects to unless it is told otherwise; virsh itself means the session's daemon for all but root. */
export function libvirtUri(env: Places['env']): string {
  return env.LIBVIRT_DEFAULT_URI || 'qemu:///system';
}

/** Every file that a program of this name may be, best first. */
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
  const told = [env.VBOX_MSI_INSTALL_PATH, env.VBOX_INSTALL_PATH];
  const usual = [env.ProgramW6432, env.ProgramFiles].map((root) => root && win32.join(root, 'Oracle', 'VirtualBox'));
  return [...told, ...usual].filter((folder) => folder !== undefined && folder !== '') as string[];
}

/** The program's file. Undefined where this machine has none. */
export function locate(places: Places, program: string): string | undefined {
  return candidatesFor(places, program).find((file) => isProgram(file, places.platform));
}

function isProgram(file: string, platform: NodeJS.Platform): boolean {
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    return stat?.isFile() === true && (platform === 'win32' || (stat.mode & 0o111) !== 0);
  } catch (error) {
    // What we may not look into, we may not run either.
    if ((error as NodeJS.ErrnoException).code === 'EACCES') return false;
    throw error;
  }
}
