import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { LabError } from '../../model/errors.js';
import type { Prerequisite } from '../../ports/backend.js';
import { required } from '../prerequisites.js';
import { processIds } from './supervisors.js';

/** Counted in labs that run: PID 1 of a node holds five, its logind and its dbus-daemon one each. */
export const INSTANCES_PER_NODE = 7;
const LIMIT_FILE = '/proc/sys/fs/inotify/max_user_instances';

/**
 * The inotify instances that nodes need to boot. The kernel charges those of a user namespace to its maker as well
 * (inc_ucount in kernel/ucount.c), so that all labs together share what one user may have.
 */
interface InotifyRoom {
  readonly limit: number;
  readonly used: number;
  readonly needed: number;
  readonly isEnough: boolean;
}

/** Ours counts, and all in user namespaces other than ours: labs are made by the same user. */
export function inotifyRoom(nodes: number): InotifyRoom {
  const limit = Number(readFileSync(LIMIT_FILE, 'utf8'));
  const ours = namespaceOf('self');
  const used = instancesOf(processIds().filter((pid) => isOurUsers(pid) || namespaceOf(pid) !== ours));
  const needed = nodes * INSTANCES_PER_NODE;
  return { limit, used, needed, isEnough: limit - used >= needed };
}

/** How many more labs of so many nodes could boot beside those that run. */
export function labsThatFit(nodes: number): number {
  const { limit, used, needed } = inotifyRoom(nodes);
  return needed === 0 ? 0 : Math.max(0, Math.floor((limit - used) / needed));
}

function roomText({ limit, used, needed }: InotifyRoom): string {
  return `${used} of ${limit} inotify instances are in use, booting takes about ${needed}`;
}

export const LIFT_LIMIT = 'sysctl -w fs.inotify.max_user_instances=1024';
const MAKE_ROOM = `take down a lab that is not needed, or run: ${LIFT_LIMIT}`;

/** Required, so that a lab whose nodes could not boot is refused before anything of it is made. */
export function findInotify(missing: number): Prerequisite {
  const room = inotifyRoom(missing);
  return required('inotify', room.isEnough || missing === 0, roomText(room), MAKE_ROOM);
}

/** Throws LabError `backend-failed` where so many nodes could not boot: systemd would fail in them without a clear message. */
export function requireInotifyRoom(nodes: number): void {
  if (nodes === 0) return;
  const room = inotifyRoom(nodes);
  if (room.isEnough) return;
  throw new LabError('backend-failed', `the nodes would not boot: ${roomText(room)}`, { hint: MAKE_ROOM });
}

/** How many file descriptors of these processes are inotify instances; a process that has ended has none. */
export function instancesOf(pids: readonly number[]): number {
  return pids.flatMap(filesOf).filter((file) => file === 'anon_inode:inotify').length;
}

function filesOf(pid: number): readonly string[] {
  const folder = `/proc/${pid}/fd`;
  return (
    orNothing(() => readdirSync(folder))?.map((fd) => orNothing(() => readlinkSync(`${folder}/${fd}`)) ?? '') ?? []
  );
}

function isOurUsers(pid: number): boolean {
  return orNothing(() => statSync(`/proc/${pid}`).uid) === process.getuid?.();
}

function namespaceOf(pid: number | 'self'): string | undefined {
  return orNothing(() => readlinkSync(`/proc/${pid}/ns/user`));
}

function orNothing<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
