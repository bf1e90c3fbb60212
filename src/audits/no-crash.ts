import { message } from '../messages/message.js';
import type { Finding } from '../model/audit.js';
import type { NodeObservation, UnitObservation } from '../model/observation.js';
import type { AuditInput, AuditTable } from '../ports/audit.js';
import { baseName } from './daemons.js';
import { isHalted, isTouched, losesDaemons } from './faults.js';
import { failed, joined, unique } from './finding.js';
import { isSilent, nodeIn, nodesIn, silence, unread } from './node-parts.js';

export const noCrash: AuditTable['no-crash'] = {
  kind: 'no-crash',
  holds: message('audit.no-crash.holds'),
  reads: message('audit.no-crash.reads'),
  judge: (input) => nodesIn(input).flatMap((node) => judgeNode(input, node)),
};

function judgeNode(input: AuditInput, node: NodeObservation): readonly Finding[] {
  if (isSilent(node)) return [silence(node)];
  if (!node.answered) return [];
  const was = nodeIn(input.before, node.node);
  return [
    ...newOnes(node.coreDumps, was?.coreDumps).map((path) =>
      failed([node.node], `a core dump on ${node.node}: ${path}`),
    ),
    // A node that lost a daemon logs it.
    ...(isTouched(input, node.node) || losesDaemons(input, node.node)
      ? []
      : [...critical(node, was), ...startedAgain(input, node, was)]),
    ...notRead(node),
  ];
}

function newOnes(now: readonly string[] = [], before: readonly string[] = []): readonly string[] {
  return unique(now).filter((each) => !before.includes(each));
}

/**
 * pacemakerd logs it as an error where a daemon has just ended, as in an orderly stop, between two looks at its process
 * (pcmk__pid_active in lib/common/pid.c).
 */
const JUST_ENDED = /Could not get executable for PID \d+: No such file or directory/;

function critical(node: NodeObservation, was: NodeObservation | undefined): readonly Finding[] {
  const lines = newOnes(node.criticalLines, was?.criticalLines).filter((line) => !JUST_ENDED.test(line));
  const more = lines.length > 1 ? ` (and ${lines.length - 1} more)` : '';
  return lines.slice(0, 1).map((line) => failed([node.node], `${node.node} logged: ${line}${more}`));
}

/** Nothing to compare after a boot: everything is started then. */
function startedAgain(input: AuditInput, node: NodeObservation, was: NodeObservation | undefined): readonly Finding[] {
  if (was?.answered !== true) return [];
  if (was.bootId !== undefined && node.bootId !== undefined && was.bootId !== node.bootId) return [];
  return [...(isHalted(input, node.node) ? [] : units(node, was)), ...respawned(node, was)];
}

function units(node: NodeObservation, was: NodeObservation): readonly Finding[] {
  return (node.units ?? []).flatMap((unit) => {
    const then = was.units?.find(({ name }) => name === unit.name);
    if (then === undefined) return [];
    const times = unit.restarts - then.restarts;
    const often = times === 1 ? 'once' : `${times} times`;
    if (times > 0) return [failed([node.node], `systemd has started ${unit.name} on ${node.node} again, ${often}`)];
    if (then.mainPid === 0 || unit.mainPid === 0 || then.mainPid === unit.mainPid) return [];
    const became = `process ${then.mainPid} became ${unit.mainPid}`;
    return [failed([node.node], `${unit.name} on ${node.node} was started again: ${became}`)];
  });
}

/** pacemaker's daemons up to 1.1 have plain names, so those count only from its own folder. */
const DAEMON =
  /^(?:\S*\/)?pacemaker-(?:based|fenced|execd|attrd|schedulerd|controld)(?:\s|$)|^\S*\/pacemaker\/(?:cib|stonithd|lrmd|attrd|pengine|crmd)(?:\s|$)/;

/**
 * pacemakerd starts what dies: then it is another process below the same pacemakerd. A daemon may be seen twice while it
 * forks, as pacemaker-based does to write the CIB to the disk (write_cib_contents in daemons/based/based_io.c).
 */
function respawned(node: NodeObservation, was: NodeObservation): readonly Finding[] {
  const main = mainPid(node.units);
  if (main === undefined || main !== mainPid(was.units) || node.processes === undefined) return [];
  const then = daemonsOf(was);
  const now = daemonsOf(node);
  return [...then].flatMap(([name, pids]) => {
    const is = now.get(name) ?? [];
    if (pids.some((pid) => is.includes(pid))) return [];
    const became = `process ${joined(pids.map(String))} ${is.length > 0 ? `became ${joined(is.map(String))}` : 'is gone'}`;
    return [failed([node.node], `${name} on ${node.node} died below a pacemakerd that went on: ${became}`)];
  });
}

function mainPid(units: readonly UnitObservation[] | undefined): number | undefined {
  const pid = units?.find(({ name }) => name === 'pacemaker')?.mainPid;
  return pid === 0 ? undefined : pid;
}

function daemonsOf({ processes = [] }: NodeObservation): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, readonly number[]>();
  for (const { pid, args } of processes) {
    if (DAEMON.test(args)) found.set(baseName(args), [...(found.get(baseName(args)) ?? []), pid]);
  }
  return found;
}

/** Log lines are not asked for at every look; the rest is. */
function notRead(node: NodeObservation): readonly Finding[] {
  const parts = (['coreDumps', 'processes', 'units'] as const).filter((part) => node[part] === undefined);
  const isLogLost = node.criticalLines === undefined && node.problems.critical !== undefined;
  return [...parts.map((part) => unread(node, part)), ...(isLogLost ? [unread(node, 'criticalLines')] : [])];
}
