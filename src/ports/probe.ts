import type { ProbeResult } from '../model/event.js';
import type { Clock } from './clock.js';
import type { Transport } from './transport.js';

export interface RunningProbe {
  /** What it has measured so far. */
  snapshot(): ProbeResult;
  /** Ends it; a window still open stays `ended: false`. Never throws. */
  stop(): Promise<ProbeResult>;
}

export interface ProbeDriver {
  /** Resolves when the first answer (or the first loss) has been seen, so that nothing is broken before the probe looks. */
  start(
    spec: { readonly id: string; readonly target: string; readonly everyMs: number },
    transport: Transport,
    clock: Clock,
  ): Promise<RunningProbe>;
}
