import type { TimeConstants } from '../model/cluster-state.js';
import { lastLinesOf } from '../model/command-output.js';
import { LabError, messageOf } from '../model/errors.js';
import { nodeScript } from '../ports/node-program.js';
import type { ExecResult, Transport } from '../ports/transport.js';

const TIMEOUT_MS = 10_000;
/** Pacemaker's default where the property is not set (pacemaker-controld(7)). */
const DC_DEADTIME_MS = 20_000;
/** CRM_EX_NOSUCH of 2.x, ENXIO of 1.1: the property is not set, which is not an error. */
const NOT_SET = [105, 6];

const CONSTANTS_ARGV: readonly string[] = ['sh', '-c', nodeScript('read-constants.sh'), 'sh'];

/** Throws LabError `status-unreadable`, also if the cluster is not running on the node. */
export async function readTimeConstants(transport: Transport, signal?: AbortSignal): Promise<TimeConstants> {
  let result: ExecResult;
  try {
    result = await transport.exec(CONSTANTS_ARGV, {
      timeoutMs: TIMEOUT_MS,
      signal,
    });
  } catch (error) {
    throw unreadable(transport.node, messageOf(error), error);
  }
  const constants = parseTimeConstants(result.stdout);
  if (typeof constants === 'string') throw unreadable(transport.node, `${constants}\n${lastLinesOf(result)}`.trim());
  return constants;
}

/** Pure. Returns a string that names what is missing if the output is incomplete. */
export function parseTimeConstants(stdout: string): TimeConstants | string {
  const token = totemValue(stdout, 'token');
  const consensus = totemValue(stdout, 'consensus');
  if (token === undefined || consensus === undefined) return 'corosync gives no token or no consensus timeout';
  const [, exitCode, value = ''] = /^dc-deadtime (\d+) ?(.*)$/m.exec(stdout) ?? [];
  if (exitCode === undefined) return 'pacemaker was not asked for dc-deadtime';
  const deadtime = deadtimeFrom(Number(exitCode), value);
  if (deadtime === undefined) return `dc-deadtime cannot be read: ${value || `exit code ${exitCode}`}`;
  return { token, consensus, 'dc-deadtime': deadtime };
}

function deadtimeFrom(exitCode: number, value: string): number | undefined {
  if (exitCode === 0) return value === '' ? DC_DEADTIME_MS : parsePacemakerTime(value);
  return NOT_SET.includes(exitCode) || /no such device/i.test(value) ? DC_DEADTIME_MS : undefined;
}

function totemValue(stdout: string, key: string): number | undefined {
  const value = new RegExp(`^runtime\\.config\\.totem\\.${key} \\(u32\\) = (\\d+)`, 'm').exec(stdout)?.[1];
  return value === undefined ? undefined : Number(value);
}

function unreadable(node: string, why: string, cause?: unknown): LabError {
  return new LabError('status-unreadable', `The cluster's time constants cannot be read on ${node}: ${why}`, {
    hint: `Is the cluster running there? See "pcs status" on ${node}.`,
    data: { node },
    cause,
  });
}

/** The cluster that corosync.conf describes. */
export interface CorosyncConf {
  readonly clusterName?: string;
  readonly nodes: readonly string[];
  /** True for the example that distributions install: one node on the loopback address, or no node at all. */
  readonly packaged: boolean;
}

interface ConfSection {
  readonly name: string;
  readonly values: Record<string, string>;
  readonly sections: ConfSection[];
}

/** Reads corosync.conf(5): `name { key: value }`, nested, `#` for comments. A node's name is its `name`, or before corosync 3 its ring0_addr. */
export function parseCorosyncConf(source: string): CorosyncConf {
  const root = parseSections(source);
  const clusterName = root.sections.find(({ name }) => name === 'totem')?.values.cluster_name;
  const nodes = root.sections.filter(({ name }) => name === 'nodelist').flatMap(({ sections }) => sections);
  const addresses = nodes.flatMap(({ values }) =>
    Object.entries(values).flatMap(([key, value]) => (/^ring\d_addr$/.test(key) ? [value] : [])),
  );
  return {
    ...(clusterName === undefined ? {} : { clusterName }),
    nodes: nodes.flatMap(({ values }) => values.name ?? values.ring0_addr ?? []),
    packaged: addresses.every((address) => address.startsWith('127.')),
  };
}

function parseSections(source: string): ConfSection {
  const root: ConfSection = { name: '', values: {}, sections: [] };
  const open = [root];
  for (const raw of source.split('\n')) {
    const line = raw.replace(/^\s*#.*$/, '').trim();
    const top = open.at(-1) ?? root;
    const section = /^(\S+)\s*\{$/.exec(line)?.[1];
    const [, key, value] = /^([^\s:]+)\s*:\s*(.*)$/.exec(line) ?? [];
    if (section !== undefined) {
      const opened = { name: section, values: {}, sections: [] };
      top.sections.push(opened);
      open.push(opened);
    } else if (line === '}' && open.length > 1) open.pop();
    else if (key !== undefined && value !== undefined) top.values[key] = value;
  }
  return root;
}

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  msec: 1,
  us: 0.001,
  usec: 0.001,
  '': 1_000,
  s: 1_000,
  sec: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  hr: 3_600_000,
};
const DURATION = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const DURATION_MS = [604_800_000, 86_400_000, 3_600_000, 60_000, 1_000];

/**
 * Pacemaker's time values in ms: `20s`, `2min`, `500ms`, a bare number of seconds, or an ISO 8601 duration such as `PT1M30S`.
 * Units as in crm_get_msec(); years and months of a duration have no fixed length and are not read. `undefined` otherwise.
 */
export function parsePacemakerTime(source: string): number | undefined {
  const value = source.trim();
  const duration = /^P(?=.)/.test(value) ? DURATION.exec(value) : null;
  if (duration !== null) return DURATION_MS.reduce((sum, ms, index) => sum + ms * Number(duration[index + 1] ?? 0), 0);
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(value) ?? [];
  const factor = UNITS_MS[unit.toLowerCase()];
  return amount === undefined || factor === undefined ? undefined : Math.floor(Number(amount) * factor);
}
