import { join } from 'node:path';
import { LabError } from '../../../model/errors.js';
import { haNodesOf, type LabInstance } from '../../../model/lab.js';
import type { KeyPair } from '../../../ports/backend-module.js';
import type { Transport } from '../../../ports/transport.js';
import { nodeProgram } from '../../program-files.js';
import { ensureKeyPair, removeKeyPair } from '../../secrets.js';
import type { FencingDeps } from '../deps.js';
import { labDirs, type VagrantDirs } from '../names.js';
import type { Provider } from '../options.js';
import { authorizedLine, isLetIn, keyCommentOf, writeAuthorizedKeys } from './authorized-keys.js';
import { PROMPT } from './session.js';
import { hostAddressOf, KEY_FILE } from './stonith.js';

/** What opening and closing takes beside that. */
export interface GateDeps extends FencingDeps {
  readonly dirs: VagrantDirs;
  readonly generateKeyPair: (comment: string) => KeyPair;
}

const SCAN_MS = 30_000;
const TRY_S = 30;

/**
 * Opens the gate for a lab: a key of its own, let in here for the gate alone, and laid on the HA nodes among `awake`. May run
 * twice. Throws LabError `backend-failed` where a node finds no sshd on this machine, or the gate does not answer behind it;
 * a gate that was shut before is shut again then, and one that was open stays so.
 */
export async function openGate(
  deps: GateDeps,
  instance: LabInstance,
  provider: Provider,
  awake: readonly string[],
  transport: (node: string) => Promise<Transport>,
): Promise<void> {
  const wasOpen = isLetIn(deps.authorizedKeys, instance.name);
  const pair = ensureKeyPair(keyFile(deps.dirs, instance.name), () =>
    deps.generateKeyPair(keyCommentOf(instance.name)),
  );
  const file = deps.authorizedKeys;
  writeAuthorizedKeys(
    file,
    instance.name,
    authorizedLine(instance.name, pair.publicKey, deps.gateCommand(instance.name, provider)),
  );
  const host = hostAddressOf(instance, provider);
  try {
    for (const { name } of haNodesOf(instance.lab))
      if (awake.includes(name)) await layKey(await transport(name), pair.privateKey, { host, user: deps.user });
  } catch (error) {
    if (!wasOpen) closeGate(deps, instance.name);
    throw error;
  }
}

async function layKey(
  node: Transport,
  privateKey: string,
  { host, user }: { readonly host: string; readonly user: string },
): Promise<void> {
  const execOrThrow = async (script: string, failed: string, hint: string, ...words: readonly string[]) => {
    const argv = ['sh', '-c', nodeProgram(script), 'sh', ...words];
    const { exitCode, stderr } = await node.exec(argv, { timeoutMs: SCAN_MS + TRY_S * 1000 });
    if (exitCode === 0) return;
    const said = stderr.trim() || `exit code ${exitCode}`;
    throw new LabError('backend-failed', `${node.node} ${failed}: ${said}`, { hint, data: { node: node.node, host } });
  };
  await execOrThrow(
    'remember-host.sh',
    'finds no way to this machine for fencing',
    `start an ssh server here that nodes reach at ${host} (port 22), or set fencing: none in the lab file`,
    host,
  );
  await node.upload(privateKey, KEY_FILE, 0o600);
  await execOrThrow(
    'try-gate.sh',
    'reaches the ssh server of this machine, but not the fence gate behind it',
    `sshd here runs it by the login shell of ${user}: let its startup files (~/.bashrc) end at once, and see sshd's log`,
    host,
    user,
    KEY_FILE,
    PROMPT.trim(),
    String(TRY_S),
  );
}

/** Takes the key away again; idempotent, and needs no memory but the lab's name. */
export function closeGate(deps: Pick<GateDeps, 'authorizedKeys' | 'dirs'>, instance: string): void {
  writeAuthorizedKeys(deps.authorizedKeys, instance, undefined);
  removeKeyPair(keyFile(deps.dirs, instance));
}

function keyFile(dirs: VagrantDirs, instance: string): string {
  return join(labDirs(dirs, instance).ssh, 'fencing_ed25519');
}
