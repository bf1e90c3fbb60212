import { release } from 'node:os';
import type { RunInfo } from '../../model/event.js';
import type { LabInstance } from '../../model/lab.js';
import { FULL_SPEED } from '../../model/slowness.js';
import type { Stack } from '../../model/stack.js';
import { nodeScript } from '../../ports/node-program.js';
import type { Transport } from '../../ports/transport.js';
import type { RunSession } from '../../runner/session.js';
import { systemClock } from '../../system/clock.js';
import type { Log } from './log.js';
import { needsLab, type RunRequest } from './request.js';

const QUERY_MS = 20_000;

/** Whose versions a report must name; `sh` because one node has dpkg and another rpm. */
const PACKAGES = [
  'corosync',
  'pacemaker',
  'pcs',
  'resource-agents',
  'fence-agents',
  'libknet1',
  'systemd',
  'openssh-server',
  'tgt',
  'targetcli',
  'open-iscsi',
  'iscsi-initiator-utils',
];
const QUERY = nodeScript('list-versions.sh');

/** Records what a report must say about the run: versions, settings, and the packages of every node. */
export async function emitRunInfo(
  { instance, backend, seed, settings, plan, halab, audits }: RunRequest,
  session: RunSession,
  log: Log,
): Promise<void> {
  const slowness = session.deps.slowness();
  const { stack } = instance.lab;
  const startedAt = log.events[0]?.at ?? systemClock.now();
  const [{ imageHash }, packages] = await Promise.all([
    backend.status(instance),
    needsLab(plan) ? readPackages(instance, (node) => session.transport(node)) : {},
  ]);
  log.emit({
    kind: 'run-info',
    info: {
      run: log.folder.id,
      halab,
      startedAt,
      lab: instance.lab.name,
      instance: instance.name,
      backend: backend.name,
      options: instance.options,
      image: instance.lab.image,
      imageHash,
      stack: stack && { sources: stack.sources, packages: versionsOf(stack) },
      kernel: `${process.platform} ${release()}`,
      slowness: slowness === FULL_SPEED ? undefined : slowness,
      seed,
      audits,
      language: settings.language,
      packages,
      scenarios: plan.map(({ scenario }) => scenario.id),
    },
  });
}

function versionsOf({ debs }: Stack): Readonly<Record<string, string>> {
  return Object.fromEntries(debs.map(({ name, version }) => [name, version]));
}

/** Node name to package name to version, its kernel among them as `linux`; a node that does not answer is left out. */
async function readPackages(
  instance: LabInstance,
  transport: (node: string) => Promise<Transport>,
): Promise<RunInfo['packages']> {
  const names = new Set([...PACKAGES, ...(instance.lab.stack?.debs ?? []).map(({ name }) => name)]);
  const asked = await Promise.allSettled(
    instance.lab.nodes.map(async ({ name }) => {
      const result = await (await transport(name)).exec(['sh', '-c', QUERY, 'query', ...names], {
        timeoutMs: QUERY_MS,
      });
      return [name, parsePackages(result.stdout)] as const;
    }),
  );
  return Object.fromEntries(asked.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])));
}

export function parsePackages(stdout: string): Readonly<Record<string, string>> {
  const pairs = stdout.split('\n').map((line) => line.trim().split(' '));
  return Object.fromEntries(pairs.flatMap(([name, version]) => (name && version ? [[name, version]] : [])));
}
