import { type StatusDraft, say } from './draft.js';
import type { Rule } from './header-rule.js';

const CHANGE = 'Last change:';

/** Both stand on one line in 1.1.13 to 1.1.15; since 2.1.6 the first names the node that says it. */
export const timeRules: readonly Rule[] = [
  [/^Last updated:(.*)$/, (draft, [, rest = '']) => readUpdated(draft, rest)],
  [/^Last change:(.*)$/, (draft, [, rest = '']) => readChange(draft, rest)],
];

function readUpdated(draft: StatusDraft, rest: string): boolean {
  const second = rest.indexOf(CHANGE);
  const [at] = split(second < 0 ? rest : rest.slice(0, second), ' on ');
  if (at !== '' && !say(draft.said, 'updatedAt', at)) return false;
  return second < 0 || readChange(draft, rest.slice(second + CHANGE.length));
}

/** `DATE by USER via CLIENT on NODE`; 1.1.7 to 1.1.12 leave out the user, and none is printed before the first change. */
function readChange({ lastChange }: StatusDraft, printed: string): boolean {
  const [beforeNode, node] = split(printed, ' on ');
  const [beforeClient, via] = split(beforeNode, ' via ');
  const [at, user] = split(beforeClient, ' by ');
  // A line that was lost in this one is no part of the name.
  if (node !== undefined && /\s/.test(node)) return false;
  if (at === '' && user === undefined && via === undefined && node === undefined) return true;
  return (
    say(lastChange, 'at', at) &&
    (user === undefined || say(lastChange, 'user', user)) &&
    (via === undefined || say(lastChange, 'via', via)) &&
    (node === undefined || say(lastChange, 'node', node))
  );
}

/** At the last separator. */
function split(text: string, separator: string): readonly [before: string, after: string | undefined] {
  const at = ` ${text}`.lastIndexOf(separator);
  if (at < 0) return [text.trim(), undefined];
  return [` ${text}`.slice(0, at).trim(), ` ${text}`.slice(at + separator.length).trim()];
}
