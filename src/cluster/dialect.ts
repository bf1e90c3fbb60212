import { lastLinesOf } from '../model/command-output.js';
import { LabError } from '../model/errors.js';
import type { Lab, LabNode } from '../model/lab.js';
import { nodeScript } from '../ports/node-program.js';
import type { ExecOptions, Transport } from '../ports/transport.js';

/** What makes a host a member of a cluster. */
export const PACKAGES = ['corosync', 'pacemaker', 'pcs'] as const;
const KNOWN_PACKAGES = [...PACKAGES, 'corosync-qdevice', 'corosync-qnetd', 'pacemaker-remote'] as const;
type PackageName = (typeof KNOWN_PACKAGES)[number];

/** What forming the lab's cluster takes on this node. */
export function packagesOn({ role }: LabNode, { cluster }: Lab): readonly PackageName[] {
  if (role === 'qdevice') return ['corosync-qnetd', 'pcs'];
  if (role === 'remote') return ['pacemaker-remote', 'pcs'];
  return cluster.quorumDevice === undefined ? PACKAGES : [...PACKAGES, 'corosync-qdevice'];
}

/** The cluster software that a node has installed, as its package manager reports it. */
export interface Software {
  readonly manager: 'dpkg' | 'rpm';
  /** Upstream version without epoch and revision, e.g. `0.11.5`; absent where not installed. */
  readonly versions: Readonly<Partial<Record<PackageName, string>>>;
}

const SCRIPT = nodeScript('list-software.sh');

export function softwareArgv(packages: readonly PackageName[]): readonly string[] {
  return ['sh', '-c', SCRIPT, 'sh', ...packages];
}

const cache = new WeakMap<Transport, Software>();

/** Queries each transport once and caches the answer, unless one of the packages is missing. Throws what the transport throws. */
export async function readSoftware(
  transport: Transport,
  options: ExecOptions,
  packages: readonly PackageName[] = PACKAGES,
): Promise<Software> {
  const known = cache.get(transport);
  if (known !== undefined) return known;
  const result = await transport.exec(softwareArgv(packages), options);
  const software = parseSoftware(result.stdout);
  if (missingPackages(software, packages).length === 0) cache.set(transport, software);
  return software;
}

export function parseSoftware(stdout: string): Software {
  const versions: Partial<Record<PackageName, string>> = {};
  for (const line of stdout.split('\n')) {
    const [name, status, version] = line.trim().split(' ');
    const known = KNOWN_PACKAGES.find((candidate) => candidate === name);
    if (known !== undefined && status === 'installed' && version) versions[known] = upstreamVersion(version);
  }
  return { manager: /^manager dpkg$/m.test(stdout) ? 'dpkg' : 'rpm', versions };
}

export function missingPackages(
  software: Software,
  packages: readonly PackageName[] = PACKAGES,
): readonly PackageName[] {
  return packages.filter((name) => software.versions[name] === undefined);
}

/** `1:0.11.5-1+deb12u1` is `0.11.5`. */
function upstreamVersion(version: string): string {
  return version.replace(/^\d+:/, '').replace(/-[^-]*$/, '');
}

export interface ClusterSetup {
  readonly name: string;
  readonly nodes: readonly string[];
  /** Node to its addresses, one per link, where there are several links; otherwise pcs resolves the node's name. */
  readonly addresses?: ReadonlyMap<string, readonly string[]>;
  /** Stops clusters found on the nodes and overwrites their files. */
  readonly force: boolean;
  /** corosync's token timeout, where it differs from corosync's default. */
  readonly tokenMs?: number;
}

/** The pcs commands that were renamed or changed their arguments with 0.10; the rest are the same everywhere. */
export interface Dialect {
  readonly name: '0.9' | '0.10+';
  /** Reads hacluster's password from stdin, because the command names none. */
  authArgv(nodes: readonly string[]): readonly string[];
  setupArgv(setup: ClusterSetup): readonly string[];
}

export const DIALECTS: { readonly [N in Dialect['name']]: Dialect } = {
  '0.9': {
    name: '0.9',
    authArgv: (nodes) => ['pcs', 'cluster', 'auth', ...nodes, '-u', 'hacluster'],
    // `NODE,B`, because it has two rings; `--token MS` (pcs(8), cluster setup).
    setupArgv: ({ name, nodes, addresses, tokenMs, force }) => [
      ...['pcs', 'cluster', 'setup', '--name', name],
      ...nodes.map((node) => [node, ...(addresses?.get(node)?.slice(1, 2) ?? [])].join(',')),
      ...(tokenMs === undefined ? [] : ['--token', String(tokenMs)]),
      ...(force ? ['--force'] : []),
    ],
  },
  '0.10+': {
    name: '0.10+',
    authArgv: (nodes) => ['pcs', 'host', 'auth', ...nodes, '-u', 'hacluster'],
    // `NODE addr=A addr=B`, one knet link each; `totem token=MS` (pcs(8), cluster setup).
    setupArgv: ({ name, nodes, addresses, tokenMs, force }) => [
      ...['pcs', 'cluster', 'setup', name],
      ...nodes.flatMap((node) => [node, ...(addresses?.get(node) ?? []).map((address) => `addr=${address}`)]),
      ...(tokenMs === undefined ? [] : ['totem', `token=${tokenMs}`]),
      ...(force ? ['--force'] : []),
    ],
  },
};

/** Throws LabError `pcs-unsupported` for a version older than 0.9 or none at all. */
export function dialectOf(version: string): Dialect {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version.trim()) ?? [];
  const rank = Number(major) * 1_000 + Number(minor);
  if (rank >= 10) return DIALECTS['0.10+'];
  if (rank === 9) return DIALECTS['0.9'];
  throw new LabError(
    'pcs-unsupported',
    `pcs reports the version "${version.trim()}"; halab supports 0.9, 0.10 and newer.`,
    { hint: 'Install pcs 0.9 or newer on the nodes.', data: { version } },
  );
}

/** Asks the package database, or `pcs --version` where pcs was installed without a package. */
export async function detectDialect(transport: Transport, options: ExecOptions): Promise<Dialect> {
  const { versions } = await readSoftware(transport, options);
  if (versions.pcs !== undefined) return dialectOf(versions.pcs);
  const result = await transport.exec(['pcs', '--version'], options);
  if (result.exitCode === 0) return dialectOf(result.stdout);
  throw new LabError(
    'pcs-unsupported',
    `pcs does not report its version on ${transport.node}: ${lastLinesOf(result)}`,
    { hint: 'Install pcs on the nodes.', data: { node: transport.node, exitCode: result.exitCode } },
  );
}

/** By what the node was asked before; a version that is not supported is none. */
export function knownDialect(transport: Transport): Dialect | undefined {
  const version = cache.get(transport)?.versions.pcs;
  return version === undefined ? undefined : dialectOf(version);
}

/** By the image alone: EL 7 is the last one with pcs 0.9. */
export function usualDialect({ image }: Pick<Lab, 'image'>): Dialect {
  return DIALECTS[image === 'centos-7' ? '0.9' : '0.10+'];
}
