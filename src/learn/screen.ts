import { message } from '../messages/message.js';
import type { Text } from '../model/text.js';
import type { Paint } from '../report/format.js';
import { displayWidth, padEndDisplay, truncateDisplay } from '../report/format.js';
import { EMPTY_LINE, linesOf, type Measure, type Paragraph, type StyledLine } from './paragraphs.js';
import { scoreOf } from './score.js';
import { type BodyView, bodyText } from './screen-body.js';
import { clusterText, pictureText } from './screen-picture.js';
import { type LearnState, msBetween, standingOf, stepOf } from './state.js';
import { examText } from './task-text.js';

/** What the coach shows of a session. */
export interface Screen {
  readonly state: LearnState;
  readonly view: BodyView;
  /** The first line of the body that is shown; one that is too far down counts as the last possible. */
  readonly top: number;
  /** What halab does at the moment, and since when; ISO 8601. */
  readonly doing?: { readonly text: Text; readonly since: string };
  /** A look takes place since then. */
  readonly lookingSince?: string;
  /** What came of the last key. */
  readonly note?: { readonly text: Text; readonly isError?: boolean };
  /** What is asked in the last line, and what was typed behind it. */
  readonly prompt?: { readonly text: Text; readonly typed?: string };
}

interface ScreenFrame extends Pick<Measure, 'language'> {
  readonly columns: number;
  readonly rows: number;
  /** ISO 8601. */
  readonly now: string;
}

export interface Drawn {
  /** As many as there are rows. */
  readonly lines: readonly StyledLine[];
  /** Lines of the whole body, and how many of them are shown at once. */
  readonly body: number;
  readonly room: number;
}

/** From here on the picture stands beside the task; the task keeps the width of a text that reads well. */
const WIDE_COLUMNS = 110;
const PICTURE_COLUMNS = 42;
const BETWEEN = ' │ ';
const LEAST_BODY = 5;
/** From here on there is room for more than the last two changes below the task. */
const TALL_ROWS = 36;
/** A look that takes no longer is not told of. */
const QUICK_LOOK_MS = 1_500;

/** Pure. The whole screen. */
export function drawScreen(screen: Screen, frame: ScreenFrame): Drawn {
  return frame.columns >= WIDE_COLUMNS ? drawWide(screen, frame) : drawNarrow(screen, frame);
}

/** Pure. The lines as a terminal shows them, in colours where the paint has some. */
export function painted(lines: readonly StyledLine[], paint: Paint): readonly string[] {
  const inTone = ({ text, tone }: StyledLine) => {
    if (tone === undefined) return text;
    return tone === 'title' ? paint.bold(text) : tone === 'dim' ? paint.dim(text) : paint.verdict(tone, text);
  };
  return lines.map((line) => inTone(line) + (line.beside === undefined ? '' : BETWEEN + inTone(line.beside)));
}

function drawNarrow(screen: Screen, frame: ScreenFrame): Drawn {
  const { columns: width, rows } = frame;
  const measure = { ...frame, width };
  const head = headLines(screen, measure, frame);
  const foot = footLines(screen, measure, frame);
  const changes = rows >= TALL_ROWS ? 6 : 2;
  const picture = [ruleLine(clusterWords(screen, frame), measure), ...pictureLines(screen, measure, frame, changes)];
  const spare = rows - head.length - foot.length - LEAST_BODY;
  const shownPicture = picture.slice(0, Math.max(spare, 0));
  const room = Math.max(rows - head.length - foot.length - shownPicture.length, 1);
  const body = bodyLines(screen, measure, frame);
  const lines = [...head, ...windowOf(body, screen.top, room, measure), ...shownPicture, ...foot];
  return { lines: fitted(lines, rows, width), body: body.length, room: roomFor(body, room) };
}

function drawWide(screen: Screen, frame: ScreenFrame): Drawn {
  const { columns, rows } = frame;
  const left = { ...frame, width: columns - PICTURE_COLUMNS - BETWEEN.length };
  const right = { ...frame, width: PICTURE_COLUMNS };
  const head = headLines(screen, { ...frame, width: columns }, frame);
  const foot = footLines(screen, { ...frame, width: columns }, frame);
  const room = Math.max(rows - head.length - foot.length, 1);
  const body = bodyLines(screen, left, frame);
  const shown = windowOf(body, screen.top, room, left);
  const changes = Math.max(room - 12, 2);
  const picture = [
    ...linesOf(
      clusterWords(screen, frame).map((text): Paragraph => ({ text, tone: 'title' })),
      right,
    ),
    EMPTY_LINE,
    ...pictureLines(screen, right, frame, changes),
  ].map((line) => ({ ...line, text: truncateDisplay(line.text, PICTURE_COLUMNS) }));
  const beside = Array.from({ length: room }, (_, index) =>
    sideBySide(shown[index] ?? EMPTY_LINE, picture[index] ?? EMPTY_LINE, left.width),
  );
  return { lines: fitted([...head, ...beside, ...foot], rows, columns), body: body.length, room: roomFor(body, room) };
}

function sideBySide(left: StyledLine, beside: StyledLine, width: number): StyledLine {
  return { ...left, text: padEndDisplay(truncateDisplay(left.text, width), width), beside };
}

/** The place; and the clock of an exam, which must not scroll away. */
function headLines({ state }: Screen, measure: Measure, { now }: ScreenFrame): readonly StyledLine[] {
  const { scenario, current } = state;
  const number = scenario.steps.findIndex(({ id }) => id === current) + 1;
  const { title } = stepOf(scenario, current);
  const words = { exercise: scenario.title, number, of: scenario.steps.length, title };
  const place = one({ text: message('coach.place', words), tone: 'title' }, measure);
  return [place, ...linesOf(examText(state, now), measure)];
}

/** Bar, what happens now or what came of the last key, and the keys. */
function footLines(screen: Screen, measure: Measure, { now }: ScreenFrame): readonly StyledLine[] {
  const { view, prompt } = screen;
  const long = one({ text: message('coach.keys-long') }, measure);
  const short = message(view === 'task' ? 'coach.keys' : 'coach.keys-back');
  const keys = view === 'task' && displayWidth(long.text) <= measure.width ? long : one({ text: short }, measure);
  const asked = prompt && one({ text: prompt.text }, measure);
  const typed = asked && {
    text: `${asked.text} ${lastOf(prompt?.typed ?? '', measure.width - displayWidth(asked.text) - 2)}`,
    tone: 'title' as const,
  };
  return [barLine(screen, measure), typed ?? nowLine(screen, measure, now), { ...keys, tone: 'dim' }];
}

function nowLine({ doing, note }: Screen, measure: Measure, now: string): StyledLine {
  if (doing !== undefined)
    return one(
      { text: message('coach.ago-doing', { what: doing.text, ms: msSince(doing.since, now) }), tone: 'unknown' },
      measure,
    );
  if (note !== undefined) return one({ text: note.text, tone: note.isError === true ? 'failed' : 'title' }, measure);
  return EMPTY_LINE;
}

const BAR_COLUMNS = 30;

function barLine({ state }: Screen, measure: Measure): StyledLine {
  const of = state.steps.length;
  const done = state.steps.filter((each) => standingOf(each) === 'done').length;
  const full = Math.round((done / Math.max(of, 1)) * BAR_COLUMNS);
  const words = message('coach.bar-words', {
    bar: message('coach.bar', { done, of }),
    points: message('learn.points', scoreOf(state)),
  });
  const { text } = one({ text: words }, measure);
  return { text: `[${'█'.repeat(full)}${'·'.repeat(BAR_COLUMNS - full)}] ${text}` };
}

function clusterWords({ state, lookingSince }: Screen, { now }: ScreenFrame): readonly Text[] {
  const { picture, shown } = state;
  const isSlow = lookingSince !== undefined && msSince(lookingSince, now) >= QUICK_LOOK_MS;
  return [
    message('coach.lab', { lab: state.lab }),
    ...(picture === undefined ? [] : clusterText(picture)),
    ...(isSlow
      ? [message('coach.looking', { ms: msSince(lookingSince, now) })]
      : shown === undefined
        ? []
        : [message('coach.looked', { ms: Math.max(0, Date.parse(now) - shown.toMs) })]),
  ];
}

function bodyLines({ state, view, doing }: Screen, measure: Measure, { now }: ScreenFrame): readonly StyledLine[] {
  return linesOf(bodyText(state, view, { now, isAtWork: doing !== undefined }), measure);
}

function pictureLines(
  { state }: Screen,
  measure: Measure,
  { now }: ScreenFrame,
  changes: number,
): readonly StyledLine[] {
  return linesOf(pictureText(state, now, changes), measure);
}

function ruleLine(words: readonly Text[], measure: Measure): StyledLine {
  const { text } = one({ text: message('coach.rule', { words }) }, measure);
  const rule = `── ${truncateDisplay(text, measure.width - 6)} `;
  return { text: rule + '─'.repeat(Math.max(measure.width - displayWidth(rule), 0)), tone: 'dim' };
}

/** Part of the body; where not all of it fits, the last line says which. */
function windowOf(body: readonly StyledLine[], top: number, room: number, measure: Measure): readonly StyledLine[] {
  if (body.length <= room) return [...body, ...Array.from({ length: room - body.length }, () => EMPTY_LINE)];
  const shown = room - 1;
  const from = Math.min(Math.max(top, 0), body.length - shown);
  const place = message('coach.lines', { from: from + 1, to: from + shown, of: body.length });
  return [...body.slice(from, from + shown), { ...one({ text: place }, measure), tone: 'dim' }];
}

function roomFor(body: readonly StyledLine[], room: number): number {
  return body.length <= room ? room : room - 1;
}

function fitted(lines: readonly StyledLine[], rows: number, width: number): readonly StyledLine[] {
  return lines
    .slice(0, rows)
    .map((line) => (line.beside === undefined ? { ...line, text: truncateDisplay(line.text, width) } : line));
}

function one(paragraph: Paragraph, measure: Measure): StyledLine {
  const [line = EMPTY_LINE] = linesOf([paragraph], { ...measure, width: 1_000 });
  return line;
}

function msSince(from: string, now: string): number {
  return Math.max(0, msBetween(from, now));
}

/** As much of the end as fits. */
function lastOf(text: string, columns: number): string {
  const characters = [...text];
  while (characters.length > 0 && displayWidth(characters.join('')) > columns) characters.shift();
  return characters.join('');
}
