import { lastLinesOf } from '../model/command-output.js';
import { LabError } from '../model/errors.js';
import type { ExecOptions, Transport } from '../ports/transport.js';

export const PACKAGES = ['corosync', 'pacemaker', 'pcs'] as const;
type PackageName = (typeof PACKAGES)[number];

/** The cluster software that a node has installed, as its package manager reports it. */
export interface Software {
  readonly manager: 'dpkg' | 'rpm';
  /** Upstream version without epoch and revision, e.g. `0.11.5`; absent where not installed. */
  readonly versions: Readonly<Partial<Record<PackageName, string>>>;
}

/** The package database answers in milliseconds; starting pcs to ask its version takes half a second. */
const SCRIPT = `
if command -v dpkg-query >/dev/null 2>&1; then
  echo manager dpkg
  dpkg-query -W -f '\${Package} \${db:Status-Status} \${Version}\\n' "$@" 2>/dev/null
else
  echo manager rpm
  rpm -q --qf '%{NAME} installed %{VERSION}\\n' "$@" 2>/dev/null
fi
exit 0
`;

export const SOFTWARE_ARGV: readonly string[] = ['sh', '-c', SCRIPT, 'sh', ...PACKAGES];

const cache = new WeakMap<Transport, Software>();

/** Queries each transport once and caches the answer, unless a package is missing. Throws what the transport throws. */
export async function readSoftware(transport: Transport, options: ExecOptions): Promise<Software> {
  const known = cache.get(transport);
  if (known !== undefined) return known;
  const result = await transport.exec(SOFTWARE_ARGV, options);
  const software = parseSoftware(result.stdout);
  if (missingPackages(software).length === 0) cache.set(transport, software);
  return software;
}

export function parseSoftware(stdout: string): Software {
  const versions: Partial<Record<PackageName, string>> = {};
  for (const line of stdout.split('\n')) {
    const [name, status, version] = line.trim().split(' ');
    const known = PACKAGES.find((candidate) => candidate === name);
    if (known !== undefined && status === 'installed' && version) versions[known] = upstreamVersion(version);
  }
  return { manager: /^manager dpkg$/m.test(stdout) ? 'dpkg' : 'rpm', versions };
}

export function missingPackages(software: Software): readonly PackageName[] {
  return PACKAGES.filter((name) => software.versions[name] === undefined);
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
interface Dialect {
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
