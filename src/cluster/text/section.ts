import type { StatusPart } from '../../model/cluster-state.js';
import type { StatusDraft } from './draft.js';

/** A line without its indentation and its bullet; `indent` counts columns, a tab reaching to the next multiple of 8. */
export interface StatusLine {
  /** As it stood. */
  readonly raw: string;
  readonly text: string;
  readonly indent: number;
  readonly bullet: boolean;
}

/** One part of the text. */
export interface Section {
  readonly part?: StatusPart;
  /** The lines that open it, in small letters. */
  readonly titles: readonly string[];
  /** Takes one line; false where it was not understood. */
  read(line: StatusLine, draft: StatusDraft): boolean;
  /** Told which title opened it. */
  open?(title: StatusLine, draft: StatusDraft): void;
  readonly endsAtBlankLine?: boolean;
  /** Some release prints the title with nothing under it. */
  readonly mayBeEmpty?: boolean;
}
