import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutageWindow } from '../../../src/model/event.js';
import { isKnown, uncertaintyOf } from '../../../src/model/outage.js';
import type { ProbeKind, ProbeSpec } from '../../../src/model/scenario.js';
import type { Transport } from '../../../src/ports/transport.js';
import { probeDriver } from '../../../src/probes/probe.js';
import { systemClock } from '../../../src/system/clock.js';

const TOP = join(import.meta.dirname, '..', '..', '..');
const ADDRESS = '10.99.0.9';
const PORT = 8080;
/** The answer that is under way when the address goes may have taken longer than any just before. */
const SLACK_MS = 5;

/** One outage: how long the address was away, and what a probe made of it. */
export interface Row {
  readonly kind: ProbeKind;
  /** The kernel's own word may be spread a little, where the one who asked it did not get to run. */
  readonly truthMs: number;
  readonly spreadMs: number;
  readonly window?: OutageWindow;
  readonly isKnown: boolean;
  /** Measured less true; absent where it is not known. */
  readonly errorMs?: number;
  /** Whether the truth lies within the window's bounds. */
  readonly isWithinBounds: boolean;
}

export interface Request {
  readonly kinds: readonly ProbeKind[];
  readonly everyMs: number;
  readonly awayMs: readonly number[];
  /** Of the two namespaces and the folder; nothing of that name may be there. */
  readonly name: string;
}

/** Measures an address that is taken away for known times, in two network namespaces of its own. As root. */
export async function measureKnownOutages(request: Request): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), `${request.name}-`));
  const [client, server] = [`${request.name}-client`, `${request.name}-server`];
  const children: ChildProcess[] = [];
  try {
    layOut(client, server);
    const recorder = [join(TOP, 'node-programs/recorder.py'), '--directory', folder, '--node', 'server'];
    children.push(inNamespace(server, ['python3', ...recorder, '--port', String(PORT)]));
    const away = request.awayMs.map((ms) => String(ms / 1000));
    const taker = inNamespace(server, ['python3', join(import.meta.dirname, 'take-away.py'), 'eth0', ADDRESS, ...away]);
    children.push(taker);
    const said = linesOf(taker);
    await said.until('ready');
    const running = await Promise.all(
      request.kinds.map((kind) =>
        probeDriver.start(specOf(kind, request.everyMs), localTransport(client), systemClock),
      ),
    );
    taker.stdin?.write('go\n');
    const truths = (await said.until('done')).map(truthOf);
    const results = await Promise.all(running.map((probe) => probe.stop()));
    return results.flatMap(({ kind, windows, everyMs }) => truths.map((truth) => rowOf(kind, truth, windows, everyMs)));
  } finally {
    for (const child of children) child.kill('SIGKILL');
    for (const namespace of [client, server])
      execFileSync('sh', ['-c', 'ip netns del "$1" 2>&1 || true', 'sh', namespace]);
    rmSync(folder, { recursive: true, force: true });
  }
}

function layOut(client: string, server: string): void {
  const ip = (...args: readonly string[]) => execFileSync('ip', args);
  ip('netns', 'add', client);
  ip('netns', 'add', server);
  ip('link', 'add', 'eth0', 'netns', client, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', server);
  for (const [namespace, own] of [
    [client, '10.99.0.1/24'],
    [server, '10.99.0.2/24'],
  ] as const) {
    ip('-n', namespace, 'addr', 'add', own, 'dev', 'eth0');
    for (const device of ['lo', 'eth0']) ip('-n', namespace, 'link', 'set', device, 'up');
  }
}

function inNamespace(namespace: string, argv: readonly string[]): ChildProcess {
  return spawn('ip', ['netns', 'exec', namespace, ...argv], { stdio: ['pipe', 'pipe', 'inherit'] });
}

function linesOf(child: ChildProcess) {
  let rest = '';
  const lines: string[] = [];
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    child.emit('lines');
  });
  return {
    /** All lines before this one. */
    until: (last: string) =>
      new Promise<readonly string[]>((resolve, reject) => {
        const look = () => {
          const end = lines.indexOf(last);
          if (end >= 0) resolve(lines.splice(0, end + 1).slice(0, -1));
        };
        child.on('lines', look);
        child.once('exit', (code) => reject(new Error(`it ended with ${code} before it said '${last}'`)));
        look();
      }),
  };
}

/** Commands in a namespace of this machine instead of a node. */
function localTransport(namespace: string): Transport {
  const exec: Transport['exec'] = (argv, { stdin, signal, onStdout }) =>
    new Promise((resolve, reject) => {
      const child = inNamespace(namespace, argv);
      let stdout = '';
      child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
        stdout += chunk;
        onStdout?.(chunk);
      });
      child.stdin?.end(stdin ?? '');
      signal?.addEventListener('abort', () => child.kill('SIGKILL'));
      child.once('error', reject);
      child.once('close', (code) => resolve({ exitCode: code ?? 137, stdout, stderr: '', durationMs: 0 }));
    });
  return { node: namespace, exec } as Transport;
}

function specOf(kind: ProbeKind, everyMs: number): ProbeSpec {
  const asked = { id: kind, target: ADDRESS, from: { kind: 'storage' }, everyMs } as const;
  if (kind === 'http') return { ...asked, kind, port: PORT, path: '/' };
  return kind === 'ping' || kind === 'arp' ? { ...asked, kind } : { ...asked, kind, port: PORT };
}

interface Truth {
  /** On the clock of the windows. */
  readonly takenMs: number;
  readonly givenMs: number;
  readonly spreadMs: number;
}

function truthOf(line: string): Truth {
  const [takenBefore = 0, takenAfter = 0, givenBefore = 0, givenAfter = 0] = line
    .split(' ')
    .map((us) => Number(us) / 1000);
  const zeroMs = Number(process.hrtime.bigint()) / 1e6 - systemClock.monotonicMs();
  return {
    takenMs: (takenBefore + takenAfter) / 2 - zeroMs,
    givenMs: (givenBefore + givenAfter) / 2 - zeroMs,
    spreadMs: (takenAfter - takenBefore + givenAfter - givenBefore) / 2,
  };
}

/** The longest window that overlaps with the truth. */
function rowOf(
  kind: ProbeKind,
  { takenMs, givenMs, spreadMs }: Truth,
  windows: readonly OutageWindow[],
  everyMs: number,
): Row {
  const truthMs = givenMs - takenMs;
  const [window] = windows
    .filter(({ fromMs, toMs }) => fromMs < givenMs && toMs > takenMs)
    .sort((a, b) => b.durationMs - a.durationMs);
  if (window === undefined) return { kind, truthMs, spreadMs, isKnown: false, isWithinBounds: false };
  const { durationMs, atLeastMs = durationMs, atMostMs = durationMs } = window;
  const known = isKnown(window, everyMs);
  return {
    ...{ kind, truthMs, spreadMs, window, isKnown: known },
    ...(known ? { errorMs: durationMs - truthMs } : {}),
    isWithinBounds: truthMs >= atLeastMs - spreadMs - SLACK_MS && truthMs <= atMostMs + spreadMs + SLACK_MS,
  };
}

/** `ping   truth 612.0 ms  measured 608.1 ms  error -3.9 ms (known to ±11.2 ms)`. */
export function rowText({ kind, truthMs, window, errorMs, isWithinBounds }: Row): string {
  const ms = (value: number) => `${value.toFixed(1).padStart(7)} ms`;
  const head = `${kind.padEnd(6)} truth ${ms(truthMs)}`;
  if (window === undefined) return `${head}  no outage seen`;
  if (errorMs !== undefined)
    return `${head}  measured ${ms(window.durationMs)}  error ${ms(errorMs)} (known to ±${uncertaintyOf(window).toFixed(1)} ms)`;
  const { atLeastMs = 0, atMostMs = 0 } = window;
  return `${head}  unknown, between ${ms(atLeastMs)} and ${ms(atMostMs)}${isWithinBounds ? '' : ': THE TRUTH IS NOT'}`;
}
