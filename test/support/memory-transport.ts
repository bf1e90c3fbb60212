import { Duplex } from 'node:stream';
import { LabError } from '../../src/model/errors.js';
import type { Clock } from '../../src/ports/clock.js';
import type { ExecOptions, ExecResult, Transport } from '../../src/ports/transport.js';
import type { MemoryWorld, NodeWorld } from './memory-world.js';

/** Answers a command in place of the node; `undefined` leaves it to the node. */
export type CommandHook = (
  node: string,
  argv: readonly string[],
  options: ExecOptions,
) => Partial<ExecResult> | undefined;

type Said = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };
type Program = (
  args: readonly string[],
  at: {
    readonly node: NodeWorld;
    readonly world: MemoryWorld;
    readonly clock: Clock;
    readonly options: ExecOptions;
    readonly stop: AbortSignal;
  },
) => Said | Promise<Said>;

const said = (stdout = '', exitCode = 0, stderr = ''): Said => ({ exitCode, stdout, stderr });

const PROGRAMS: Readonly<Record<string, Program>> = {
  true: () => said(),
  false: () => said('', 1),
  echo: (args) => said(`${args.join(' ')}\n`),
  hostname: (_args, { node }) => said(`${node.name}\n`),
  uname: () => said('memory\n'),
  cat: ([path], { node, options }) => (path === undefined ? said(options.stdin ?? '') : fileOf(node, path)),
  sh: ([, script = '']) => said('', Number(/^exit (\d+)$/.exec(script)?.[1] ?? 127)),
  sleep: async ([seconds = '0'], { clock, stop }) => {
    await clock.sleep(Number(seconds) * 1000, stop);
    return said();
  },
  ip: (args, { node, world }) =>
    args.includes('set')
      ? setLink(args, node, world)
      : said(
          world
            .addressesOf(node.name)
            .map((address) => `    inet ${address}/24 scope global\n`)
            .join(''),
        ),
  // What a student types: one command a line.
  bash: ([, line = ''], at) => {
    const [name = '', ...args] = line.split(' ');
    return PROGRAMS[name]?.(args, at) ?? said('', 127, `${name}: command not found\n`);
  },
  pcs: (args, { world }) => pcs(args, world),
  python3: (args, at) => probe(args, at),
};

/** The way into a simulated node; it breaks as a real one does when the node loses power, and hangs when it is frozen. */
export function createMemoryTransport(
  node: NodeWorld,
  world: MemoryWorld,
  clock: Clock,
  hook: () => CommandHook | undefined,
): Transport {
  let isOpen = true;

  function assertReachable(): void {
    if (!node.isOn || !isOpen)
      throw new LabError(
        'node-unreachable',
        `${node.name} does not answer: ${isOpen ? 'it has no power' : 'the connection is closed'}`,
        { data: { node: node.name } },
      );
  }

  async function answer(
    argv: readonly string[],
    options: ExecOptions,
    stop: AbortSignal,
  ): Promise<Partial<ExecResult>> {
    while (node.isFrozen) await clock.sleep(50, stop);
    assertReachable();
    const [name = '', ...args] = argv;
    const hooked = hook()?.(node.name, argv, options);
    const program = PROGRAMS[name] ?? (() => said('', 127, `${name}: command not found\n`));
    return hooked ?? program(args, { node, world, clock, options, stop });
  }

  return {
    node: node.name,
    async exec(argv, options) {
      assertReachable();
      const begunMs = clock.monotonicMs();
      const stop = new AbortController();
      const interrupt = () => stop.abort();
      options.signal?.addEventListener('abort', interrupt, { once: true });
      if (options.signal?.aborted) interrupt();
      const timeout = clock.sleep(options.timeoutMs, stop.signal).then(() => {
        throw new LabError(
          'command-timeout',
          `${node.name}: '${argv.join(' ')}' did not end within ${options.timeoutMs} ms`,
        );
      });
      try {
        const result = await Promise.race([answer(argv, options, stop.signal), timeout]);
        return { exitCode: 0, stdout: '', stderr: '', ...result, durationMs: clock.monotonicMs() - begunMs };
      } catch (error) {
        if (options.signal?.aborted)
          throw new LabError('interrupted', `${node.name}: '${argv.join(' ')}' was interrupted`);
        throw error;
      } finally {
        options.signal?.removeEventListener('abort', interrupt);
        stop.abort();
      }
    },
    async upload(content, remotePath) {
      assertReachable();
      node.files.set(remotePath, Buffer.from(content));
    },
    async download(remotePath) {
      assertReachable();
      const content = node.files.get(remotePath);
      if (content === undefined) throw new LabError('command-failed', `${node.name}: ${remotePath}: no such file`);
      return content;
    },
    async shell() {
      assertReachable();
      return 0;
    },
    async forward() {
      assertReachable();
      return Duplex.from([]);
    },
    async close() {
      isOpen = false;
    },
  };
}

function fileOf(node: NodeWorld, path: string): Said {
  const content = node.files.get(path);
  return content ? said(content.toString()) : said('', 1, `cat: ${path}: No such file or directory\n`);
}

function setLink(args: readonly string[], node: NodeWorld, world: MemoryWorld): Said {
  const link =
    node.links.get(args[args.indexOf('dev') + 1] ?? '') ?? node.links.get(args[args.indexOf('set') + 1] ?? '');
  if (link === undefined) return said('', 1, 'Cannot find device\n');
  link.admin = args.includes('up') ? 'up' : 'down';
  world.changed();
  return said();
}

function pcs(args: readonly string[], world: MemoryWorld): Said {
  const [first, second, third = '', fourth = ''] = args;
  if (first === 'property' && second === 'set') world.properties.set(...(third.split('=') as [string, string]));
  else if (first === 'resource' && second === 'create')
    world.resources.set(third, { id: third, agent: fourth, banned: new Set(), ...addressIn(args) });
  else if (first === 'resource' && second === 'ban') world.resources.get(third)?.banned.add(fourth);
  else if (first === 'resource' && second === 'delete') world.resources.delete(third);
  else return said('', 1, `pcs: unknown command '${args.join(' ')}'\n`);
  return said();
}

function addressIn(args: readonly string[]): { readonly address?: string } {
  const address = args.find((arg) => arg.startsWith('ip='))?.slice('ip='.length);
  return address === undefined ? {} : { address };
}

/** As node-programs/probe.py prints, one attempt an interval, until it is stopped. */
async function probe(args: readonly string[], { world, clock, options, stop }: Parameters<Program>[1]): Promise<Said> {
  const everyMs = Number(args[args.indexOf('--every') + 1]);
  const [, kind = '', target = ''] = args;
  if (kind === 'records') return said(world.records ?? '');
  for (let sequence = 1; ; sequence += 1) {
    const sentUs = Math.round(clock.monotonicMs() * 1000);
    const answered = world.answers(target);
    options.onStdout?.(
      `s ${sequence} ${sentUs} ${sentUs}\n${answered ? `a ${sequence} ${sentUs + 50} ha-host1\n` : ''}`,
    );
    await clock.sleep(everyMs, stop);
  }
}
