import type { ExecResult } from '../../../../src/ports/transport.js';
import { createMemoryBackend } from '../../../support/memory-lab.js';
import type { CommandHook } from '../../../support/memory-transport.js';

export interface PretendProcess {
  readonly pid: number;
  parent: number;
  /** Where its executable is. */
  readonly path: string;
  state: string;
}

/** Of one node. */
export interface PretendNode {
  readonly tables: Map<string, string>;
  processes: PretendProcess[];
  readonly units: Map<string, 'active' | 'activating' | 'inactive' | 'failed'>;
  /** As `ip -o -4 addr show` prints them: interface, address with prefix. */
  addresses: [device: string, prefixed: string][];
  hasCib: boolean;
  bootId: string;
  /** Link to what `tc qdisc show` says of its root. */
  readonly qdiscs: Map<string, string>;
}

const OK = {};
const NO = (exitCode: number, stderr = ''): Partial<ExecResult> => ({ exitCode, stderr });
const pidOf = (processes: readonly PretendProcess[], end: string) =>
  processes.find(({ path }) => path.endsWith(end))?.pid ?? 0;

/** A lab in memory whose nodes have the programs that faults are made by, as far as those use them. */
export async function pretendStack() {
  const lab = createMemoryBackend();
  const instance = lab.instance();
  await lab.backend.up(instance, { onProgress: () => undefined });
  const nodes = new Map(lab.lab.nodes.map(({ name }) => [name, freshNode()]));
  const attributes = new Map<string, string>();
  /** Every command, as `node: words`. */
  const log: string[] = [];
  const asked: { readonly node: string; readonly argv: readonly string[]; readonly stdin?: string }[] = [];

  const programs: Readonly<
    Record<
      string,
      (args: readonly string[], node: PretendNode, name: string, stdin?: string) => Partial<ExecResult> | undefined
    >
  > = {
    nft: (args, node, _name, stdin = '') => nft(args, node, stdin),
    find: (args, node) => ({
      stdout: node.processes
        .filter(({ path }) => args.some((arg) => arg.startsWith('*/') && path.endsWith(arg.slice(1))))
        .map(({ pid }) => `/proc/${pid}/exe\n`)
        .join(''),
      exitCode: 1,
    }),
    ps: (args, node) => ({
      stdout: node.processes
        .filter(({ pid }) => (args.at(-1) ?? '').split(',').includes(String(pid)))
        .map(({ pid, parent, state }) => `  ${pid}  ${parent} ${state}\n`)
        .join(''),
    }),
    kill: ([signal = '', ...pids], node) => kill(signal, pids.map(Number), node),
    systemctl: (args, node) => systemctl(args, node),
    'systemd-run': (args, node) => systemdRun(args, node),
    tc: (args, node) => tc(args, node),
    cat: ([path], node) => (path?.endsWith('/boot_id') ? { stdout: `${node.bootId}\n` } : undefined),
    mkdir: () => OK,
    rm: ([, path = ''], _node, name) => {
      lab.world().nodes.get(name)?.files.delete(path);
      return OK;
    },
    pcs: ([, what], node) => {
      for (const unit of ['corosync', 'pacemaker']) node.units.set(unit, what === 'start' ? 'active' : 'inactive');
      return OK;
    },
    crm_resource: (args) => (args[1] === 'vip' ? OK : NO(105, `Resource '${args[1]}' not found`)),
    crm_attribute: (args) => attribute(args, attributes),
    date: () => ({ stdout: '1795581000\n' }),
    test: (_args, node) => (node.hasCib ? OK : NO(1)),
    ip: (args, node) => {
      if (args.includes('del')) node.addresses = node.addresses.filter(([, prefixed]) => prefixed !== args[2]);
      return { stdout: node.addresses.map(([device, on], i) => `${i + 2}: ${device}    inet ${on} scope\n`).join('') };
    },
  };

  const command: CommandHook = (name, argv, { stdin }) => {
    log.push(`${name}: ${argv.join(' ')}`);
    asked.push({ node: name, argv, ...(stdin === undefined ? {} : { stdin }) });
    const node = nodes.get(name);
    return node && programs[argv[0] ?? '']?.(argv.slice(1), node, name, stdin);
  };
  lab.mischief.command = command;
  const transport = (node: string) => lab.backend.connect(instance, node, { timeoutMs: 1_000 });
  return {
    context: { instance, backend: lab.backend, clock: lab.clock, transport },
    node: (name = 'ha-host1') => nodes.get(name) ?? freshNode(),
    attributes,
    log,
    asked,
    mischief: lab.mischief,
  };
}

function freshNode(): PretendNode {
  const running = (pid: number, path: string, parent = 1): PretendProcess => ({ pid, parent, path, state: 'Ss' });
  return {
    tables: new Map(),
    processes: [
      running(300, '/usr/sbin/corosync'),
      running(301, '/usr/sbin/pacemakerd'),
      running(302, '/usr/bin/python3.11'),
      running(310, '/usr/lib/pacemaker/pacemaker-controld', 301),
      running(311, '/usr/lib/pacemaker/pacemaker-execd', 301),
      running(900, '/usr/bin/dash'),
    ],
    units: new Map([
      ['corosync', 'active'],
      ['pacemaker', 'active'],
      ['pcsd', 'active'],
    ]),
    addresses: [
      ['eth1', '192.168.56.31/24'],
      ['eth1', '192.168.56.24/24'],
    ],
    hasCib: true,
    bootId: 'first',
    qdiscs: new Map([['eth1', 'noqueue 0: root refcnt 2']]),
  };
}

function nft(args: readonly string[], node: PretendNode, stdin: string): Partial<ExecResult> {
  if (args[0] === 'list') return { stdout: [...node.tables.keys()].map((name) => `table inet ${name}\n`).join('') };
  if (args[0] === 'delete') return node.tables.delete(args[3] ?? '') ? OK : NO(1, 'No such file or directory');
  for (const line of stdin.trim().split('\n')) {
    const [verb, what, , name = ''] = line.split(' ');
    if (what === 'table' && verb === 'delete') node.tables.delete(name);
    else node.tables.set(name, `${node.tables.get(name) ?? ''}${what === 'table' ? '' : `${line}\n`}`);
  }
  return OK;
}

function kill(signal: string, pids: readonly number[], node: PretendNode): Partial<ExecResult> {
  const here = node.processes.filter(({ pid }) => pids.includes(pid));
  if (signal === '-KILL') node.processes = node.processes.filter((each) => !here.includes(each));
  for (const each of here) each.state = signal === '-STOP' ? 'Ts' : 'Ss';
  return here.length === pids.length ? OK : NO(1, 'No such process');
}

function systemctl([verb, ...rest]: readonly string[], node: PretendNode): Partial<ExecResult> {
  const units = rest.filter((word) => word.endsWith('.service')).map((word) => word.replace('.service', ''));
  if (verb === 'show') return { stdout: `MainPID=${pidOf(node.processes, 'python3.11')}\n` };
  if (rest[0] === 'reboot.target') node.bootId = 'second';
  if (verb === 'is-system-running') return { stdout: 'running\n' };
  if (verb === 'start') for (const unit of units) node.units.set(unit, 'active');
  if (verb === 'stop') for (const unit of units) node.units.set(unit, 'inactive');
  if (verb !== 'is-active') return OK;
  const states = units.map((unit) => node.units.get(unit) ?? 'inactive');
  return { stdout: `${states.join('\n')}\n`, exitCode: states.every((state) => state === 'active') ? 0 : 3 };
}

/** Runs the loop once: whoever is told by the path it looks for is dead then, and the unit goes on. */
function systemdRun(args: readonly string[], node: PretendNode): Partial<ExecResult> {
  node.units.set((args[0] ?? '').replace(/^--unit=|\.service$/g, ''), 'active');
  const ends = args.filter((arg) => arg.startsWith('*/')).map((arg) => arg.slice(1));
  node.processes = node.processes.filter(({ path }) => !ends.some((end) => path.endsWith(end)));
  return OK;
}

function tc([, verb, , link = '', , , handle, kind, ...words]: readonly string[], node: PretendNode) {
  if (verb === 'show') return { stdout: `qdisc ${node.qdiscs.get(link) ?? ''}\n` };
  node.qdiscs.set(
    link,
    verb === 'del' ? 'noqueue 0: root refcnt 2' : `${kind} ${handle} root refcnt 2 ${words.join(' ')}`,
  );
  return OK;
}

function attribute(args: readonly string[], attributes: Map<string, string>): Partial<ExecResult> {
  const [, node, , name, , lifetime] = args;
  const key = `${node} ${name} ${lifetime}`;
  if (args.includes('--query')) return { stdout: `${attributes.get(key) ?? args.at(-1)}\n` };
  if (args.includes('--delete')) attributes.delete(key);
  else attributes.set(key, args.at(-1) ?? '');
  return OK;
}
