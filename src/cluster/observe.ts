import { compareVersions } from '../model/cib.js';
import type { ClusterState } from '../model/cluster-state.js';
import { lastLine } from '../model/command-output.js';
import { defined } from '../model/defined.js';
import { isLabError, messageOf } from '../model/errors.js';
import type { ArpObservation, DeviceObservation, NodeObservation } from '../model/observation.js';
import type { Auditor, ObserveQuestion } from '../ports/audit.js';
import { nodeScript } from '../ports/node-program.js';
import type { Transport } from '../ports/transport.js';
import { parseCib } from './cib/read-cib.js';
import {
  linesOf,
  parseActiveUnits,
  parseAddresses,
  parseDevice,
  parseDisks,
  parseListeners,
  parseMounts,
  parsePlanned,
  parseProcesses,
  parseQuorum,
  parseUnits,
} from './observe-output.js';
import { parseCrmMonXml } from './status-xml.js';

export function createObserver(): Pick<Auditor, 'observe' | 'observeDevice' | 'askForMacs'> {
  return { observe: observeNode, observeDevice, askForMacs };
}

const SCRIPT = nodeScript('observe.sh');
const TIMEOUT_MS = 30_000;
/** Limit of one command of the script, on hardware; the whole script stays below the limit of an observation. */
const LIMIT_S = 4;
const CRMADMIN_MS = 3_000;
const DISK_PATHS = ['/var/lib/pacemaker', '/var/log'];

/** Reads a node's self-reported state. Throws LabError where the node cannot be reached; unreadable parts are `problems`. */
async function observeNode(
  transport: Transport,
  question: ObserveQuestion,
  signal?: AbortSignal,
): Promise<NodeObservation> {
  const { argv, stdin } = observeCommand(question);
  const { stdout } = await transport.exec(argv, { timeoutMs: TIMEOUT_MS, stdin, signal });
  return observationFrom(transport.node, stdout);
}

/** Pure: a stored answer can be read again. */
export function observationFrom(node: string, output: string): NodeObservation {
  const parts = partsOf(output);
  const problems: Record<string, string> = {};

  /** Reads one part of the answer; `undefined` where the script did not print it, and a problem where it is unreadable. */
  function read<T>(name: string, parse: (part: Part) => T | undefined): T | undefined {
    const part = parts.get(name);
    if (part === undefined) return undefined;
    try {
      const value = parse(part);
      if (value !== undefined) return value;
      problems[name] = firstLine(part.stderr) || firstLine(part.stdout) || endOf(part);
    } catch (error) {
      problems[name] = firstLine(part.stderr) || messageOf(error);
    }
    return undefined;
  }
  const whenDone =
    <T>(parse: (stdout: string) => T) =>
    (part: Part) =>
      part.exitCode === 0 ? parse(part.stdout) : undefined;

  if (!parts.has('disks')) problems.answer = `cut off: ${lastLine(output) ?? 'no output'}`;
  const cib = read('cib', whenDone(parseCib));
  const cibAfter = read('cib-after', whenDone(parseCib));
  const status = read('status', ({ stdout }) => (stdout === '' ? undefined : statusIn(stdout)));
  // A node that was never in a cluster has no stored CIB, which is not a problem.
  const hasStoredCib = parts.get('stored-cib')?.exitCode === 0;
  const links = parts.get('links')?.stdout ?? '';
  const changed = cib && cibAfter && compareVersions(cib.version, cibAfter.version) !== 0;
  // Older releases print no history, so that its absence means nothing.
  const printsFencing = /^\s*<pacemaker-result/.test(parts.get('status')?.stdout ?? '');
  return {
    node,
    answered: true,
    problems,
    ...defined({
      clockS: read('clock', whenDone(Number)),
      bootId: read(
        'boot',
        whenDone((stdout) => stdout.trim()),
      ),
      units: read('units', whenDone(parseUnits)),
      processes: read('processes', whenDone(parseProcesses)),
      listeners: read('listeners', whenDone(parseListeners)),
      addresses: read(
        'addresses',
        whenDone((stdout) => parseAddresses(stdout, links)),
      ),
      mounts: read('mounts', whenDone(parseMounts)),
      activeUnits: read('active-units', whenDone(parseActiveUnits)),
      disks: read('disks', ({ stdout }) => parseDisks(stdout, DISK_PATHS)),
      coreDumps: read('cores', ({ stdout }) => linesOf(stdout)),
      criticalLines: read('critical', whenDone(linesOf)),
      quorum: read('quorum', ({ stdout }) => parseQuorum(stdout)),
      controller: read('controller', ({ stdout }) => /\bS_[A-Z_]+\b/.exec(stdout)?.[0]),
      cib,
      changedMeanwhile: changed || undefined,
      storedCib: hasStoredCib ? read('stored-cib', storedCibOf) : undefined,
      status,
      dc: status?.dc?.name,
      fencing: printsFencing ? status?.fencingHistory : undefined,
      planned: read('planned', whenDone(parsePlanned)),
    }),
  };
}

/** Throws Error with crm_mon's reason where its document contains no cluster. */
function statusIn(stdout: string): ClusterState {
  const { state, status } = parseCrmMonXml(stdout);
  if (state === undefined) throw new Error(status.message);
  return state;
}

function storedCibOf({ stdout }: Part): NodeObservation['storedCib'] {
  const { version, configurationDigest } = parseCib(stdout);
  return { version, configurationDigest };
}

/** timeout(1) exits with 124 where it stopped the command. */
function endOf({ exitCode }: Part): string {
  return exitCode === 124 ? 'no answer in time' : `exit code ${exitCode}, no output`;
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}

interface Part {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Splits the script's answer into its parts; a part that was cut off is left out. */
export function partsOf(output: string): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>();
  let open: { readonly name: string; readonly out: string[]; readonly err: string[] } | undefined;
  for (const line of output.split('\n')) {
    const [, begun] = /^@halab begin (\S+)$/.exec(line) ?? [];
    const [, ended] = /^@halab end (\d+)$/.exec(line) ?? [];
    if (begun !== undefined) open = { name: begun, out: [], err: [] };
    else if (open === undefined) continue;
    else if (ended !== undefined) {
      // The script prints the empty line before the end.
      parts.set(open.name, {
        stdout: open.out.slice(0, -1).join('\n'),
        stderr: open.err.join('\n'),
        exitCode: Number(ended),
      });
      open = undefined;
    } else if (line.startsWith('@err ')) open.err.push(line.slice('@err '.length));
    else open.out.push(line);
  }
  return parts;
}

/** The script is passed on stdin, so that it does not appear among the processes that it lists. */
export function observeCommand({ since, factor }: ObserveQuestion): {
  readonly argv: readonly string[];
  readonly stdin: string;
} {
  const times = [LIMIT_S * factor, Math.round(CRMADMIN_MS * factor)];
  return { argv: ['sh', '-s', '--', since, ...times.map(String)], stdin: SCRIPT };
}

const DEVICE_SCRIPT = 'echo unit $(systemctl is-active corosync-qnetd); corosync-qnetd-tool -lv';

async function observeDevice(transport: Transport, signal?: AbortSignal): Promise<DeviceObservation> {
  const { stdout, stderr } = await transport.exec(['sh', '-c', DEVICE_SCRIPT], { timeoutMs: TIMEOUT_MS, signal });
  const said = firstLine(stderr);
  return { node: transport.node, answered: true, problems: { ...(said && { device: said }) }, ...parseDevice(stdout) };
}

const ARP_SCRIPT = nodeScript('ask-for-macs.sh');
/** Answers come within a millisecond, but arping has to be started and scheduled to hear the second one too. */
const ARP_LISTEN_S = 0.3;
/** Where nobody has answered in that time. */
const ARP_SILENT_S = 2;
const ARP_TIMEOUT_MS = 15_000;

interface ArpQuestion {
  readonly address: string;
  readonly device: string;
  /** How many times slower than hardware the nodes are. */
  readonly factor: number;
}

/** Never throws LabError: a node that cannot be reached is a `problem`. */
async function askForMacs(
  transport: Transport,
  { address, device, factor }: ArpQuestion,
  signal?: AbortSignal,
): Promise<ArpObservation> {
  const times = [ARP_LISTEN_S, ARP_SILENT_S].map((seconds) => String(seconds * factor));
  const argv = ['sh', '-c', ARP_SCRIPT, 'halab-arp', device, address, ...times];
  try {
    const { stdout } = await transport.exec(argv, { timeoutMs: ARP_TIMEOUT_MS, signal });
    return { address, from: transport.node, ...macsFrom(stdout) };
  } catch (error) {
    if (!isLabError(error)) throw error;
    return { address, from: transport.node, macs: [], problem: error.message };
  }
}

/** `Unicast reply from 192.168.56.24 [02:00:C0:A8:38:20]  0.549ms`; without the final count, arping did not run. */
export function macsFrom(stdout: string): Pick<ArpObservation, 'macs' | 'problem'> {
  const macs = [...stdout.matchAll(/reply from \S+ \[([0-9A-Fa-f:]+)\]/g)].flatMap(
    ([, mac]) => mac?.toLowerCase() ?? [],
  );
  if (!/^Received \d+ response/m.test(stdout))
    return { macs: [], problem: stdout.trim().split('\n')[0] || 'arping printed nothing' };
  return { macs: [...new Set(macs)].sort() };
}
