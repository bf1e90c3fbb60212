import { join } from 'node:path';
import { LabError } from '../../model/errors.js';
import type { KeyPair } from '../../ports/backend-module.js';
import type { Transport } from '../../ports/transport.js';
import { nodeProgram } from '../program-files.js';
import { ensureKeyPair } from '../secrets.js';
import type { VagrantDeps } from './deps.js';
import { labDirs } from './names.js';

const COMMAND_MS = 30_000;
const FOLDER = '/root/.ssh';

/** The key by which the nodes of a lab reach one another; generated once. */
export function ensureLabKey(deps: VagrantDeps, instance: string): KeyPair {
  return ensureKeyPair(join(labDirs(deps.dirs, instance).ssh, 'id_ed25519'), () =>
    deps.generateKeyPair(`halab-${instance}`),
  );
}

/** Gives the node the lab's key and lets its owners in; idempotent. */
export async function installLabKey(node: Transport, { privateKey, publicKey }: KeyPair): Promise<void> {
  await execOrThrow(node, ['mkdir', '-p', '-m', '700', FOLDER]);
  await node.upload(privateKey, `${FOLDER}/id_ed25519`, 0o600);
  await node.upload(`${publicKey}\n`, `${FOLDER}/id_ed25519.pub`, 0o644);
  await execOrThrow(node, ['sh', '-c', nodeProgram('add-line.sh'), 'add-line', `${FOLDER}/authorized_keys`, publicKey]);
}

async function execOrThrow(node: Transport, argv: readonly string[]): Promise<void> {
  const { exitCode, stdout, stderr } = await node.exec(argv, { timeoutMs: COMMAND_MS });
  if (exitCode === 0) return;
  const said = (stderr || stdout).trim() || 'it said nothing';
  throw new LabError('command-failed', `giving ${node.node} the lab’s key failed (exit code ${exitCode}): ${said}`, {
    data: { node: node.node, exitCode },
  });
}
