import { groupBy } from '../model/group-by.js';
import { escapeXml } from '../report/junit.js';
import type { CellJson, NightJson } from './night-answer.js';

/** A lab on an image is a suite, a cell a case. What has no result is an error; a flaky cell has passed, and says that it did not at once. */
export function nightJunit({ cells, durationMs }: NightJson, name: string): string {
  const suites = [...groupBy(cells, ({ lab, image }) => `${lab} ${image}`)].map(([place, own]) => {
    const cases = own.map((cell) => `    ${caseOf(cell)}\n`).join('');
    const ms = own.reduce((sum, cell) => sum + (cell.durationMs ?? 0), 0);
    const skipped = own.filter(({ verdict }) => verdict === 'skipped').length;
    const head = `name="${escapeXml(place)}" ${counts(own)} skipped="${skipped}" time="${seconds(ms)}"`;
    return `  <testsuite ${head}>\n${properties(own)}${cases}  </testsuite>\n`;
  });
  const head = `name="${escapeXml(name)}" ${counts(cells)} time="${seconds(durationMs)}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${head}>\n${suites.join('')}</testsuites>\n`;
}

function caseOf(cell: CellJson): string {
  const { scenario, lab, image, repeat, durationMs = 0 } = cell;
  const head = `classname="${escapeXml(`${lab}.${image}`)}" name="${escapeXml(titleOf({ scenario, repeat }))}" time="${seconds(durationMs)}"`;
  return `<testcase ${head}>${outcome(cell)}${attempts(cell)}</testcase>`;
}

function titleOf({ scenario, repeat }: Pick<CellJson, 'scenario' | 'repeat'>): string {
  return repeat > 1 ? `${scenario} #${repeat}` : scenario;
}

/** How each cell came to its result; a case has no properties of its own. */
function properties(cells: readonly CellJson[]): string {
  const lines = cells.flatMap((cell) =>
    [
      ['state', cell.state],
      ['attempts', String(cell.attempts.length)],
    ].map(([name, value]) => `      <property name="${escapeXml(titleOf(cell))}.${name}" value="${value}"/>\n`),
  );
  return lines.length === 0 ? '' : `    <properties>\n${lines.join('')}    </properties>\n`;
}

function outcome({ state, verdict, reason = state, lastSign }: CellJson): string {
  const message = escapeXml([reason, lastSign].filter(Boolean).join('; last seen: '));
  if (verdict === 'passed') return '';
  if (verdict === 'skipped') return `<skipped message="${message}"/>`;
  return verdict === 'failed' ? `<failure message="${message}"/>` : `<error type="${state}" message="${message}"/>`;
}

/** Where to look, and what a retry hides. */
function attempts({ attempts: made }: CellJson): string {
  const lines = made.map(({ at, machine, outcome: came, reason, run }) =>
    [at, machine, came, reason, run].filter(Boolean).join(' '),
  );
  return lines.length === 0 ? '' : `<system-out>${escapeXml(`${lines.join('\n')}\n`)}</system-out>`;
}

function counts(cells: readonly CellJson[]): string {
  const count = (verdict: CellJson['verdict']) => cells.filter((cell) => cell.verdict === verdict).length;
  return `tests="${cells.length}" failures="${count('failed')}" errors="${count('unknown')}"`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
