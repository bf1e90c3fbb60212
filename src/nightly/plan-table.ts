import { groupBy } from '../model/group-by.js';
import type { Language } from '../model/text.js';
import { type Page, pageOf } from '../report/closing-page.js';
import { formatDuration, padEndDisplay, wrapDisplay } from '../report/format.js';
import { type Cell, type Unit, unitsOf } from './cell.js';
import { countText } from './cell-states.js';
import { skippedLines } from './overview.js';
import { workOf } from './plan.js';

interface PlanShown {
  readonly cells: readonly Cell[];
  readonly endsMs: number;
  readonly labs: number;
}

/** The plan as people read it: a line for each unit, and why what is skipped. */
export function planTable(
  { cells, endsMs, labs }: PlanShown,
  options: { readonly language: Language; readonly color: boolean; readonly width: number },
): readonly string[] {
  const page = pageOf(options);
  const { say, paint } = page;
  const units = unitsOf(cells);
  const skipped = cells.filter((cell) => cell.skipped !== undefined);
  const facts = [
    say('nightly.cells', { count: cells.length - skipped.length }),
    say('nightly.units', { count: units.length }),
    ...(skipped.length > 0 ? [countText('skipped', skipped.length, say)] : []),
    say('nightly.work', { time: formatDuration(workOf(units)) }),
    ...(endsMs > 0 ? [say('nightly.ends', { time: formatDuration(endsMs), labs })] : []),
  ];
  const why = skipped.map(({ id, skipped: reason = '' }) => ({ id, reason }));
  return [`  ${paint.bold(facts.join(' · '))}`, '', ...shardLines(units, page), ...skippedLines(why, page)];
}

function shardLines(units: readonly Unit[], page: Page): readonly string[] {
  const shards = [...groupBy(units, ({ cells: [first] }) => String(first.shard ?? ''))].toSorted();
  return shards.flatMap(([shard, own]) => [
    ...(shard === ''
      ? []
      : [`  ${page.paint.bold(page.say('nightly.shard', { shard, time: formatDuration(workOf(own)) }))}`]),
    ...own.flatMap((unit) => unitLines(unit, page)),
    '',
  ]);
}

function unitLines({ cells, ms }: Unit, { say, paint, width }: Page): readonly string[] {
  const [{ lab, image, repeat }] = cells;
  const place = [lab, image, ...(repeat > 1 ? [`#${repeat}`] : [])].join(' ');
  const known = cells.filter(({ expected }) => expected.from === 'runs').length;
  const source =
    known === cells.length
      ? say('nightly.from-runs')
      : known === 0
        ? say('nightly.from-estimate')
        : say('nightly.from-both');
  const head = `  ${formatDuration(ms).padStart(8)}  ${padEndDisplay(place, 24)}  ${paint.dim(source)}`;
  const names = cells.map(({ scenario }) => scenario).join(', ');
  return [head, ...wrapDisplay(names, width - 12).map((line) => `            ${line}`)];
}
