import type { StampedEvent } from '../model/event.js';
import type { PageFile } from '../report/page-data.js';
import type { RunClock, StoredLog } from './log-lines.js';

const LOGS = /^evidence\/(?:.+\/)?([^/]+)\/(journal|journal-warnings|journal-errors|pacemaker)\.log$/;

/** The logs among the files of a run. */
export function storedLogsIn(files: readonly PageFile[]): readonly StoredLog[] {
  return files.flatMap(({ path, text }): StoredLog[] => {
    const [, node, kind] = LOGS.exec(path) ?? [];
    if (node === undefined || text === undefined) return [];
    return [{ node, kind: kind as StoredLog['kind'], text }];
  });
}

/** The run's clock against the wall clocks, by its first event and by the nodes' clocks that breakdowns measured. */
export function runClockOf(events: readonly StampedEvent[]): RunClock {
  const [first] = events;
  const zeroMs = first === undefined ? 0 : Date.parse(first.at) - first.ms;
  const clocks = events.flatMap((event) =>
    event.kind === 'step-finished'
      ? (event.result.probes ?? []).flatMap(({ breakdown }) => breakdown?.clocks ?? [])
      : [],
  );
  return { zeroMs, offsets: Object.fromEntries(clocks.map(({ node, offsetMs }) => [node, offsetMs])) };
}
