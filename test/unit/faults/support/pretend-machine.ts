import type { ExecResult } from '../../../../src/ports/transport.js';
import { createMemoryBackend } from '../../../support/memory-lab.js';

const OK: Partial<ExecResult> = {};
const NO = (exitCode: number, stderr = ''): Partial<ExecResult> => ({ exitCode, stderr });

export interface PretendProcess {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  readonly unit?: string;
  readonly rssKiB?: number;
}

type Run = (args: readonly string[], stdin: string | undefined) => Partial<ExecResult>;

/**
 * One node of a lab in memory with the programs that faults of resources and of the machine are made by, as far as those
 * use them: files, mounts, processes, units and a clock.
 */
export async function pretendMachine() {
  const lab = createMemoryBackend();
  const instance = lab.instance();
  await lab.backend.up(instance, { onProgress: () => undefined });
  const files = lab.world().nodes.get('ha-host1')?.files ?? new Map<string, Buffer>();
  const machine = {
    mounts: [{ point: '/', source: 'disk' }] as { point: string; source: string; from?: string }[],
    processes: [] as PretendProcess[],
    /** Answers of crm_resource --query-xml by resource. */
    resources: new Map<string, string>(),
    units: new Map<string, 'active' | 'inactive' | 'failed'>(),
    unitType: 'simple',
    folders: new Set(['/var/lib/pacemaker', '/var/lib', '/var/log', '/var/lib/big']),
    kib: new Map([['/var/lib/big', 70_000]]),
    signals: '0000000000015a10',
    bootS: 1_795_000_000,
    upS: 600,
    passes: (seconds: number) => {
      machine.upS += seconds;
    },
  };
  const log: string[] = [];

  const programs: Readonly<Record<string, Run>> = {
    cat: ([path = '']) => (path === '/proc/self/mountinfo' ? { stdout: mountinfo() } : readFile(path)),
    mkdir: () => OK,
    rmdir: () => OK,
    touch: () => OK,
    rm: ([, path = '']) => {
      files.delete(path);
      return OK;
    },
    test: ([what, path = '']) => {
      if (what === '-d') return machine.folders.has(path) ? OK : NO(1);
      return files.has(path) || path.startsWith('/usr/lib/ocf/resource.d/heartbeat/') ? OK : NO(1);
    },
    grep: (args) => {
      if (args[0] === '^SigCgt:') return { stdout: `SigCgt:\t${machine.signals}\n` };
      const [, , wanted] = args;
      const found = [...files].filter(([path, text]) => path.includes('/rules/') && `${text}`.trim() === wanted);
      return found.length > 0 ? { stdout: found.map(([path]) => `${path}\n`).join('') } : NO(1);
    },
    mount: (args) => mount(args),
    umount: ([, point = '']) => {
      const last = machine.mounts.findLastIndex((each) => each.point === point);
      if (last < 0) return NO(32, 'not mounted');
      machine.mounts.splice(last, 1);
      return OK;
    },
    readlink: ([, path = '']) => (machine.folders.has(path) ? { stdout: `${path}\n` } : NO(1)),
    du: ([how, path = '']) =>
      how === '-skx' ? { stdout: `${machine.kib.get(path) ?? 300}\t${path}\n` } : { stdout: '4\ta\n4\tb\n' },
    crm_resource: (args) => {
      const xml = machine.resources.get(args[1] ?? '');
      return xml === undefined ? NO(105, `Resource '${args[1]}' not found`) : { stdout: xml };
    },
    ps: (args) => ({
      stdout: machine.processes
        .map(({ pid, parent, name, unit = '-', rssKiB = 0 }) =>
          args.includes('pid=,ppid=,stat=,comm=') ? ` ${pid} ${parent} S ${name}` : ` ${rssKiB} ${unit} ${name}`,
        )
        .join('\n'),
    }),
    find: () => ({ stdout: '/proc/311/exe\n' }),
    kill: ([signal = '', ...pids]) => {
      if (signal === '-KILL') machine.processes = machine.processes.filter(({ pid }) => !pids.includes(String(pid)));
      return OK;
    },
    systemctl: ([verb = '', ...words]) => systemctl(verb, words),
    'systemd-run': (args) => {
      const unit = `${args[1]?.replace('--unit=', '')}.service`;
      const memory = /^(\d+)M$/.exec(args[args.indexOf('--vm-bytes') + 1] ?? '')?.[1];
      machine.units.set(unit, 'active');
      machine.processes.push({ pid: 700, parent: 1, name: 'stress-ng', unit, rssKiB: 10_000 });
      const name = memory === undefined ? 'stress-ng-cpu' : 'stress-ng-vm';
      machine.processes.push({ pid: 701, parent: 700, name, unit, rssKiB: Number(memory ?? 5) * 1024 });
      return OK;
    },
    sh: (args) => script(args),
  };

  function readFile(path: string): Partial<ExecResult> {
    const content = files.get(path);
    return content === undefined ? NO(1, 'No such file') : { stdout: content.toString() };
  }

  function mountinfo(): string {
    return machine.mounts
      .map(({ point, source }, id) => `${id} 1 0:1 / ${point.replaceAll(' ', '\\040')} rw - tmpfs ${source} rw`)
      .join('\n');
  }

  function mount(args: readonly string[]): Partial<ExecResult> {
    const [from = '', point = ''] = args.slice(-2);
    if (args[0] === '--make-private') return OK;
    machine.mounts.push({ point, source: args[0] === '-t' ? from : 'disk', from });
    return OK;
  }

  function systemctl(verb: string, words: readonly string[]): Partial<ExecResult> {
    if (verb === 'is-active')
      return { stdout: `${words.map((unit) => machine.units.get(unit) ?? 'inactive').join('\n')}\n`, exitCode: 3 };
    if (verb === 'stop') {
      for (const unit of words) machine.units.set(unit, 'inactive');
      machine.processes = machine.processes.filter(({ unit }) => unit === undefined || !words.includes(unit));
    }
    if (verb === 'start') for (const unit of words) machine.units.set(unit, 'active');
    if (verb !== 'show') return OK;
    if (words[0] === '--property=Type') return { stdout: `Type=${machine.unitType}\n` };
    const dropIns = [...files.keys()].filter((path) => path.startsWith(`/run/systemd/system/${words[1]}.d/`));
    return { stdout: `DropInPaths=${dropIns.join(' ')}\n` };
  }

  /** The scripts are tried in a real cluster; here is what comes of them. */
  function script([, text = '', , first = '', place = '']: readonly string[]): Partial<ExecResult> {
    if (text.includes('date +%s'))
      return { stdout: `${(machine.bootS + machine.upS).toFixed(9)}\n${machine.upS.toFixed(2)} 12.00\n` };
    if (text.includes('date --set')) machine.bootS = Number(first);
    else if (text.includes('make-private')) machine.mounts.push({ point: first, source: 'halab-full', from: place });
    else machine.mounts = machine.mounts.filter(({ point, source }) => point !== first || source !== 'halab-full');
    return OK;
  }

  lab.mischief.command = (name, argv, { stdin }) => {
    if (name !== 'ha-host1') return undefined;
    log.push(argv.join(' '));
    return programs[argv[0] ?? '']?.(argv.slice(1), stdin);
  };
  const transport = (node: string) => lab.backend.connect(instance, node, { timeoutMs: 1_000 });
  return {
    context: { instance, backend: lab.backend, clock: lab.clock, transport },
    machine,
    files,
    log,
    mischief: lab.mischief,
  };
}

export function primitiveXml(id: string, attributes: string): string {
  return `${id}\t(…): Started ha-host1\nResource XML:\n<primitive id="${id}" ${attributes}>\n  <operations/>\n</primitive>\n`;
}
