import { compareVersions } from '../../model/cib.js';
import type { ClusterState } from '../../model/cluster-state.js';
import { lastLine } from '../../model/command-output.js';
import { messageOf } from '../../model/errors.js';
import type { NodeObservation } from '../../model/observation.js';
import type { Auditor, ObserveQuestion } from '../../ports/audit.js';
import { nodeScript } from '../../ports/node-program.js';
import type { Transport } from '../../ports/transport.js';
import { parseCib } from '../cib/read-cib.js';
import { parseCrmMonXml } from '../status-xml.js';
import { parseAddresses } from './addresses.js';
import { askForMacs } from './macs.js';
import {
  linesOf,
  parseActiveUnits,
  parseDisks,
  parseMounts,
  parsePlanned,
  parseProcesses,
  parseQuorum,
  parseUnits,
} from './system.js';

export function createObserver(): Pick<Auditor, 'observe' | 'askForMacs'> {
  return { observe: observeNode, askForMacs };
}

const SCRIPT = nodeScript('observe.sh');
const TIMEOUT_MS = 30_000;
/** Of a node on hardware; with what else is asked it stays below the cap that a look has. */
const LIMIT_S = 4;
const CRMADMIN_MS = 3_000;
const DISK_PATHS = ['/var/lib/pacemaker', '/var/log'];

/** A node's self-reported state. Throws LabError where the node cannot be asked; parts that cannot be read are `problems`. */
async function observeNode(
  transport: Transport,
  question: ObserveQuestion,
  signal?: AbortSignal,
): Promise<NodeObservation> {
  const { argv, stdin } = observeCommand(question);
  const { stdout } = await transport.exec(argv, {
    timeoutMs: TIMEOUT_MS,
    stdin,
    signal,
  });
  return observationFrom(transport.node, stdout);
}

/** Pure: an answer that was kept can be read again. */
export function observationFrom(node: string, output: string): NodeObservation {
  const parts = partsOf(output);
  const problems: Record<string, string> = {};

  /** Reads a part of the answer: nothing where the script did not ask, a problem where it got no answer. */
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

  if (!parts.has('disks')) problems.answer = `cut off: ${lastLine(output) ?? 'nothing came'}`;
  const cib = read('cib', whenDone(parseCib));
  const cibAfter = read('cib-after', whenDone(parseCib));
  const status = read('status', ({ stdout }) => (stdout === '' ? undefined : statusIn(stdout)));
  // A node that was never in a cluster has none, which is no problem.
  const hasStoredCib = parts.get('stored-cib')?.exitCode === 0;
  const links = parts.get('links')?.stdout ?? '';
  return {
    node,
    answered: true,
    problems,
    ...given('clockS', read('clock', whenDone(Number))),
    ...given(
      'bootId',
      read(
        'boot',
        whenDone((text) => text.trim()),
      ),
    ),
    ...given('units', read('units', whenDone(parseUnits))),
    ...given('processes', read('processes', whenDone(parseProcesses))),
    ...given(
      'addresses',
      read(
        'addresses',
        whenDone((text) => parseAddresses(text, links)),
      ),
    ),
    ...given('mounts', read('mounts', whenDone(parseMounts))),
    ...given('activeUnits', read('active-units', whenDone(parseActiveUnits))),
    ...given(
      'disks',
      read('disks', ({ stdout }) => parseDisks(stdout, DISK_PATHS)),
    ),
    ...given(
      'coreDumps',
      read('cores', ({ stdout }) => linesOf(stdout)),
    ),
    ...given('criticalLines', read('critical', whenDone(linesOf))),
    ...given(
      'quorum',
      read('quorum', ({ stdout }) => parseQuorum(stdout)),
    ),
    ...given(
      'controller',
      read('controller', ({ stdout }) => /\bS_[A-Z_]+\b/.exec(stdout)?.[0]),
    ),
    ...given('cib', cib),
    ...(cib && cibAfter && compareVersions(cib.version, cibAfter.version) !== 0 ? { changedMeanwhile: true } : {}),
    ...given('storedCib', hasStoredCib ? read('stored-cib', storedCibOf) : undefined),
    ...given('status', status),
    ...given('dc', status?.dc?.name),
    // Older releases are not asked for it: its absence means nothing there.
    ...given(
      'fencing',
      /^\s*<pacemaker-result/.test(parts.get('status')?.stdout ?? '') ? status?.fencingHistory : undefined,
    ),
    ...given('planned', read('planned', whenDone(parsePlanned))),
  };
}

/** Where crm_mon has nothing to show, its document says why. */
function statusIn(stdout: string): ClusterState {
  const { state, status } = parseCrmMonXml(stdout);
  if (state === undefined) throw new Error(status.message);
  return state;
}

function storedCibOf({ stdout }: Part): NodeObservation['storedCib'] {
  const { version, configurationDigest } = parseCib(stdout);
  return { version, configurationDigest };
}

function given<K extends keyof NodeObservation>(
  key: K,
  value: NodeObservation[K] | undefined,
): Partial<NodeObservation> {
  return value === undefined ? {} : { [key]: value };
}

/** timeout(1) ends with 124 where it had to end the command. */
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

/** Takes the answer to the script apart; a part that was cut off is not there. */
export function partsOf(output: string): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>();
  let open: { readonly name: string; readonly out: string[]; readonly err: string[] } | undefined;
  for (const line of output.split('\n')) {
    const [, begun] = /^@halab begin (\S+)$/.exec(line) ?? [];
    const [, ended] = /^@halab end (\d+)$/.exec(line) ?? [];
    if (begun !== undefined) open = { name: begun, out: [], err: [] };
    else if (open === undefined) continue;
    else if (ended !== undefined) {
      // The empty line before the end is the script's own.
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

/** The script goes in on stdin, so that it does not stand among the processes it lists. */
export function observeCommand({ since, factor }: ObserveQuestion): {
  readonly argv: readonly string[];
  readonly stdin: string;
} {
  const times = [LIMIT_S * factor, Math.round(CRMADMIN_MS * factor)];
  return { argv: ['sh', '-s', '--', since, ...times.map(String)], stdin: SCRIPT };
}
