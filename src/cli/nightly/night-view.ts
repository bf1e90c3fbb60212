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
/** A log gets these lines only once it has had no other for so long. */
const SILENT_MS = 5 * 60_000;
/** Where the terminal does not say how wide it is. */
const USUAL_COLUMNS = 100;

/** A line for each event; on a terminal also what runs now, below them, and in a log every few minutes. */
export function createNightView(
  { language }: Pick<Settings, 'language'>,
  folder: Pick<NightFolder<NightEvent>, 'path'>,
  cells: readonly Cell[],
  {
    stream = process.stderr,
    now = Date.now,
  }: { readonly stream?: NodeJS.WriteStream; readonly now?: () => number } = {},
) {
  const say = speakerOf(language);
  const isLive = stream.isTTY === true && !process.env.CI && process.env.TERM !== 'dumb';
  const write = (lines: readonly string[]) => {
    if (lines.length > 0) stream.write(lines.map((line) => `${output.spoken(line)}\n`).join(''));
  };
  let drawn = 0;
  let writtenAt = now();
  const erase = () => {
    if (drawn > 0) stream.write(`\u001b[${drawn}A\u001b[J`);
    drawn = 0;
  };
  return {
    onEvent(event: StampedNightEvent, state: NightState): void {
      erase();
      const lines = eventLines(event, state, cells, say);
      write(lines);
      if (lines.length > 0 && !isLive) writtenAt = now();
    },
    onTick(state: NightState, waiting: number, why: string | undefined): void {
      const at = now();
      if (at - writtenAt < (isLive ? REDRAW_MS : SILENT_MS)) return;
      writtenAt = at;
      const lines = blockLines(
        sightsOf(folder, state, at),
        { state, cells, waiting, why },
        say,
        stream.columns || USUAL_COLUMNS,
      );
      erase();
      write(isLive ? lines : lines.map((line) => `${new Date(at).toISOString().slice(11, 19)}${line}`));
      if (isLive) drawn = lines.length;
    },
    close: erase,
  };
}

function sightsOf({ path }: Pick<NightFolder<NightEvent>, 'path'>, state: NightState, now: number): readonly Sight[] {
  return openAttempts(state).map((attempt) => ({
    attempt,
    forMs: now - Date.parse(attempt.startedAt),
    where: signOf(runsIn(join(path, attempt.folder)).at(-1)?.lastEvent)?.where ?? '',
  }));
}
