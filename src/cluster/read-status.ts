import type { StatusReading } from '../model/cluster-state.js';
import { lastLinesOf, reportsClusterDown } from '../model/command-output.js';
import { isLabError, messageOf } from '../model/errors.js';
import type { Clock } from '../ports/clock.js';
import type { StatusReader } from '../ports/cluster.js';
import type { ExecResult, Transport } from '../ports/transport.js';
import { parseStatusText } from './read-session.js';
import { parseCrmMonXml } from './status-xml.js';

const CRM_MON_TIMEOUT_MS = 10_000;
const PCS_TIMEOUT_MS = 30_000;

/**
 * In XML, crm_mon prints failures and fencing too without further options; stopped resources need one up to 2.0.2
 * (`tools/crm_mon.c`).
 */
const XML_2 = ['crm_mon', '--output-as=xml', '--inactive'] as const;
const XML_1 = ['crm_mon', '--as-xml', '--inactive'] as const;

/** Printed on stderr only: up to 2.0.2 crm_mon answers an unknown flag with its help and exit code 0 (tools/crm_mon.c). */
const UNKNOWN_OPTION = /unknown option|unrecognized option|invalid option/i;

/** Its functions never throw: an error is the reading's `problem`. */
export function createStatusReader(clock: Pick<Clock, 'now'>): StatusReader {
  /** The flags that each node's crm_mon accepts. They are found by trying, because asking for the version costs a round trip. */
  const flags = new WeakMap<Transport, readonly string[]>();

  async function crmMon(transport: Transport, signal?: AbortSignal): Promise<ExecResult> {
    const options = { timeoutMs: CRM_MON_TIMEOUT_MS, signal };
    const known = flags.get(transport);
    if (known !== undefined) return transport.exec(known, options);
    const result = await transport.exec(XML_2, options);
    const argv = UNKNOWN_OPTION.test(result.stderr) ? XML_1 : XML_2;
    flags.set(transport, argv);
    return argv === XML_1 ? transport.exec(XML_1, options) : result;
  }

  return {
    readState: (transport, signal) =>
      reading(transport, clock, async () => readingFromCrmMon(await crmMon(transport, signal))),
    readPcsStatus: (transport, signal) =>
      reading(transport, clock, async () => {
        const options = { timeoutMs: PCS_TIMEOUT_MS, signal };
        return readingFromPcs(await transport.exec(['pcs', 'status'], options));
      }),
  };
}

type Answer = Omit<StatusReading, 'node' | 'at'>;

async function reading(
  transport: Transport,
  clock: Pick<Clock, 'now'>,
  ask: () => Promise<Answer>,
): Promise<StatusReading> {
  const at = clock.now();
  try {
    return { node: transport.node, at, ...(await ask()) };
  } catch (error) {
    const kind = isLabError(error) && error.code !== 'status-unreadable' ? 'unreachable' : 'unreadable';
    return { node: transport.node, at, problem: { kind, message: messageOf(error) } };
  }
}

/** Pure. Distinguishes an error that crm_mon reports, in XML or in plain text, from an unreadable document. */
function readingFromCrmMon(result: ExecResult): Answer {
  const end = lastLinesOf(result);
  if (result.stdout.trim() === '') return { problem: problemFrom(end, result.exitCode) };
  try {
    const { status, state } = parseCrmMonXml(result.stdout);
    if (state !== undefined && status.code === 0) return { state };
    if (status.code === 0) return { problem: problemFrom(end, result.exitCode) };
    return { problem: problemFrom(`crm_mon: ${status.message} (code ${status.code})`, status.code) };
  } catch (error) {
    if (reportsClusterDown(end)) return { problem: { kind: 'cluster-down', message: end } };
    return { problem: { kind: 'unreadable', message: `crm_mon: ${messageOf(error)}` } };
  }
}

/** Pure. Returns the text even if it is not a status. */
export function readingFromPcs(result: ExecResult): Answer {
  const text = result.stdout + result.stderr;
  if (result.exitCode !== 0) return { text, problem: problemFrom(lastLinesOf(result), result.exitCode) };
  return { text, textState: parseStatusText(text) };
}

function problemFrom(end: string, exitCode: number): NonNullable<StatusReading['problem']> {
  const kind = reportsClusterDown(end, exitCode) ? 'cluster-down' : 'unreadable';
  return { kind, message: end || `exit code ${exitCode} and no output` };
}
