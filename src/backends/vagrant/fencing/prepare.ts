import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LabError } from '../../../model/errors.js';
import { haNodesOf, type LabInstance, labelOf } from '../../../model/lab.js';
import { nodeProgram } from '../../../ports/node-program.js';
import type { Transport } from '../../../ports/transport.js';
import { ensureKeyPair, removeKeyPair } from '../../secrets.js';
import type { LogIn } from '../connect.js';
import type { FencingDeps, VagrantDeps } from '../hypervisor.js';
import { labDirs, type VagrantDirs } from '../names.js';
import type { Provider } from '../options.js';
import { PROMPT } from './gate.js';
import { hostAddressOf, KEY_FILE } from './stonith.js';

/** What opening and closing the gate takes. */
export type GateDeps = FencingDeps & Pick<VagrantDeps, 'dirs' | 'generateKeyPair'>;

const SCAN_MS = 30_000;
const TRY_S = 30;

/**
 * Opens the gate for a lab: a key of its own, let in here for the gate alone, and laid on the HA nodes among `running`.
 * Idempotent. Throws LabError `backend-failed` where a node finds no sshd on this machine, or the gate does not answer behind it;
 * a gate that was shut before is shut again then, and one that was open stays so.
 */
export async function openGate(
  deps: GateDeps,
  instance: LabInstance,
  provider: Provider,
  running: readonly string[],
  logIn: LogIn,
): Promise<void> {
  const wasOpen = isLetIn(deps.authorizedKeys, instance.name);
  const pair = ensureKeyPair(deps, keyFile(deps.dirs, instance.name), keyCommentOf(instance.name));
  const line = authorizedLine(instance.name, pair.publicKey, deps.gateCommand(instance.name, provider));
  writeAuthorizedKeys(deps.authorizedKeys, instance.name, line);
  const host = hostAddressOf(instance, provider);
  try {
    for (const { name } of haNodesOf(instance.lab))
      if (running.includes(name)) await logIn(name, (node) => layKey(node, pair.privateKey, host, deps.user));
  } catch (error) {
    if (!wasOpen) closeGate(deps, instance.name);
    throw error;
  }
}

async function layKey(node: Transport, privateKey: string, host: string, user: string): Promise<void> {
  const runScript = async (script: string, words: readonly string[], failed: string, hint: string) => {
    const argv = ['sh', '-c', nodeProgram(script), 'sh', ...words];
    const { exitCode, stderr } = await node.exec(argv, { timeoutMs: SCAN_MS + TRY_S * 1000 });
    if (exitCode === 0) return;
    const reason = stderr.trim() || `exit code ${exitCode}`;
    throw new LabError('backend-failed', `${node.node} ${failed}: ${reason}`, {
      hint,
      data: { node: node.node, host },
    });
  };
  await runScript(
    'remember-host.sh',
    [host],
    'finds no way to this machine for fencing',
    `start an ssh server here that nodes reach at ${host} (port 22), or set fencing: none in the lab file`,
  );
  await node.upload(privateKey, KEY_FILE, 0o600);
  await runScript(
    'try-gate.sh',
    [host, user, KEY_FILE, PROMPT.trim(), String(TRY_S)],
    'reaches the ssh server of this machine, but not the fence gate behind it',
    `sshd here runs it by the login shell of ${user}: let its startup files (~/.bashrc) end at once, and see sshd's log`,
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

/** The comment of a lab's line; by it the line is found again and taken away. */
function keyCommentOf(instance: string): string {
  return `${labelOf(instance)}-fencing`;
}

/**
 * A line for authorized_keys (sshd(8)): the holder of the key gets the gate and nothing else, no forwarding, no agent, no
 * other command. A terminal is allowed, since fence agents ask for one.
 */
export function authorizedLine(instance: string, publicKey: string, command: readonly string[]): string {
  const [type = '', key = ''] = publicKey.split(' ');
  const line = command.map(quoted).join(' ').replace(/[\\"]/g, '\\$&');
  return `restrict,pty,command="${line}" ${type} ${key} ${keyCommentOf(instance)}`;
}

/**
 * sshd hands the command to the user's shell: double quotes are understood by sh and by Windows alike, and what a shell
 * would still act on between them has no place in a path.
 */
function quoted(word: string): string {
  if (/^[\w@%+=:,./\\-]+$/.test(word)) return word;
  if (!/[$`"!]/.test(word)) return `"${word}"`;
  throw new LabError('backend-failed', `sshd cannot run ${JSON.stringify(word)}`, {
    hint: 'install halab, Node.js and the hypervisor in folders without $, `, " and !',
  });
}

/** Whether the lab's key is let in. */
function isLetIn(file: string, instance: string): boolean {
  return existsSync(file) && linesOf(readFileSync(file, 'utf8')).some((line) => isOfLab(line, instance));
}

/** Pure: the file's text with this line as the lab's only one; without a line, with none. Other lines stay as they are. */
export function withLine(text: string, instance: string, line: string | undefined): string {
  const others = linesOf(text).filter((each) => !isOfLab(each, instance));
  const kept = others.join('');
  if (line === undefined) return kept;
  return `${kept}${kept === '' || kept.endsWith('\n') ? '' : '\n'}${line}\n`;
}

/**
 * Lets the lab's key in, or with no line takes it away; idempotent. The file is written over and not replaced: it
 * may be a link, and keeps its owner and mode.
 */
export function writeAuthorizedKeys(file: string, instance: string, line: string | undefined): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const after = withLine(before, instance, line);
  if (after === before) return;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, after, { mode: 0o600 });
}

function isOfLab(line: string, instance: string): boolean {
  return line.trimEnd().endsWith(` ${keyCommentOf(instance)}`);
}

/** With their ends. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
