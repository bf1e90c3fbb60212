import { messageOf } from '../model/errors.js';
import type { StampedEvent } from '../model/event.js';
import type { Reporter } from '../ports/reporter.js';

export interface ReporterFailure {
  readonly reporter: string;
  readonly message: string;
}

export interface Multiplexer extends Reporter {
  /** Reporters that threw, once each; a run with any of them must not be called passed. */
  failures(): readonly ReporterFailure[];
}

/** Passes every event to every reporter. If one throws, onFailure is called once and it receives no more events, but is still closed. */
export function createMultiplexer(
  reporters: readonly Reporter[],
  onFailure: (failure: ReporterFailure) => void,
): Multiplexer {
  const failed = new Map<Reporter, ReporterFailure>();

  const note = (reporter: Reporter, error: unknown) => {
    if (failed.has(reporter)) return;
    const failure = { reporter: reporter.name, message: messageOf(error) };
    failed.set(reporter, failure);
    onFailure(failure);
  };

  return {
    name: 'multiplexer',
    on(event: StampedEvent) {
      for (const reporter of reporters) {
        if (failed.has(reporter)) continue;
        try {
          reporter.on(event);
        } catch (error) {
          note(reporter, error);
        }
      }
    },
    async close() {
      const closed = await Promise.allSettled(reporters.map(async (reporter) => reporter.close()));
      for (const [index, outcome] of closed.entries()) {
        const reporter = reporters[index];
        if (outcome.status === 'rejected' && reporter) note(reporter, outcome.reason);
      }
    },
    failures: () => [...failed.values()],
  };
}
