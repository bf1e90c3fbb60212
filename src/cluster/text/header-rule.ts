import type { StatusDraft } from './draft.js';

/** What a line of the summary looks like, and what of it is kept; false where it contradicts an earlier one. */
export type Rule = readonly [RegExp, (draft: StatusDraft, match: RegExpExecArray) => boolean];
