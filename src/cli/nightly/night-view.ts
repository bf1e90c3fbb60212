import { join } from 'node:path';
import { speakerOf } from '../../messages/message.js';
import type { Cell } from '../../nightly/cell.js';
import type { NightEvent, StampedNightEvent } from '../../nightly/events.js';
import { blockLines, eventLines, type Sight } from '../../nightly/progress.js';
import { signOf } from '../../nightly/signs.js';
import { type NightState, openAttempts } from '../../nightly/state.js';
import { type NightFolder, runsIn } from '../../store/night-folder.js';
import { output } from '../output.js';
import type { Settings } from '../settings.js';

const REDRAW_MS = 1_000;
/** Where the terminal does not say how wide it is. */
const USUAL_COLUMNS = 100;

/** A line for each event; on a terminal also what runs now, below them. */
export function createNightView({ language }: Settings, folder: NightFolder<NightEvent>, cells: readonly Cell[]) {
  const say = speakerOf(language);
  const stream = process.stderr;
  const isLive = stream.isTTY === true && !process.env.CI && process.env.TERM !== 'dumb';
  let drawn = 0;
  let drawnAt = 0;
  const erase = () => {
    if (drawn > 0) stream.write(`\u001b[${drawn}A\u001b[J`);
    drawn = 0;
  };
  return {
    onEvent(event: StampedNightEvent, state: NightState): void {
      erase();
      for (const line of eventLines(event, state, cells, say)) output.note(line);
    },
    onTick(state: NightState, waiting: number, why: string | undefined): void {
      const now = Date.now();
      if (!isLive || now - drawnAt < REDRAW_MS) return;
      drawnAt = now;
      const lines = blockLines(
        sightsOf(folder, state, now),
        { state, cells, waiting, why },
        say,
        stream.columns || USUAL_COLUMNS,
      );
      erase();
      stream.write(lines.map((line) => `${output.spoken(line)}\n`).join(''));
      drawn = lines.length;
    },
    close: erase,
  };
}

function sightsOf(folder: NightFolder<NightEvent>, state: NightState, now: number): readonly Sight[] {
  return openAttempts(state).map((attempt) => ({
    attempt,
    forMs: now - Date.parse(attempt.startedAt),
    where: signOf(runsIn(join(folder.path, attempt.folder)).at(-1)?.lastEvent)?.where ?? '',
  }));
}
