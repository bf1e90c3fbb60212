import type { TimeConstants } from '../model/cluster-state.js';
import { LabError, messageOf } from '../model/errors.js';
import type { ExecResult, Transport } from '../ports/transport.js';
import { lastLinesOf } from './last-lines.js';
import { parsePacemakerTime } from './pacemaker-time.js';

const TIMEOUT_MS = 10_000;
/** Pacemaker's default where the property is not set (pacemaker-controld(7)). */
const DC_DEADTIME_MS = 20_000;
/** CRM_EX_NOSUCH of 2.x, ENXIO of 1.1: the property is not set, which is no error. */
const NOT_SET = [105, 6];

/** The keys under runtime.config are the values in force, computed ones included (corosync-cmapctl(8), corosync.conf(5)). */
const SCRIPT = `
corosync-cmapctl runtime.config.totem. || exit 1
value=$(crm_attribute --type crm_config --name dc-deadtime --query --quiet 2>&1)
echo "dc-deadtime $? $value"
`;

const CONSTANTS_ARGV: readonly string[] = ['sh', '-c', SCRIPT, 'sh'];

/** Throws LabError `status-unreadable`, on a node whose cluster is not running too. */
export async function readTimeConstants(transport: Transport, signal?: AbortSignal): Promise<TimeConstants> {
  let result: ExecResult;
  try {
    result = await transport.exec(CONSTANTS_ARGV, {
      timeoutMs: TIMEOUT_MS,
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    throw unreadable(transport.node, messageOf(error), error);
  }
  const constants = parseTimeConstants(result.stdout);
  if (typeof constants === 'string') throw unreadable(transport.node, `${constants}\n${lastLinesOf(result)}`.trim());
  return constants;
}

/** Pure; a string says what is missing. */
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
