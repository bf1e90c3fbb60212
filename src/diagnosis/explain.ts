import { type Language, textIn } from '../model/text.js';
import { explanationOf } from './explanations.js';
import type { Meaning, MeaningCode, Severity, Subject } from './meaning.js';

/** An item with its words in one language, as `--json` prints it. */
export interface Explained {
  readonly code: MeaningCode;
  readonly severity: Severity;
  readonly subject: Subject;
  readonly payload: Meaning['payload'];
  readonly title: string;
  readonly means: string;
  readonly cause?: string;
  /** Lines of the input, as they stood. */
  readonly lines?: readonly string[];
  readonly next: readonly { readonly command: string; readonly why: string }[];
}

/** Pure. */
export function explain(meaning: Meaning, language: Language): Explained {
  const { title, means, cause, lines, next } = explanationOf(meaning);
  return {
    ...meaning,
    title: textIn(title, language),
    means: textIn(means, language),
    ...(cause === undefined ? {} : { cause: textIn(cause, language) }),
    ...(lines === undefined ? {} : { lines }),
    next: next.map(({ command, why }) => ({ command, why: textIn(why, language) })),
  };
}
