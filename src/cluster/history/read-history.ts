import type { ClusterMoment } from '../../model/breakdown.js';
import { LabError } from '../../model/errors.js';
import type { Transport } from '../../ports/transport.js';
import { lastLinesOf } from '../last-lines.js';
import { momentOf } from './moments.js';

const TIMEOUT_MS = 10_000;
/** By their names since pacemaker 2.0, and those up to 1.1. */
const DAEMONS = ['corosync', 'pacemaker-controld', 'pacemaker-fenced', 'crmd', 'stonith-ng', 'stonithd'];

/** Throws LabError `status-unreadable`, and what the transport throws. */
export async function readHistory(
  transport: Transport,
  sinceMs: number,
  signal?: AbortSignal,
): Promise<readonly ClusterMoment[]> {
  const since = `--since=@${Math.floor(sinceMs / 1000)}`;
  const argv = ['journalctl', '-o', 'json', '--no-pager', since, ...DAEMONS.flatMap((name) => ['-t', name])];
  const result = await transport.exec(argv, { timeoutMs: TIMEOUT_MS, ...(signal === undefined ? {} : { signal }) });
  if (result.exitCode !== 0 && result.stdout === '')
    throw new LabError(
      'status-unreadable',
      `the journal of ${transport.node} could not be read: ${lastLinesOf(result)}`.trim(),
    );
  return parseJournal(result.stdout).filter(({ atMs }) => atMs >= sinceMs);
}

/**
 * `journalctl -o json`: one object a line. The time is that of the line's own sending where the journal has it
 * (systemd.journal-fields(7)), for a busy journald gets to it later.
 */
export function parseJournal(stdout: string): readonly ClusterMoment[] {
  return stdout.split('\n').flatMap((line) => {
    const entry = entryOf(line);
    const at = Number(entry?._SOURCE_REALTIME_TIMESTAMP ?? entry?.__REALTIME_TIMESTAMP);
    const message = messageOf(entry?.MESSAGE);
    if (message === undefined || !Number.isFinite(at)) return [];
    return momentOf(message, at / 1000) ?? [];
  });
}

/** A line that was cut off is none. */
function entryOf(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith('{') || !line.endsWith('}')) return undefined;
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What is not UTF-8 comes as a list of bytes. */
function messageOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? Buffer.from(value as number[]).toString('latin1') : undefined;
}
