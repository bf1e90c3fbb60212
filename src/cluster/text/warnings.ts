import type { Section } from './draft.js';

/** The block of pcs 0.10.7 and newer; older ones print `WARNING: …` lines, which the header knows. */
export const warnings: Section = {
  title: /^WARNINGS:$/,
  endsAtBlankLine: true,
  read({ text }, draft) {
    draft.warnings.push(text);
    return true;
  },
};
