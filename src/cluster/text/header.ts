import type { Section, StatusDraft, StatusLine } from './draft.js';

/** A rule of the header: what a line looks like, and what of it is kept. */
type Rule = readonly [RegExp, (draft: StatusDraft, match: RegExpExecArray) => void];

const keepNothing = (): void => undefined;

const RULES: readonly Rule[] = [
  [
    /^Cluster name: ?(.*)$/,
    (draft, [, name]) => {
      if (name) draft.clusterName = name.trim();
    },
  ],
  [
    /^Stack: (.+?)(?: \(Pacemaker is [^)]*\))?$/i,
    (draft, [, stack]) => {
      draft.stack = stack ?? '';
    },
  ],
  [/^Current DC: NONE\b/, keepNothing],
  [/^Current DC: (\S+)(.*)$/, readDc],
  [
    /^Version: (\S+)$/,
    (draft, [, version]) => {
      draft.dcVersion = version ?? '';
    },
  ],
  [/^Last (?:updated|change):/, keepNothing],
  [/^Status of pacemakerd:/, keepNothing],
  [/^\d+ nodes? (?:and \d+ resources? )?configured/i, keepNothing],
  [/^\d+ (?:resources?|resource instances?) configured/i, keepNothing],
  [/^=+$/, keepNothing],
  [/^\*{3} .* \*{3}$/, keepNothing],
  [/^The cluster will (?:not attempt|keep all)/, keepNothing],
  [/^(?:Fencing and r|R)esource management (?:is )?disabled/i, keepNothing],
  [
    /^WARNING: ?(.+)$/i,
    (draft, [, warning]) => {
      draft.warnings.push((warning ?? '').trim());
    },
  ],
];

/** Where every text begins; `pcs status cluster` and 2.x give it a title of its own. */
export const header: Section = {
  title: /^Cluster (?:Summary|Status):$/,
  read(line: StatusLine, draft: StatusDraft): boolean {
    for (const [pattern, keep] of RULES) {
      const match = pattern.exec(line.text);
      if (match === null) continue;
      keep(draft, match);
      return true;
    }
    return false;
  },
};

/** `NAME [(id)] [(version V)] - [MIXED-VERSION ]partition with quorum`; the version stood on a line of its own up to 1.1.12. */
function readDc(draft: StatusDraft, [, name, rest = '']: RegExpExecArray): void {
  if (name !== undefined) draft.dcName = name;
  const version = /\(version (\S+?)\)/.exec(rest)?.[1];
  if (version !== undefined) draft.dcVersion = version;
  const quorum = /partition (with|WITHOUT) quorum/.exec(rest)?.[1];
  if (quorum !== undefined) draft.quorate = quorum === 'with';
}
