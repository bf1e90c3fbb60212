import { createServer, type Server, type Socket } from 'node:net';
import { LabError, messageOf } from '../../model/errors.js';
import { clientOf, type Lab } from '../../model/lab.js';
import { EXIT } from '../../model/verdict.js';
import type { Transport } from '../../ports/transport.js';
import type { AnswerOf } from '../answers/index.js';
import { withInterrupt } from '../interrupt.js';
import { instanceFromFlags, type LabFlags } from '../lab-session.js';
import { output } from '../output.js';
import type { Settings } from '../settings.js';
import { backendOf } from '../wire.js';

const CONNECT_MS = 20_000;

/** A shell on a node with the terminal it is given, or one command; returns the remote exit code. */
export async function ssh(
  settings: Settings,
  node: string,
  command: readonly string[],
  flags: LabFlags,
): Promise<number> {
  const instance = instanceFromFlags(settings, flags);
  const backend = await backendOf(instance, settings);
  const transport = await backend.connect(instance, node, { timeoutMs: CONNECT_MS });
  try {
    return await attach(transport, argvOf(command));
  } finally {
    process.stdin.pause();
    await transport.close();
  }
}

/** As with ssh, one word is a line for the node's shell; several words reach the command as they are. */
export function argvOf(command: readonly string[]): readonly string[] {
  const [line] = command;
  return command.length === 1 && line !== undefined ? ['bash', '-c', line] : command;
}

async function attach(transport: Transport, command: readonly string[]): Promise<number> {
  const { stdin, stdout, stderr } = process;
  // A command gets a terminal only if stdin and stdout are terminals, as with ssh -t.
  const interactive = stdin.isTTY && stdout.isTTY;
  const terminal = interactive
    ? { type: process.env.TERM ?? 'xterm', rows: stdout.rows, columns: stdout.columns }
    : undefined;
  if (interactive) stdin.setRawMode(true);
  let onResize = () => {};
  try {
    return await transport.shell({
      stdin,
      stdout,
      stderr,
      terminal,
      command: command.length > 0 ? command : undefined,
      onResize: (resize) => {
        onResize = () => resize(stdout.rows, stdout.columns);
        stdout.on('resize', onResize);
      },
    });
  } finally {
    stdout.off('resize', onResize);
    if (interactive) stdin.setRawMode(false);
  }
}

export interface ForwardTarget {
  /** 0: any free port. */
  readonly localPort: number;
  readonly host: string;
  readonly port: number;
}

/** `[LOCAL:]HOST:PORT`, where HOST may be a node or a floating address of the lab by name. Throws LabError `usage`. */
export function parseForward(text: string, lab: Lab): ForwardTarget {
  const [, local, host, port] = /^(?:(\d{1,5}):)?([^:\s]+):(\d{1,5})$/.exec(text) ?? [];
  const isPort = (value: string | undefined) => value === undefined || Number(value) <= 65_535;
  if (host === undefined || port === undefined || Number(port) === 0 || !isPort(port) || !isPort(local)) {
    throw new LabError('usage', `${JSON.stringify(text)} is not [LOCAL:]HOST:PORT`, {
      hint: 'e.g. 2224:ha-host1:2224, or vip:80 for any free local port',
    });
  }
  const node = lab.nodes.find(({ name }) => name === host);
  const address = lab.addresses.find(({ name }) => name === host);
  return {
    localPort: Number(local ?? 0),
    host: address?.address ?? node?.links[0]?.address ?? host,
    port: Number(port),
  };
}

/** Listens on this machine's loopback until interrupted; each connection passes through a node by ssh. */
export async function forward(
  settings: Settings,
  text: string,
  flags: LabFlags & { readonly via?: string },
): Promise<number> {
  const instance = instanceFromFlags(settings, flags);
  const target = parseForward(text, instance.lab);
  const backend = await backendOf(instance, settings);
  const via = flags.via ?? clientOf(instance.lab)?.name ?? instance.lab.nodes[0]?.name ?? '';
  const transport = await backend.connect(instance, via, { timeoutMs: CONNECT_MS });
  try {
    await withInterrupt(async (signal) => {
      const server = await listen(transport, target);
      const { port } = server.address() as { port: number };
      const url = `127.0.0.1:${port}`;
      if (settings.json) output.json(forwardJson(url, target, via));
      else output.line(`${url} → ${target.host}:${target.port} through ${via}; Ctrl-C ends it`);
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      server.close();
    });
  } finally {
    await transport.close();
  }
  return EXIT.passed;
}

export function forwardJson(listen: string, { host, port }: ForwardTarget, via: string) {
  return { schema: 'halab.forward/1', listen, to: `${host}:${port}`, via } satisfies AnswerOf<'forward'>;
}

function listen(transport: Transport, target: ForwardTarget): Promise<Server> {
  const server = createServer((socket) => void carry(socket, transport, target));
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'is in use already' : `cannot be listened on (${cause.message})`;
      reject(
        new LabError('usage', `port ${target.localPort} ${why}`, {
          hint: 'name another local port, or none for any free one',
          cause,
        }),
      );
    });
    server.listen(target.localPort, '127.0.0.1', () => resolve(server));
  });
}

async function carry(socket: Socket, transport: Transport, target: ForwardTarget): Promise<void> {
  socket.on('error', () => socket.destroy());
  try {
    const stream = await transport.forward(target.host, target.port);
    stream.on('error', () => socket.destroy());
    stream.on('close', () => socket.destroy());
    socket.on('close', () => stream.destroy());
    socket.pipe(stream).pipe(socket);
  } catch (error) {
    output.note(`${target.host}:${target.port}: ${messageOf(error)}`);
    socket.destroy();
  }
}
