import type { StampedEvent } from '../model/event.js';
import type { LastNights } from '../model/night-state.js';
import type { Language } from '../model/text.js';

/** What the run knew of the nights before it when it ended, in its folder. */
export const HISTORY_FILE = 'evidence/history.json';

/** A run as a page carries it. */
export interface RunData {
  readonly events: readonly StampedEvent[];
  readonly files: readonly PageFile[];
}

/** In what language a page is shown at first, and what it can be shown in. */
export interface PageTexts {
  readonly language: Language;
  /** What its data says in English, and the same in the other languages as far as halab has it. */
  readonly translations: { readonly [L in Language]?: Readonly<Record<string, string>> };
}

/** A page above those of runs. */
export interface LinkedPage extends PageTexts {
  /** The report of a run by its folder, where there is one, relative to the page. */
  readonly reports: Readonly<Record<string, string>>;
}

/** What report.html carries as data, and its program draws; or the page that compares two runs, of which this is the first. */
export interface PageData extends RunData, PageTexts {
  /** The second run. */
  readonly compared?: RunData;
  /** Of the scenarios that were asked for; empty where it was not kept. */
  readonly lastNights: readonly LastNights[];
}

/** A stored file. Its text is inside the page as far as it is not too large, and absent where it is not a text. */
export interface PageFile {
  readonly path: string;
  readonly bytes: number;
  readonly text?: string;
  /** Lines that are left out between the first and the last of a large file; `text` has both parts. */
  readonly leftOut?: { readonly lines: number; readonly afterLine: number };
}
