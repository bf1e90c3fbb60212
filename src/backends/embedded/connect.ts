import { existsSync, readFileSync } from 'node:fs';
import { isLabError, LabError } from '../../model/errors.js';
import { type LabInstance, nodeOf } from '../../model/lab.js';
import type { Transport } from '../../ports/transport.js';
import { ensureLabKey } from '../secrets.js';
import type { EmbeddedDeps } from './host.js';
import { labDirs, nodeDirs } from './names.js';
import { supervisorOf } from './power.js';
import { hostKeyFile } from './prepare-node.js';

const POLL_MS = 25;
const HANDSHAKE_MS = 10_000;
const CONSOLE_LINES = 12;
const NO_SOCKET = 'its management socket is not there yet';

/** Waits until the node's systemd listens on the lab's socket, then logs in over it. */
export async function connectNode(
  deps: EmbeddedDeps,
  instance: LabInstance,
  name: string,
  options: { readonly timeoutMs: number; readonly signal?: AbortSignal },
): Promise<Transport> {
  const node = nodeOf(instance, name);
  const { socket } = nodeDirs(deps.dirs, instance.name, node.name);
  const deadline = deps.clock.monotonicMs() + options.timeoutMs;
  let last = NO_SOCKET;
  while (deps.clock.monotonicMs() < deadline) {
    if (options.signal?.aborted) throw new LabError('interrupted', `interrupted while waiting for ${name}`);
    if (!supervisorOf(instance.name, name)) throw notRunning(deps, instance.name, name);
    if (existsSync(socket)) {
      const left = Math.max(1, deadline - deps.clock.monotonicMs());
      try {
        return await login(deps, instance.name, name, socket, Math.min(HANDSHAKE_MS, left));
      } catch (error) {
        if (!isLabError(error) || error.code !== 'node-unreachable') throw error;
        last = error.message;
      }
    }
    await deps.clock.sleep(POLL_MS, options.signal);
  }
  throw notOpen(deps, instance.name, name, options.timeoutMs, last);
}

function login(
  deps: EmbeddedDeps,
  instance: string,
  node: string,
  socket: string,
  timeoutMs: number,
): Promise<Transport> {
  const hostKey = readFileSync(hostKeyFile(deps.dirs, instance, node), 'utf8').trim();
  const { privateKey } = ensureLabKey(deps, labDirs(deps.dirs, instance).ssh, instance);
  return deps.connect({ node, username: 'root', endpoint: { socket }, privateKey, hostKey, timeoutMs });
}

export function notRunning(deps: EmbeddedDeps, instance: string, node: string): LabError {
  return new LabError('node-unreachable', `${node} is not running${consoleOf(deps, instance, node)}`, {
    hint: `halab up --name ${instance} starts what is missing`,
    data: { node },
  });
}

export function notOpen(
  deps: EmbeddedDeps,
  instance: string,
  node: string,
  waitedMs: number,
  last = NO_SOCKET,
): LabError {
  return new LabError(
    'boot-timeout',
    `${node} did not accept a login within ${waitedMs} ms (${last})${consoleOf(deps, instance, node)}`,
    {
      hint: `halab status --name ${instance}; the console is in ${nodeDirs(deps.dirs, instance, node).console}`,
      data: { node },
    },
  );
}

/** The last lines of the node's console, if there are any. */
function consoleOf(deps: EmbeddedDeps, instance: string, node: string): string {
  const file = nodeDirs(deps.dirs, instance, node).console;
  if (!existsSync(file)) return '';
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(-CONSOLE_LINES);
  return `\nits console last said:\n${lines.join('\n')}`;
}
