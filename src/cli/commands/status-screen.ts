import { output } from '../output.js';
import { wantsColor } from '../run/reporters.js';
import type { Settings } from '../settings.js';
import type { LabView } from './status-labs.js';
import { labsJson, labsLines } from './status-print.js';

/** What is written to: stdout, as far as a view uses it. */
interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
  once(event: 'error', listener: () => void): unknown;
}

export interface WatchView {
  show(labs: readonly LabView[]): void;
  /** Whoever read has gone, as `head` does. */
  isGone(): boolean;
}

/** Redrawn in place on a terminal; otherwise, and as JSON, written again only when something has changed. */
export function createView(settings: Settings, screen: Screen, env: NodeJS.ProcessEnv): WatchView {
  let gone = false;
  screen.once('error', () => {
    gone = true;
  });
  const { language } = settings;
  const lines = (labs: readonly LabView[]) =>
    labsLines(labs, [], { language, color: wantsColor(env), width: screen.columns ?? 100 });
  const show = settings.json
    ? whenChanged((labs) => JSON.stringify(labsJson(labs, [], language)), withoutTimes, output.line)
    : screen.isTTY === true && env.TERM !== 'dumb'
      ? (labs: readonly LabView[]) => screen.write(frame(lines(labs), screen.rows ?? 24, language))
      : whenChanged(
          (labs) => `${lines(labs).join('\n')}\n`,
          (text) => text,
          output.line,
        );
  return { show, isGone: () => gone };
}

function whenChanged(
  textOf: (labs: readonly LabView[]) => string,
  essence: (text: string) => string,
  write: (text: string) => void,
): (labs: readonly LabView[]) => void {
  let last: string | undefined;
  return (labs) => {
    const text = textOf(labs);
    if (essence(text) === last) return;
    last = essence(text);
    write(text);
  };
}

/** Every look has times of its own. */
function withoutTimes(json: string): string {
  return json.replace(/"(?:at|updatedAt)":"[^"]*"/g, '""');
}

const HOME = '\u001b[H';
const TO_LINE_END = '\u001b[K';
const TO_END = '\u001b[J';

/** Drawn over what stands there, line by line, so that nothing flickers; what does not fit is counted. */
export function frame(lines: readonly string[], rows: number, language: Settings['language']): string {
  const room = Math.max(rows - 1, 1);
  const over = lines.length - room;
  const more = language === 'zh' ? `… 还有 ${over + 1} 行` : `… ${over + 1} more lines`;
  const shown = over > 0 ? [...lines.slice(0, room - 1), more] : lines;
  return `${HOME}${shown.map((line) => `${line}${TO_LINE_END}\n`).join('')}${TO_END}`;
}
