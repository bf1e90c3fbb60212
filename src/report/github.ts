import { dataInLanguage } from '../messages/phrases.js';
import { type Language, textIn } from '../model/text.js';
import { findingsOf } from './audits.js';
import { casesOf, scenariosWithRun } from './cases.js';
import type { RunSummary } from './summary.js';

/** Workflow commands of GitHub Actions: an error for each step that failed, a warning for each that is inconclusive. */
export function annotationsOf(told: RunSummary, language: Language): readonly string[] {
  return scenariosWithRun(dataInLanguage(told, language))
    .flatMap(casesOf)
    .flatMap((step) => {
      if (step.verdict !== 'failed' && step.verdict !== 'unknown') return [];
      const command = step.verdict === 'failed' ? 'error' : 'warning';
      const wrong = step.checks.filter(({ verdict }) => verdict !== 'passed');
      const lines = [
        ...(step.reason === undefined ? [] : [step.reason]),
        ...wrong.map(({ expected, seen }) => `${expected}\n  ${seen}`),
        ...findingsOf(step).map(({ audit, seen }) => `${audit}: ${seen}`),
      ];
      const title = `${step.scenario} / ${step.step}: ${textIn(step.title, language)}`;
      return [`::${command} title=${property(title)}::${message(lines.join('\n'))}`];
    });
}

function message(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return message(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
