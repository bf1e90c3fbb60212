import { lastLinesOf } from '../model/command-output.js';
import { LabError } from '../model/errors.js';
import type { ExecOptions, Transport } from '../ports/transport.js';
import { readSoftware } from './software.js';

export interface ClusterSetup {
  readonly name: string;
  readonly nodes: readonly string[];
  /** Node to its addresses, one a link, where there are several links; otherwise pcs looks up the node's name. */
  readonly addresses?: ReadonlyMap<string, readonly string[]>;
  /** Overwrites cluster files found on the nodes, after stopping what they describe. */
  readonly force: boolean;
  /** corosync's token timeout, where it is not to be corosync's default. */
  readonly tokenMs?: number;
}

/** The pcs commands that were renamed or changed their arguments with 0.10; the rest are the same everywhere. */
interface Dialect {
  readonly name: '0.9' | '0.10+';
  /** Asks for hacluster's password on stdin, for none is given. */
  authArgv(nodes: readonly string[]): readonly string[];
  setupArgv(setup: ClusterSetup): readonly string[];
}

/** `--token MS` as of 0.9, `totem token=MS` since 0.10 (pcs(8), cluster setup). */
const token = (form: '--token' | 'totem', { tokenMs }: ClusterSetup): readonly string[] => {
  if (tokenMs === undefined) return [];
  return form === 'totem' ? ['totem', `token=${tokenMs}`] : ['--token', String(tokenMs)];
};
/** `NODE addr=A addr=B` since 0.10, a knet link each; `NODE,B` as of 0.9, which has two rings (pcs(8), cluster setup). */
const members = (form: 'addr' | 'comma', { nodes, addresses }: ClusterSetup): readonly string[] =>
  nodes.flatMap((node) => {
    const own = addresses?.get(node) ?? [];
    if (form === 'addr') return [node, ...own.map((address) => `addr=${address}`)];
    return own[1] === undefined ? [node] : [`${node},${own[1]}`];
  });
const force = (setup: ClusterSetup): readonly string[] => (setup.force ? ['--force'] : []);

export const DIALECTS: { readonly [N in Dialect['name']]: Dialect } = {
  '0.9': {
    name: '0.9',
    authArgv: (nodes) => ['pcs', 'cluster', 'auth', ...nodes, '-u', 'hacluster'],
    setupArgv: (setup) => [
      'pcs',
      'cluster',
      'setup',
      '--name',
      setup.name,
      ...members('comma', setup),
      ...token('--token', setup),
      ...force(setup),
    ],
  },
  '0.10+': {
    name: '0.10+',
    authArgv: (nodes) => ['pcs', 'host', 'auth', ...nodes, '-u', 'hacluster'],
    setupArgv: (setup) => [
      'pcs',
      'cluster',
      'setup',
      setup.name,
      ...members('addr', setup),
      ...token('totem', setup),
      ...force(setup),
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
    `pcs says its version is "${version.trim()}"; known are 0.9 and everything from 0.10.`,
    {
      hint: 'Install pcs 0.9 or newer on the nodes.',
      data: { version },
    },
  );
}

/** From the package database, or from `pcs --version` where pcs was installed without one. */
export async function detectDialect(transport: Transport, options: ExecOptions): Promise<Dialect> {
  const { versions } = await readSoftware(transport, options);
  if (versions.pcs !== undefined) return dialectOf(versions.pcs);
  const result = await transport.exec(['pcs', '--version'], options);
  if (result.exitCode === 0) return dialectOf(result.stdout);
  throw new LabError(
    'pcs-unsupported',
    `pcs cannot be asked for its version on ${transport.node}: ${lastLinesOf(result)}`,
    {
      hint: 'Install pcs on the nodes.',
      data: { node: transport.node, exitCode: result.exitCode },
    },
  );
}
