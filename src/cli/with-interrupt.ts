import { EXIT } from '../model/verdict.js';
import { watchInterrupt } from './interrupt.js';
import { output } from './output.js';

/** Runs something that a Ctrl-C ends in an orderly way, and a second one at once. */
export async function withInterrupt<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interrupt = watchInterrupt({
    nowMs: () => performance.now(),
    onFirst: () =>
      output.note(
        'interrupted: undoing and tidying up; press Ctrl-C again to leave at once (then halab heal and halab down)',
      ),
    onSecond: () => process.exit(EXIT.interrupted),
  });
  try {
    return await work(interrupt.signal);
  } finally {
    interrupt.stop();
  }
}
