import type { FailCount, StatusPart } from '../../model/cluster-state.js';
import { parseScore } from '../../model/pacemaker-values.js';
import { type Open, type StatusDraft, say } from './draft.js';
import type { Section } from './section.js';
import { readSubject } from './subject.js';

/** `(12) monitor: interval="10000ms"`; up to 2.0.2 with the result behind it. */
const OPERATION = /^\(-?\d{1,9}\) \S/;
const ORPHAN = /^(?:Orphan resource: \S+|\S+: orphan):?$/;
const RESOURCE = /^([^\s()[\]]+?):((?: (?:migration-threshold|fail-count)=\S+?)*)(?: last-failure='([^']*)')?:?$/;

/** With `-o` and `-t` the operations of each resource, of which nothing is kept, below the line that `-f` alone prints. */
export const operations = historyOf('operations', ['operations:']);
export const migration = historyOf('migration', ['migration summary:']);

function historyOf(part: StatusPart, titles: readonly string[]): Section {
  return {
    part,
    titles,
    mayBeEmpty: true,
    open(_, draft) {
      delete draft.subject;
    },
    read(line, draft) {
      if (readSubject(line, draft)) return true;
      if (draft.subject === undefined) return false;
      return OPERATION.test(line.text) || ORPHAN.test(line.text) || readResource(line.text, draft.subject, draft);
    },
  };
}

function readResource(text: string, node: string, draft: StatusDraft): boolean {
  const [, resource, numbers = '', lastFailure] = RESOURCE.exec(text) ?? [];
  if (resource === undefined) return false;
  const count: Open<FailCount> = { node, resource };
  for (const [, key, printed = ''] of numbers.matchAll(/ (migration-threshold|fail-count)=(\S+)/g)) {
    const value = numberOf(printed.replace(/:$/, ''));
    if (value === undefined) return false;
    say(count, key === 'fail-count' ? 'failCount' : 'migrationThreshold', value);
  }
  if (lastFailure !== undefined) count.lastFailure = lastFailure;
  if (numbers !== '' || lastFailure !== undefined) draft.failCounts.push(count);
  return true;
}

function numberOf(printed: string): number | undefined {
  return /^(?:INFINITY|\d{1,9})$/.test(printed) ? parseScore(printed) : undefined;
}
