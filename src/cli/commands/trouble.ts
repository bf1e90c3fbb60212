import { explain } from '../../diagnosis/explain.js';
import { isRootProblem } from '../../diagnosis/item.js';
import type { LabInstance } from '../../model/lab.js';
import { oneLine } from '../../report/format.js';
import { output } from '../output.js';
import type { Settings } from '../settings.js';
import { askOnce, observeLabs } from './status-labs.js';

/** What is wrong in a lab that has no fault of halab's, and the first command about each, as `halab status` explains it. */
export async function tellTrouble(settings: Settings, instance: LabInstance): Promise<void> {
  const [lab] = await observeLabs(settings, { name: instance.name }, askOnce());
  const problems = (lab?.views ?? [])
    .flatMap(({ items }) => items)
    .filter(isRootProblem)
    .map((each) => explain(each, settings.language));
  const told = new Map(problems.map(({ title, next: [first] }) => [title, first]));
  if (told.size === 0) return;
  output.line('halab undoes only its own faults; the cluster has trouble of another cause (halab status explains it):');
  for (const [title, first] of told) {
    output.line(`  ✖ ${oneLine(title)}`);
    if (first !== undefined) output.line(`    → ${oneLine(first.command)}  # ${oneLine(first.why)}`);
  }
}
