import { readAny } from '../../cluster/read-any.js';
import { explain } from '../../diagnosis/explain.js';
import { glanceOf } from '../../diagnosis/glance.js';
import type { Meaning } from '../../diagnosis/meaning.js';
import { meaningOf } from '../../diagnosis/meaning-of.js';
import { speaksOfCluster } from '../../diagnosis/situation.js';
import type { ClusterState } from '../../model/cluster-state.js';
import { LabError } from '../../model/errors.js';
import { textIn } from '../../model/text.js';
import { EXIT } from '../../model/verdict.js';
import { oneLine } from '../../report/format.js';
import { output } from '../output.js';
import { wantsColor } from '../run/reporters.js';
import type { Settings } from '../settings.js';
import { meaningLines } from './status-page.js';
import { nameOf, readSource } from './status-source.js';

/** Reads somebody's `pcs status`, `crm_mon` or `crm status` and says what it means. Needs no lab and no root. */
export async function statusFrom(settings: Settings, from: string): Promise<number> {
  if (from === '-' && process.stdin.isTTY) output.note('reading from the terminal; Ctrl-D ends it');
  const source = await readSource(from, settings.cwd, process.stdin);
  const state = readState(source, nameOf(from));
  const items = meaningOf(state);
  if (settings.json) output.json(statusFromJson(from, source, state, items, settings));
  else {
    const width = process.stdout.columns ?? 100;
    const lines = meaningLines(state, items, { language: settings.language, color: wantsColor(process.env), width });
    output.line(lines.join('\n'));
  }
  return isTold(state, items) ? EXIT.passed : EXIT.unknown;
}

/** A whole status, as opposed to a piece of one or an error in its place. */
function isTold(state: ClusterState, items: readonly Meaning[]): boolean {
  return state.truncated.length === 0 && glanceOf(state, items).verdict !== 'unseen';
}

function readState(source: string, name: string): ClusterState {
  if (source.trim() === '')
    throw new LabError('status-unreadable', `${name} is empty`, {
      hint: 'give the output of pcs status, crm_mon or crm status, with what it wrote to stderr (2>&1)',
    });
  const state = readAny(source);
  if (speaksOfCluster(state)) return state;
  const first = oneLine(source.trim().split('\n')[0] ?? '').slice(0, 100);
  throw new LabError('status-unreadable', `${name} holds no status of a cluster; it begins with: ${first}`, {
    hint: 'give the output of pcs status, crm_mon or crm status, as text or XML',
  });
}

function statusFromJson(
  from: string,
  source: string,
  state: ClusterState,
  items: readonly Meaning[],
  { language }: Settings,
) {
  const { verdict, headline, facts } = glanceOf(state, items);
  return {
    schema: 'halab.status-from/1',
    source: { from, kind: source.trimStart().startsWith('<') ? 'xml' : 'text' },
    language,
    verdict,
    headline: textIn(headline, language),
    facts: textIn(facts, language),
    items: items.map((each) => explain(each, language)),
    state,
  };
}
