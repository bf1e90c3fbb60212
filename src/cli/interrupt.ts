import { setMaxListeners } from 'node:events';
import { LabError } from '../model/errors.js';

export interface Interrupt {
  /** Aborts at the first Ctrl-C or SIGTERM: undo, evidence and tear-down still run. */
  readonly signal: AbortSignal;
  stop(): void;
}

/** npm passes a Ctrl-C on to its child although the terminal has sent it already. */
const SAME_PRESS_MS = 1_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Once ends in an orderly way; a second press, once it is surely another one, ends at once. */
export function watchInterrupt(options: {
  readonly nowMs: () => number;
  readonly onFirst: () => void;
  readonly onSecond: () => void;
}): Interrupt {
  const controller = new AbortController();
  // Everything that runs at the same time listens to this one signal.
  setMaxListeners(0, controller.signal);
  let firstAt: number | undefined;
  const onSignal = () => {
    const now = options.nowMs();
    if (firstAt === undefined) {
      firstAt = now;
      controller.abort(new LabError('interrupted', 'interrupted'));
      options.onFirst();
    } else if (now - firstAt > SAME_PRESS_MS) {
      options.onSecond();
    }
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  return {
    signal: controller.signal,
    stop: () => {
      for (const name of SIGNALS) process.off(name, onSignal);
    },
  };
}
