import type { ProbeResult, WritesResult } from '../model/event.js';
import type { ProbeSpec } from '../model/scenario.js';
import type { Clock } from './clock.js';
import type { Transport } from './transport.js';

export interface RunningProbe {
  /** The measurements so far. */
  snapshot(): ProbeResult;
  /** Whether the target answered the last request; false before the first answer. Cheaper than a snapshot. */
  answersNow(): boolean;
  /** Ends it; a window still open stays `ended: false`. Never throws. */
  stop(): Promise<ProbeResult>;
  /** Reads back what was written, after `stop`. Absent where nothing is written. Throws LabError `interrupted`. */
  readonly account?: (signal: AbortSignal) => Promise<WritesResult>;
}

export interface ProbeDriver {
  /** Resolves after the first answer or the first failed attempt, so that no fault begins before the probe measures. */
  start(spec: ProbeSpec, transport: Transport, clock: Clock): Promise<RunningProbe>;
}
