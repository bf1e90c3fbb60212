import type { LabNode } from './lab.js';
import { STACK_DAEMONS } from './scenario.js';

/** Why something may not be broken, and what may be instead. */
export interface Refusal {
  readonly message: string;
  readonly hint: string;
}

/** Where the cluster keeps its CIB and its scheduler's inputs. */
export const DEFAULT_FULL_PATH = '/var/lib/pacemaker';

/** A load, or a stop that hangs, ends by itself after so long, if nobody ends it before. */
export const ENDS_AFTER_S = 1_800;
export const MOST_WORKERS = 32;

const LEAST_SKEW_MS = 1_000;
const MOST_SKEW_MS = 86_400_000;

/** The kernel keeps so much of a process's name (proc(5), comm). */
const PROCESS_NAME_CHARS = 15;

/** Names up to pacemaker 1.1 too. */
const STACK = ['pcsd', 'crmd', 'cib', 'stonithd', 'lrmd', 'pengine', 'sbd', 'corosync-qdevice', ...STACK_DAEMONS];
/** What runs everything else, and what a node is reached and healed through. */
const FOUNDATIONS = ['init', 'systemd', 'sshd', 'sshd-session', 'sh', 'bash', 'dash', 'dbus-daemon', 'dbus-broker'];

/** Of a process's name. */
export function processRefusal(name: string): Refusal | undefined {
  if (!/^[\w.+@-]+$/.test(name))
    return { message: `'${name}' is not a process's name`, hint: 'write it as ps -o comm shows it, such as nginx' };
  if (STACK.some((each) => isSameProcess(each, name)) || name.startsWith('pacemaker'))
    return { message: `${name} is a daemon of the stack`, hint: 'use daemon-kill for those' };
  if (FOUNDATIONS.includes(name) || name.startsWith('systemd-'))
    return { message: `without ${name} the node could not be healed`, hint: 'name the process of a service' };
  return undefined;
}

/** The kernel cuts names off. */
export function isSameProcess(one: string, other: string): boolean {
  return one.slice(0, PROCESS_NAME_CHARS) === other.slice(0, PROCESS_NAME_CHARS);
}

/** The node could not be used or healed with these full, nor with anything inside of them. */
const NEVER_FULL = ['/proc', '/sys', '/dev', '/run', '/boot', '/usr', '/bin', '/sbin', '/lib', '/lib64'];
/** What is inside of these may be. */
const NOT_ITSELF = ['/', '/etc', '/var', '/root', '/home', '/tmp'];

/** Of a folder that is to be full. */
export function fullPathRefusal(path: string): Refusal | undefined {
  if (!/^\/(?:[\w.@+-]+(?:\/[\w.@+-]+)*)?$/.test(path) || /(?:^|\/)\.{1,2}(?:\/|$)/.test(path))
    return { message: `'${path}' is not the whole path of a folder`, hint: `write it as ${DEFAULT_FULL_PATH}` };
  const isInside = NEVER_FULL.some((each) => path === each || path.startsWith(`${each}/`));
  if (!isInside && !NOT_ITSELF.includes(path)) return undefined;
  return {
    message: `with ${path} full the node could not be healed`,
    hint: `name a folder that only services write to, such as ${DEFAULT_FULL_PATH}`,
  };
}

/** Of an amount of memory to be taken. */
export function memoryRefusal({ name, memoryMiB }: LabNode, megabytes: number): Refusal | undefined {
  if (megabytes < memoryMiB) return undefined;
  return {
    message: `${megabytes} MiB are not less than the ${memoryMiB} MiB that ${name} has`,
    hint: `take less than ${memoryMiB}`,
  };
}

/** Of how far a clock is to be off. */
export function skewRefusal(byMs: number): Refusal | undefined {
  const off = Math.abs(byMs);
  if (off >= LEAST_SKEW_MS && off <= MOST_SKEW_MS) return undefined;
  return { message: 'a clock can be off by one second to one day', hint: 'write +5min or -30s' };
}
