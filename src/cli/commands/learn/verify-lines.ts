import { TRIALS } from '../../../learn/verified.js';
import { message } from '../../../messages/message.js';
import { inLanguage } from '../../../messages/phrases.js';
import { type Language, type Text, textIn } from '../../../model/text.js';
import { displayWidth, formatDuration, padEndDisplay, VERDICT_MARKS, wrapDisplay } from '../../../report/format.js';
import type { AnswerOf } from '../../answers/index.js';

type Verified = AnswerOf<'learn-verify'>['exercises'][number];

/** A row for each exercise with how many of each trial were as they must be, and under it the reason of each that was not. Pure. */
export function verifyLines(
  exercises: readonly Verified[],
  { language, width }: { readonly language: Language; readonly width: number },
): readonly string[] {
  const say = (text: Text) => textIn(text, language);
  const head = ['', ...TRIALS.map((trial) => say(message(`learn.trial.${trial}`))), ''];
  const rows = exercises.map(({ exercise, counts, durationMs }) => [
    exercise,
    ...TRIALS.map((trial) => (counts[trial].tried === 0 ? '–' : `${counts[trial].good}/${counts[trial].tried}`)),
    formatDuration(durationMs),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => displayWidth(row[column] ?? ''))));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => padEndDisplay(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const wrapped = (text: string) => wrapDisplay(text, Math.max(20, width - 6)).map((part) => `      ${part}`);
  return [
    `  ${line(head)}`,
    ...exercises.flatMap(({ verdict, skipped, findings }, index) => [
      `${VERDICT_MARKS[verdict]} ${line(rows[index] ?? [])}`,
      ...(skipped === undefined ? [] : wrapped(inLanguage(skipped, language))),
      ...findings.flatMap((found) => [
        `    ${VERDICT_MARKS[found.verdict]} ${placeOf(found, say)}`,
        ...wrapped(inLanguage(found.seen, language)),
      ]),
    ]),
  ];
}

function placeOf({ step, trial, name }: Verified['findings'][number], say: (text: Text) => string): string {
  return [step, say(message(`learn.trial.${trial}`)), name].filter((each) => each !== undefined).join(' · ');
}
