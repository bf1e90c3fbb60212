import { setMaxListeners } from 'node:events';
import { LabError } from '../model/errors.js';
import { EXIT } from '../model/verdict.js';
import { output } from './output.js';

export interface Interrupt {
  /** Aborts at the first Ctrl-C or SIGTERM: undo, evidence and tear-down still run. */
  readonly signal: AbortSignal;
  /** Does what Ctrl-C does. */
  readonly press: () => void;
  stop(): void;
}

/** npm forwards a Ctrl-C to its child, which has already received it from the terminal. */
const SAME_PRESS_MS = 1_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The first signal ends the work in an orderly way. A second one, if it is not a copy of the first, exits at once. */
export function watchInterrupt(options: {
  readonly nowMs: () => number;
  readonly onFirst: () => void;
  readonly onSecond: () => void;
}): Interrupt {
  const controller = new AbortController();
  // All concurrent work listens to this one signal.
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
    press: onSignal,
    stop: () => {
      for (const name of SIGNALS) process.off(name, onSignal);
    },
  };
}

/** Runs work that Ctrl-C ends in an orderly way, and a second Ctrl-C at once. */
export async function withInterrupt<T>(work: (signal: AbortSignal, press: () => void) => Promise<T>): Promise<T> {
  const interrupt = watchInterrupt({
    nowMs: () => performance.now(),
    onFirst: () =>
      output.note(
        'interrupted: undoing and tidying up; press Ctrl-C again to leave at once (then halab heal and halab down)',
      ),
    onSecond: () => process.exit(EXIT.interrupted),
  });
  try {
    return await work(interrupt.signal, interrupt.press);
  } finally {
    interrupt.stop();
  }
}
