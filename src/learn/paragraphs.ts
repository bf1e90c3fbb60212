import { inLanguage } from '../messages/phrases.js';
import { LANGUAGES, type Language, type Text, textIn } from '../model/text.js';
import type { Verdict } from '../model/verdict.js';
import { displayWidth, padEndDisplay, wrapDisplay } from '../report/format.js';

/** How a line is set apart; what it says does not depend on it. */
type Tone = 'title' | 'dim' | Verdict;

/** A text before it is broken into lines. */
export interface Paragraph {
  readonly text: Text;
  readonly tone?: Tone;
  /** Stands before its first line. */
  readonly mark?: string;
  /** Columns that its lines are moved in, the mark included. */
  readonly indent?: number;
}

export interface StyledLine {
  readonly text: string;
  readonly tone?: Tone;
  /** What stands in the column to the right of it. */
  readonly beside?: Omit<StyledLine, 'beside'>;
}

export interface Measure {
  readonly language: Language;
  /** Columns. */
  readonly width: number;
}

export const EMPTY_LINE: StyledLine = { text: '' };

/** Pure. The paragraphs one below the other, in lines of at most that many columns where their words allow it. */
export function linesOf(paragraphs: readonly Paragraph[], { language, width }: Measure): readonly StyledLine[] {
  return paragraphs.flatMap(({ text, tone, mark = '', indent = 0 }) => {
    const room = Math.max(width - indent, 20);
    const lines = textIn(text, language)
      .split('\n')
      .flatMap((line) => wrapDisplay(line, room));
    return lines.map((line, at): StyledLine => {
      const before = padEndDisplay(
        at === 0 && mark !== '' ? ' '.repeat(indent - displayWidth(mark) - 1) + mark : '',
        indent,
      );
      return { text: (before + line).trimEnd(), ...(tone === undefined ? {} : { tone }) };
    });
  });
}

/** Pure. What checks and audits saw, which is English where it is kept, in every language. */
export function told(seen: string): Text {
  return Object.fromEntries(LANGUAGES.map((language) => [language, inLanguage(seen, language)])) as Text & object;
}
