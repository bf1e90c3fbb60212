import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError, messageOf } from '../../model/errors.js';
import { type LabInstance, type LabNode, pcsNodesOf } from '../../model/lab.js';
import { nodeProgram, nodeScript } from '../../ports/node-program.js';
import { execOrThrow, type Transport } from '../../ports/transport.js';
import { connectNode } from './connect.js';
import type { EmbeddedDeps } from './host.js';
import { type EmbeddedDirs, labDirs, nodeDirs } from './names.js';
import { createWriter, type NodeFile } from './node-writer.js';

/** Services that a cluster is made of; what its resources are, it starts and stops itself. */
const SERVICES = ['corosync', 'corosync-qdevice', 'corosync-qnetd', 'pacemaker', 'pacemaker_remote', 'pcsd', 'sbd'];

/**
 * Pacemaker waits for dc-deadtime (20 s by default) before it elects a DC, since members may still be starting. A restored
 * node starts pacemaker only when all members have joined, so there is nobody left to wait for.
 */
const DC_DEADTIME = '1s';

const LOGIN_MS = 20_000;
/** A resource may take its time to stop. */
const HALT_MS = 120_000;
const WHOLE_S = 60;
const MEMBERS_S = 20;

/** How a node stood when its lab was halted. */
interface HaltedNode {
  readonly isOn: boolean;
  /** Of `SERVICES`, those that ran. */
  readonly services: readonly string[];
  /** What the cluster has for dc-deadtime; absent where it is not set. */
  readonly dcDeadtime?: string;
}

export type HaltedLab = Readonly<Record<string, HaltedNode>>;

/** Stops the cluster on all these nodes together and switches them off from inside. Throws with the cluster running again. */
export async function haltLab(
  deps: EmbeddedDeps,
  instance: LabInstance,
  running: readonly string[],
): Promise<HaltedLab> {
  const transports = await connectAll(deps, instance, running);
  try {
    const on = await onAll(transports, async (transport) => [transport.node, await lookAt(transport)] as const);
    const off = instance.lab.nodes.map(({ name }) => [name, { isOn: false, services: [] }] as const);
    const halted: HaltedLab = Object.fromEntries([...off, ...on]);
    unfinished.save(deps.dirs, instance.name, halted);
    try {
      await onAll(transports, (transport) => halt(transport, 'resources'));
      await onAll(transports, (transport) =>
        halt(transport, 'membership', membersOf(halted, 'pacemaker').includes(transport.node) ? DC_DEADTIME : ''),
      );
    } catch (error) {
      await endContinuation(deps, instance, halted);
      throw error;
    }
    // A node that is about to go may close the connection before it answers.
    await Promise.allSettled(
      transports.map((transport) => transport.exec(['systemctl', 'poweroff', '--no-block'], { timeoutMs: LOGIN_MS })),
    );
    return halted;
  } finally {
    await Promise.allSettled(transports.map((transport) => transport.close()));
  }
}

const DEADTIME_IS = 'dc-deadtime=';

async function lookAt(transport: Transport): Promise<HaltedNode> {
  const lines = (await halt(transport, 'look', ...SERVICES)).split('\n').filter(Boolean);
  const dcDeadtime = lines.find((line) => line.startsWith(DEADTIME_IS))?.slice(DEADTIME_IS.length);
  return {
    isOn: true,
    services: lines.filter((line) => !line.startsWith(DEADTIME_IS)),
    ...(dcDeadtime === undefined ? {} : { dcDeadtime }),
  };
}

function halt(transport: Transport, ...args: readonly string[]): Promise<string> {
  return execOrThrow(transport, ['sh', '-c', nodeScript('halt-cluster.sh'), 'halt-cluster', ...args], {
    timeoutMs: HALT_MS,
  });
}

/** The files of a start that goes on where the lab was halted; the node removes them when it is done. */
const FOLDER = '/etc/systemd/system';
const TARGET = `${FOLDER}/halab-continue.target`;
const WANTED = `${FOLDER}/multi-user.target.wants/halab-continue.target`;
const GATE = `${FOLDER}/halab-await-members`;

function dropIn(service: string): string {
  return `${FOLDER}/${service}.service.d/halab-continue.conf`;
}

const FILES = [WANTED, TARGET, GATE, ...SERVICES.map(dropIn)];

/** Has each node that was on start what ran in it, whether it is enabled or not, and nothing else of the cluster. */
export function writeContinuation(dirs: EmbeddedDirs, { name, lab }: LabInstance, halted: HaltedLab): void {
  const members = membersOf(halted, 'corosync').length;
  for (const { name: node } of pcsNodesOf(lab)) {
    const { isOn, services } = halted[node] ?? { isOn: false, services: [] };
    if (!isOn) continue;
    const { upper } = nodeDirs(dirs, name, node);
    for (const file of FILES) rmSync(join(upper, file), { force: true });
    const write = createWriter(upper);
    for (const file of continuationFiles(services, members)) write.file(file);
    write.link(WANTED.slice(1), TARGET);
  }
}

/** Pure. */
export function continuationFiles(services: readonly string[], members: number): readonly NodeFile[] {
  const file = (path: string, ...lines: readonly string[]): NodeFile => ({
    path: path.slice(1),
    content: `${lines.join('\n')}\n`,
    mode: 0o644,
  });
  const wanted = services.map((service) => `${service}.service`).join(' ');
  return [
    file(TARGET, '[Unit]', 'Description=halab', `Wants=${wanted}`),
    file(GATE, nodeProgram('await-members.sh')),
    ...SERVICES.filter((service) => !services.includes(service)).map((service) =>
      file(dropIn(service), '[Unit]', `ConditionPathExists=!${TARGET}`),
    ),
    ...(services.includes('pacemaker')
      ? [file(dropIn('pacemaker'), '[Service]', `ExecStartPre=-/bin/sh ${GATE} ${members} ${MEMBERS_S}`)]
      : []),
  ];
}

/** Until the cluster is as it was on all nodes that were on. Throws LabError `backend-failed`; it may be called again then. */
export async function endContinuation(deps: EmbeddedDeps, instance: LabInstance, halted: HaltedLab): Promise<void> {
  const members = membersOf(halted, 'pacemaker');
  const on = pcsNodesOf(instance.lab).filter(({ name }) => halted[name]?.isOn);
  const transports = await connectAll(
    deps,
    instance,
    on.map(({ name }) => name),
  );
  try {
    await onAll(transports, (transport) => {
      const isMember = members.includes(transport.node);
      const deadtime = transport.node === members[0] ? (halted[transport.node]?.dcDeadtime ?? '') : '-';
      const services = (halted[transport.node]?.services ?? []).join(' ');
      const args = [services, String(isMember ? members.length : 0), deadtime, String(WHOLE_S), ...FILES];
      const argv = ['sh', '-c', nodeScript('continue-cluster.sh'), 'continue-cluster', ...args];
      return execOrThrow(transport, argv, { timeoutMs: HALT_MS });
    });
    unfinished.remove(deps.dirs, instance.name);
  } finally {
    await Promise.allSettled(transports.map((transport) => transport.close()));
  }
}

function membersOf(halted: HaltedLab, service: string): readonly string[] {
  return Object.keys(halted).filter((node) => halted[node]?.services.includes(service));
}

async function connectAll(deps: EmbeddedDeps, instance: LabInstance, nodes: readonly string[]): Promise<Transport[]> {
  const outcomes = await Promise.allSettled(
    nodes.map((node) => connectNode(deps, instance, node, { timeoutMs: LOGIN_MS })),
  );
  const open = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed === undefined) return open;
  await Promise.allSettled(open.map((transport) => transport.close()));
  throw failed.reason;
}

/** On all at the same time. Throws when all have ended, with everything that went wrong. */
async function onAll<T>(transports: readonly Transport[], work: (transport: Transport) => Promise<T>): Promise<T[]> {
  const outcomes = await Promise.allSettled(transports.map(work));
  const problems = outcomes.flatMap((each) => (each.status === 'rejected' ? [messageOf(each.reason)] : []));
  if (problems.length > 0) {
    throw new LabError('backend-failed', problems.join('\n'), { hint: 'halab status shows what runs' });
  }
  return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
}

/** What an `up` has still to do, should the command that restored the lab be killed. */
export const unfinished = {
  save(dirs: EmbeddedDirs, instance: string, halted: HaltedLab): void {
    const file = unfinishedFile(dirs, instance);
    writeFileSync(`${file}.new`, JSON.stringify(halted), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  },
  load(dirs: EmbeddedDirs, instance: string): HaltedLab | undefined {
    const file = unfinishedFile(dirs, instance);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as HaltedLab) : undefined;
  },
  remove(dirs: EmbeddedDirs, instance: string): void {
    rmSync(unfinishedFile(dirs, instance), { force: true });
  },
};

function unfinishedFile(dirs: EmbeddedDirs, instance: string): string {
  return join(labDirs(dirs, instance).state, 'continuation.json');
}

/** The nodes that `halted` has on. */
export function nodesOn({ lab }: LabInstance, halted: HaltedLab): readonly LabNode[] {
  return lab.nodes.filter(({ name }) => halted[name]?.isOn);
}
