import type { StatusDraft } from './draft.js';
import type { StatusLine } from './section.js';

/** The node that what follows is of: `* Node: a (1):` since 2.0.3, `* Node a:` before; a guest may name its host. */
export function readSubject({ text }: StatusLine, draft: StatusDraft): boolean {
  const name = /^Node:? ([^\s()[\]]+?)(?: \([^()]*\))?:$/.exec(text)?.[1];
  if (name === undefined) return false;
  draft.subject = withoutHost(name);
  return true;
}

/** `guest@node` where details are asked for. */
export function withoutHost(name: string): string {
  const at = name.indexOf('@');
  return at < 0 ? name : name.slice(0, at);
}
