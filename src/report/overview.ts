import { dataInLanguage } from '../messages/phrases.js';
import { textIn } from '../model/text.js';
import { type Verdict, worstVerdict } from '../model/verdict.js';
import { type ClosingOptions, labOf } from './closing.js';
import { type Page, pageOf, row } from './closing-page.js';
import { formatDuration, oneLine, wrapDisplay } from './format.js';
import type { RunSummary, ScenarioSummary } from './summary.js';

/** One run of so few scenarios is told whole by its closing text. */
const FEW = 5;
const SLOWEST = 5;
const ORDER: readonly Verdict[] = ['passed', 'failed', 'unknown', 'skipped'];

/** What came of a library of scenarios, over all its labs: a line a lab and a scenario, counts, why what was skipped. '' for little. */
export function renderOverview(told: readonly RunSummary[], options: Omit<ClosingOptions, 'folder'>): string {
  const runs = dataInLanguage(told, options.language);
  const asked = runs.flatMap(({ scenarios }) => scenarios.filter(({ asGiven }) => !asGiven));
  if (runs.length < 2 && asked.length <= FEW) return '';
  const page = pageOf(options);
  const blocks = [
    headLines(runs, asked, page),
    ...runs.map((run) => labLines(run, page)),
    slowestLines(runs, page),
    skippedLines(asked, page),
  ];
  const text = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `\n${text.join('\n\n')}\n`;
}

function headLines(runs: readonly RunSummary[], asked: readonly ScenarioSummary[], { paint, say }: Page): string[] {
  const verdict = worstVerdict(runs.map((run) => run.verdict));
  const counts = ORDER.flatMap((each) => {
    const count = asked.filter((scenario) => scenario.verdict === each).length;
    return count === 0 ? [] : [say('overview.count', { count, verdict: say(`verdict.${each}`) })];
  });
  const durationMs = runs.reduce((sum, run) => sum + run.durationMs, 0);
  const facts = [
    say('overview.labs', { count: new Set(runs.map(({ lab }) => lab)).size }),
    say('overview.scenarios', { count: asked.length }),
    ...counts,
  ];
  const lines = [
    `  ${paint.bold(paint.verdict(verdict, say('overview.title')))}  ${[...facts, formatDuration(durationMs)].join(' · ')}`,
  ];
  const restored = runs.flatMap((run) => run.restored);
  if (restored.length > 0) {
    const recreated = restored.filter((each) => each.recreated !== undefined).length;
    const totalMs = restored.reduce((sum, each) => sum + each.durationMs, 0);
    lines.push(`  ${paint.dim(say('overview.restored', { count: restored.length, recreated, totalMs }))}`);
  }
  return lines;
}

function labLines(run: RunSummary, page: Page): string[] {
  return [
    row(run.verdict, 1, `${page.say('report.lab')} ${labOf(run)}`, run.durationMs, page),
    ...run.scenarios.filter(({ asGiven, verdict }) => !asGiven || verdict !== 'passed').map((each) => line(each, page)),
  ];
}

function line({ scenario, title, asGiven, verdict, durationMs }: ScenarioSummary, page: Page): string {
  const suffix = asGiven ? ` (${page.say('report.setup')})` : '';
  return row(verdict, 2, `${scenario}: ${textIn(title, page.language)}${suffix}`, durationMs, page);
}

/** Set-ups among them: they take their time as well. */
function slowestLines(runs: readonly RunSummary[], page: Page): string[] {
  const ran = runs
    .flatMap((run) => run.scenarios.map((scenario) => ({ scenario, lab: labOf(run) })))
    .filter(({ scenario }) => scenario.verdict !== 'skipped')
    .sort((one, other) => other.scenario.durationMs - one.scenario.durationMs);
  if (ran.length <= SLOWEST) return [];
  const lines = ran.slice(0, SLOWEST).map(({ scenario, lab }) => {
    const time = formatDuration(scenario.durationMs).padStart(9);
    return `  ${page.paint.dim(time)}  ${scenario.scenario} ${page.paint.dim(`(${lab})`)}`;
  });
  return [`  ${page.paint.bold(page.say('overview.slowest'))}`, ...lines];
}

/** Each reason once, with all that it holds for. */
function skippedLines(asked: readonly ScenarioSummary[], page: Page): string[] {
  const skipped = asked.filter(({ verdict }) => verdict === 'skipped');
  if (skipped.length === 0) return [];
  const reasons = [...new Set(skipped.map(({ reason = '' }) => reason))];
  const lines = reasons.flatMap((reason) => {
    const scenarios = skipped.filter((each) => (each.reason ?? '') === reason).map(({ scenario }) => scenario);
    const text = `${scenarios.join(', ')}: ${oneLine(reason)}`;
    return wrapDisplay(text, page.width - 4).map((part, index) => `${index === 0 ? '  – ' : '    '}${part}`);
  });
  return [`  ${page.paint.bold(page.say('overview.skipped'))}`, ...lines];
}
