import { type Speaker, speakerOf } from '../messages/message.js';
import type { Language } from '../model/text.js';
import type { Verdict } from '../model/verdict.js';
import {
  createPaint,
  formatDuration,
  oneLine,
  type Paint,
  padEndDisplay,
  truncateDisplay,
  VERDICT_MARKS,
  wrapDisplay,
} from './format.js';

/** What the closing text is written on. */
export interface Page {
  readonly language: Language;
  readonly say: Speaker;
  readonly paint: Paint;
  readonly width: number;
}

/** `width`: columns of the terminal. */
export function pageOf(options: {
  readonly language: Language;
  readonly color: boolean;
  readonly width: number;
}): Page {
  return {
    language: options.language,
    say: speakerOf(options.language),
    paint: createPaint(options.color),
    width: Math.min(Math.max(options.width, NARROWEST), WIDEST),
  };
}

const NARROWEST = 60;
const WIDEST = 110;
const LABEL_WIDTH = 9;
const DETAIL_INDENT = 8;

export function row(
  verdict: Verdict,
  depth: number,
  title: string,
  durationMs: number | undefined,
  page: Page,
): string {
  const time = durationMs === undefined || verdict === 'skipped' ? '' : formatDuration(durationMs);
  const indent = '  '.repeat(depth);
  const titleWidth = page.width - indent.length - 2 - 9;
  const shown = padEndDisplay(truncateDisplay(oneLine(title), titleWidth), titleWidth);
  const mark = page.paint.verdict(verdict, VERDICT_MARKS[verdict]);
  return `${indent}${mark} ${depth === 1 ? page.paint.bold(shown) : shown}${page.paint.dim(time.padStart(9))}`.trimEnd();
}

export function detail(label: string, text: string, page: Page): string {
  return `${' '.repeat(DETAIL_INDENT)}${page.paint.dim(padEndDisplay(label, LABEL_WIDTH))} ${oneLine(text)}`;
}

/** A detail that keeps within the page, each further line below the first. */
export function wrappedDetail(
  label: string,
  text: string,
  page: Page,
  paint: { readonly label: (text: string) => string; readonly text?: (text: string) => string },
): readonly string[] {
  return hanging(DETAIL_INDENT, paint.label(padEndDisplay(label, LABEL_WIDTH)), text, page, paint.text);
}

export function labelled(label: string, text: string, page: Page): string {
  return `  ${page.paint.bold(padEndDisplay(capitalised(label), LABEL_WIDTH))} ${text}`;
}

export function wrappedLabelled(label: string, text: string, page: Page): readonly string[] {
  return hanging(2, page.paint.bold(padEndDisplay(capitalised(label), LABEL_WIDTH)), text, page);
}

function hanging(
  indent: number,
  label: string,
  text: string,
  page: Page,
  paint: (text: string) => string = (line) => line,
): readonly string[] {
  const lead = indent + LABEL_WIDTH + 1;
  return wrapDisplay(oneLine(text), page.width - lead).map((line, index) =>
    index === 0 ? `${' '.repeat(indent)}${label} ${paint(line)}` : `${' '.repeat(lead)}${paint(line)}`,
  );
}

function capitalised(label: string): string {
  return label.slice(0, 1).toUpperCase() + label.slice(1);
}
