import { join } from 'node:path';
import { LabError } from '../../model/errors.js';
import type { LabInstance } from '../../model/lab.js';
import type { KeyPair } from '../../ports/backend-module.js';
import type { Transport } from '../../ports/transport.js';
import { nodeProgram } from '../program-files.js';
import { ensureKeyPair } from '../secrets.js';
import { connectNode } from './connect.js';
import { type Hypervisor, requireMachine, slowed, type VagrantDeps } from './hypervisor.js';
import { memoryOf } from './memory.js';
import { labDirs } from './names.js';
import type { Provider } from './options.js';
import { vagrant } from './vagrant.js';

const PROVISION_MS = 30 * 60_000;
const STOP_MS = 60_000;
const LOGIN_MS = 5 * 60_000;

/** What all stages of one `up` share. */
export interface Up {
  readonly deps: VagrantDeps;
  readonly instance: LabInstance;
  readonly provider: Provider;
  readonly hypervisor: Hypervisor;
  readonly signal: AbortSignal | undefined;
  readonly say: (stage: string, text: string) => void;
  /** Environment of every vagrant. */
  readonly env: Readonly<Record<string, string>>;
}

/** Provisions the nodes that were not yet provisioned with these files, and waits until each accepts logins. All at once; throws the first failure. */
export async function prepareNodes(all: Up, nodes: readonly string[], files: string): Promise<void> {
  const outcomes = await Promise.allSettled(nodes.map((node) => prepareNode(all, node, files)));
  const failures = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason as unknown);
  if (failures.length > 0) throw failures.find(isInterrupted) ?? failures[0];
}

async function prepareNode(all: Up, node: string, files: string): Promise<void> {
  const { deps, instance, hypervisor, signal, say } = all;
  const { id } = await requireMachine(hypervisor, instance, node);
  const memory = memoryOf(deps, instance.name, node);
  const isPrepared = memory.prepared(id)?.files === files;
  if (!isPrepared) await provision(all, node);
  const transport = await connectNode(deps, instance, node, { timeoutMs: slowed(deps, LOGIN_MS), signal });
  try {
    if (!isPrepared) await installLabKey(transport, ensureLabKey(deps, instance.name));
  } finally {
    await transport.close();
  }
  memory.rememberPrepared({ id, files });
  say('ready', `${node} accepts logins`);
}

async function provision({ deps, instance, provider, signal, say, env }: Up, node: string): Promise<void> {
  say('provision', `setting up ${node}`);
  await vagrant(deps, instance.name, {
    what: `vagrant provision of ${node}`,
    args: ['provision', node, '--machine-readable'],
    provider,
    timeoutMs: slowed(deps, PROVISION_MS),
    graceMs: slowed(deps, STOP_MS),
    signal,
    env,
    onSaying: (text) => say('provision', text.split('\n')[0] ?? ''),
  });
}

function isInterrupted(error: unknown): boolean {
  return error instanceof LabError && error.code === 'interrupted';
}

const COMMAND_MS = 30_000;
const FOLDER = '/root/.ssh';

/** The key by which the nodes of a lab reach one another; generated once. */
function ensureLabKey(deps: VagrantDeps, instance: string): KeyPair {
  return ensureKeyPair(join(labDirs(deps.dirs, instance).ssh, 'id_ed25519'), () =>
    deps.generateKeyPair(`halab-${instance}`),
  );
}

/** Gives the node the lab's key and lets its owners in; idempotent. */
async function installLabKey(node: Transport, { privateKey, publicKey }: KeyPair): Promise<void> {
  await execOrThrow(node, ['mkdir', '-p', '-m', '700', FOLDER]);
  await node.upload(privateKey, `${FOLDER}/id_ed25519`, 0o600);
  await node.upload(`${publicKey}\n`, `${FOLDER}/id_ed25519.pub`, 0o644);
  await execOrThrow(node, ['sh', '-c', nodeProgram('add-line.sh'), 'add-line', `${FOLDER}/authorized_keys`, publicKey]);
}

async function execOrThrow(node: Transport, argv: readonly string[]): Promise<void> {
  const { exitCode, stdout, stderr } = await node.exec(argv, { timeoutMs: COMMAND_MS });
  if (exitCode === 0) return;
  const output = (stderr || stdout).trim() || 'it printed nothing';
  throw new LabError('command-failed', `giving ${node.node} the lab’s key failed (exit code ${exitCode}): ${output}`, {
    data: { node: node.node, exitCode },
  });
}
