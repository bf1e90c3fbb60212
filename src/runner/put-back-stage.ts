import { messageOf } from '../model/errors.js';
import type { RestoredLab } from '../model/event.js';
import type { RunSession } from './session.js';

/** A stage of a run that begins only when there is something to do in it. */
interface LateStage {
  /** The first text is the stage's title, and each further one its progress. */
  tell(text: string): void;
  end(restored: Omit<RestoredLab, 'durationMs'>): void;
  fail(error: unknown): void;
}

export function createLateStage({ deps: { clock, emit } }: RunSession, stage: string): LateStage {
  const begunMs = clock.monotonicMs();
  let isOpen = false;
  const finish = (error?: string) => {
    const durationMs = clock.monotonicMs() - begunMs;
    if (isOpen) emit({ kind: 'stage-finished', stage, durationMs, ...(error === undefined ? {} : { error }) });
  };
  return {
    tell(text) {
      emit(isOpen ? { kind: 'stage-progress', stage, text } : { kind: 'stage-started', stage, title: text });
      isOpen = true;
    },
    end(restored) {
      emit({ kind: 'lab-restored', restored: { ...restored, durationMs: clock.monotonicMs() - begunMs } });
      finish();
    },
    fail: (error) => finish(messageOf(error)),
  };
}
