import { defined } from '../model/defined.js';
import type {
  AddressObservation,
  DeviceObservation,
  DiskObservation,
  ListenerObservation,
  MountObservation,
  ProcessObservation,
  QuorumObservation,
  UnitObservation,
} from '../model/observation.js';

/** `systemctl show`: one block of `Key=Value` lines per unit. Units that are not installed are left out. */
export function parseUnits(stdout: string): readonly UnitObservation[] {
  return stdout.split(/\n\s*\n/).flatMap((block) => {
    const values = new Map(block.split('\n').map((line) => splitOnce(line, '=')));
    const id = values.get('Id');
    if (id === undefined || values.get('LoadState') === 'not-found') return [];
    return [
      {
        name: id.replace(/\.service$/, ''),
        active: values.get('ActiveState') ?? '',
        enabled: values.get('UnitFileState') ?? '',
        mainPid: Number(values.get('MainPID') ?? 0),
        restarts: Number(values.get('NRestarts') ?? 0),
      },
    ];
  });
}

/** `ps -eo pid=,etimes=,args=`. */
export function parseProcesses(stdout: string): readonly ProcessObservation[] {
  const lines = stdout.matchAll(/^ *(\d+) +(\d+) +(.*)$/gm);
  return [...lines].map(([, pid, age, args = '']) => ({ pid: Number(pid), ageS: Number(age), args }));
}

/** `ss -ltnp`: one line per socket, `LISTEN 0 511 0.0.0.0:80 0.0.0.0:* users:(("nginx",pid=812,fd=6),…)` (ss(8)). */
export function parseListeners(stdout: string): readonly ListenerObservation[] {
  const lines = stdout.matchAll(/^LISTEN\s+\d+\s+\d+\s+\S+:(\d+)\s+\S+(.*)$/gm);
  return [...lines].map(([, port, users = '']) => ({
    port: Number(port),
    pids: [...users.matchAll(/\bpid=(\d+)/g)].map(([, pid]) => Number(pid)),
  }));
}

/** `ip -o addr show`, with `ip -o link show` for the interfaces that are up and have a carrier (ip-address(8)). */
export function parseAddresses(addresses: string, links: string): readonly AddressObservation[] {
  const up = new Set(
    links.split('\n').flatMap((line) => {
      const [, device, flags = ''] = /^\d+: ([^:@\s]+)[^<]*<([^>]*)>/.exec(line) ?? [];
      const has = (flag: string): boolean => flags.split(',').includes(flag);
      return device !== undefined && has('UP') && !has('NO-CARRIER') ? [device] : [];
    }),
  );
  return interfaceAddresses(addresses).map((each) => ({ ...each, up: up.has(each.device) }));
}

/** `ip -o addr show`: one line per address; on a point-to-point link the peer follows the address. */
export function interfaceAddresses(stdout: string): readonly Omit<AddressObservation, 'up'>[] {
  const lines = stdout.matchAll(/^\d+: (\S+)[ \t]+inet6? ([0-9a-fA-F.:]+)(?: peer [^/\s]+)?\/(\d+)/gm);
  return [...lines].map(([, device = '', address = '', prefix]) => ({ device, address, prefix: Number(prefix) }));
}

/** `findmnt -rn -o SOURCE,TARGET,FSTYPE`: blanks in names are printed as `\x20`. Mounts of the kernel and the container are left out. */
export function parseMounts(stdout: string): readonly MountObservation[] {
  return stdout.split('\n').flatMap((line) => {
    const [source, target, fsType] = line.split(' ').map(unescaped);
    if (source === undefined || target === undefined || fsType === undefined) return [];
    return /^\/(?:proc|sys|dev|run\/host)(?:\/|$)/.test(target) ? [] : [{ source, target, fsType }];
  });
}

/** `systemctl list-units --no-legend --plain`. */
export function parseActiveUnits(stdout: string): readonly string[] {
  return [...stdout.matchAll(/^ *(\S+)\.service[ \t]/gm)].flatMap(([, unit]) => unit ?? []);
}

/** `df -P -k PATH…`: one line per path, in 1024-byte blocks. */
export function parseDisks(stdout: string, paths: readonly string[]): readonly DiskObservation[] {
  const lines = stdout.split('\n').slice(1);
  return paths.flatMap((path, index) => {
    const [, total, free] = /\s(\d+)\s+\d+\s+(\d+)\s+\d+%\s/.exec(lines[index] ?? '') ?? [];
    if (total === undefined || free === undefined) return [];
    const percent = Number(total) === 0 ? 0 : (100 * Number(free)) / Number(total);
    return [{ path, freeMiB: Math.floor(Number(free) / 1024), freePercent: Math.floor(percent) }];
  });
}

export function linesOf(stdout: string): readonly string[] {
  return stdout.split('\n').filter((line) => line.trim() !== '');
}

function unescaped(text: string): string {
  return text.replace(/\\x([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function splitOnce(line: string, separator: string): readonly [string, string] {
  const at = line.indexOf(separator);
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
}

/** `corosync-quorumtool -s` of corosync 2 and 3; `undefined` for any other output. Its exit code only reports whether the partition is quorate. */
export function parseQuorum(stdout: string): QuorumObservation | undefined {
  const value = (key: string): string | undefined => new RegExp(`^${key}:\\s*(.*?)\\s*$`, 'm').exec(stdout)?.[1];
  const quorate = value('Quorate');
  const nodeId = value('Node ID');
  const ringId = value('Ring ID');
  if (quorate === undefined || nodeId === undefined || ringId === undefined) return undefined;
  const expectedVotes = value('Expected votes');
  const totalVotes = value('Total votes');
  return {
    quorate: quorate === 'Yes',
    nodeId,
    ringId,
    ...defined({ expectedVotes: countIn(expectedVotes), totalVotes: countIn(totalVotes) }),
    flags: (value('Flags') ?? '').split(/\s+/).filter(Boolean),
    members: membersIn(stdout),
    ...defined({ device: deviceIn(stdout, nodeId) }),
  };
}

/** The column `Qdevice` in the node's own row: A or NA for alive, V or NV for voting, and NR where none is registered. */
function deviceIn(stdout: string, nodeId: string): QuorumObservation['device'] {
  const [, state] = new RegExp(`^\\s*${nodeId}\\s+\\d+\\s+(N?A,N?V)\\b`, 'm').exec(stdout) ?? [];
  const [alive, votes] = state?.split(',') ?? [];
  return state === undefined ? undefined : { alive: alive === 'A', votes: votes === 'V' };
}

/** `corosync-qnetd-tool -lv`, below the state of its unit: the members of every cluster that are connected to the device. */
export function parseDevice(stdout: string): Pick<DeviceObservation, 'active' | 'clients'> {
  const [, unit] = /^unit (\S+)$/m.exec(stdout) ?? [];
  const clients = stdout.split(/^\s*Node ID /m).slice(1);
  return {
    ...defined({ active: unit === undefined ? undefined : unit === 'active' }),
    clients: clients.map((text) => ({
      nodeId: /^(\w+)/.exec(text)?.[1] ?? '',
      // Before the parentheses stands the last message, most often `No change`; in them the last answer.
      vote: /^\s*Vote:.*\((\w+)\)/m.exec(text)?.[1] ?? 'unknown',
      ...defined({ ringId: /^\s*Ring ID:\s+(\S+)/m.exec(text)?.[1] }),
    })),
  };
}

function countIn(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

/** The table below `Nodeid Votes Name`; with a quorum device it has a column `Qdevice`, and the device itself has id 0. */
function membersIn(stdout: string): QuorumObservation['members'] {
  const [, table = ''] = /^\s*Nodeid\s+Votes.*$([\s\S]*)/m.exec(stdout) ?? [];
  return table.split('\n').flatMap((line) => {
    const [, id, name] = /^\s*(\d+)\s+\d+\s+(?:(?:A|NA|NR|V|NV|MW|NMW)[,A-Z]*\s+)?(\S+)/.exec(line) ?? [];
    return id === undefined || name === undefined || id === '0' ? [] : [{ id, name }];
  });
}

/**
 * The scheduler's next actions, from `crm_simulate --live-check --simulate`; empty where it has nothing to do. Pseudo actions
 * only order other actions and are left out, as `crm_resource --wait` does (lib/pacemaker/pcmk_resource.c).
 */
export function parsePlanned(stdout: string): readonly string[] {
  const [, transition = ''] =
    /^Executing cluster transition:$([\s\S]*?)(?:^Revised cluster status:$|$(?![\s\S]))/im.exec(stdout) ?? [];
  return transition.split('\n').flatMap((line) => {
    const [, action] = /^\s*\* (.+?)\s*$/.exec(line) ?? [];
    return action === undefined || /^Pseudo action:/.test(action) ? [] : [action.replace(/\s+/g, ' ')];
  });
}
