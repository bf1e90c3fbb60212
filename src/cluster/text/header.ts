import type { ClusterOptions } from '../../model/cluster-state.js';
import { keep, keepAll, type Section, type StatusDraft } from './draft.js';

/** The pattern of a line of the summary, and a function that stores its values; false if they contradict an earlier line. */
type Rule = readonly [RegExp, (draft: StatusDraft, match: RegExpExecArray) => boolean];

const CHANGE = 'Last change:';
/** What may follow `configured`: nothing, a full stop, the votes, or the numbers of disabled and blocked resources. */
const COUNT_END = /^(?:\.?|, [^()[\]:]*|: [^()[\]:]*| \([^()[\]:]*\))$/;
const PASS: Rule[1] = () => true;

/** The state of pacemakerd that follows the stack since 2.1.6: `(Pacemaker is running)` and others. */
const PACEMAKERD = [' (Pacemaker', ' (Initializing pacemaker', ' (Waiting for startup', ' (Invalid pacemakerd'];

/** `No quorum policy: …`, as `cluster_options_text` of pacemaker's `lib/pengine/pe_output.c` words them. */
const QUORUM_POLICIES: readonly (readonly [RegExp, string])[] = [
  [/^freeze/i, 'freeze'],
  [/^stop all/i, 'stop'],
  [/^demote/i, 'demote'],
  [/^ignore/i, 'ignore'],
  [/^suicide/i, 'suicide'],
  [/^fence/i, 'fence'],
];

const RULES: readonly Rule[] = [
  [/^Cluster name:(.*)$/, readName],
  [/^Stack: (.+)$/, (draft, [, stack = '']) => keep(draft.summary, 'stack', withoutPacemakerd(stack))],
  [/^Current DC: NONE$/, (draft) => draft.dc.name === undefined && keep(draft.summary, 'dcIsNone', true)],
  [
    /^Current DC: ([^\s()[\]]+)((?: \([^()]*\))*)(?: [-–—] (MIXED-VERSION )?partition (with|WITHOUT) quorum)?$/,
    (draft, [, name = '', brackets = '', mixed, quorum]) => readDc(draft, name, brackets, mixed, quorum),
  ],
  [/^Version: (\S+)$/, (draft, [, version = '']) => keep(draft.dc, 'version', version)],
  // 1.1.13 to 1.1.15 print both on one line; since 2.1.6 the first names the node that reports it.
  [/^Last updated:(.*)$/, (draft, [, rest = '']) => readUpdated(draft, rest)],
  [/^Last change:(.*)$/, (draft, [, rest = '']) => readChange(draft, rest)],
  // One line up to 1.1.16, `3 nodes and 7 resources configured`, else two; `2 Nodes configured, unknown expected votes` up to
  // 1.1.11 and with the plugin; `resource instances` since 1.1.20 (`tools/crm_mon.c`, `cluster_counts_text`).
  [
    /^(\d{1,9}) nodes?(?: and (\d{1,9}) resources?)? configured(.*)$/i,
    (draft, [, nodes = '', resources, rest = '']) =>
      COUNT_END.test(rest) &&
      keepAll(draft.counts, {
        nodes: Number(nodes),
        resources: resources === undefined ? undefined : Number(resources),
      }) &&
      readCountsRest(draft, rest),
  ],
  [
    /^(\d{1,9}) resources?(?: instances?)? configured(.*)$/i,
    (draft, [, resources = '', rest = '']) =>
      COUNT_END.test(rest) && keep(draft.counts, 'resources', Number(resources)) && readCountsRest(draft, rest),
  ],
  [/^Status of pacemakerd:/, PASS],
  [/^=+$/, PASS],
  [/^\*{3} Resource management is DISABLED \*{3}$/, PASS],
  [/^The cluster will not attempt to start, stop or recover services$/, option('maintenanceMode', true)],
  [/^The cluster will keep all resources stopped$/, option('stopAllResources', true)],
  [/^(?:STONITH|Fencing) of failed nodes enabled$/i, option('stonithEnabled', true)],
  [/^(?:STONITH|Fencing) of failed nodes disabled$/i, option('stonithEnabled', false)],
  [/^Cluster is symmetric$/, option('symmetric', true)],
  [/^Cluster is asymmetric$/, option('symmetric', false)],
  [/^No quorum policy: (.+)$/, (draft, [, policy = '']) => readQuorumPolicy(draft, policy)],
  [/^Resource management: enabled$/, PASS],
  [/^Resource management: DISABLED\b/, option('maintenanceMode', true)],
  [/^Resource management: STOPPED\b/, option('stopAllResources', true)],
];

/** The first section of every text; `pcs status cluster` and 2.x print a title for it. */
export const header: Section = {
  part: 'summary',
  titles: ['cluster summary:', 'cluster status:', 'current cluster status:'],
  open({ text }, { layout }) {
    if (/^Cluster Status:$/i.test(text)) layout.summaryOnly = true;
    if (/^Cluster Summary:$/i.test(text)) layout.recent = true;
  },
  read({ text }, draft) {
    for (const [pattern, keep] of RULES) {
      const match = pattern.exec(text);
      if (match !== null && keep(draft, match)) {
        draft.printed.add('summary');
        return true;
      }
    }
    return false;
  },
};

function readName(draft: StatusDraft, [, printed = '']: RegExpExecArray): boolean {
  const name = printed.trim();
  draft.layout.fromPcs = true;
  return name === '' || keep(draft.summary, 'clusterName', name);
}

function withoutPacemakerd(stack: string): string {
  const cut = PACEMAKERD.map((state) => stack.indexOf(state)).find((at) => at > 0);
  return cut === undefined ? stack : stack.slice(0, cut);
}

/** The brackets hold the node's id (before the version) and the version; up to 1.1.12 the version is on a line of its own. */
function readDc(draft: StatusDraft, name: string, brackets: string, mixed?: string, quorum?: string): boolean {
  if (draft.summary.dcIsNone || !keep(draft.dc, 'name', name)) return false;
  for (const [, inside = ''] of brackets.matchAll(/\(([^()]*)\)/g)) {
    const version = /^version(?: (.*))?$/.exec(inside);
    if (version === null) keep(draft.dc, 'id', inside);
    else if (version[1] && version[1] !== 'unknown') keep(draft.dc, 'version', version[1]);
  }
  keep(draft.summary, 'mixedVersion', mixed !== undefined);
  return quorum === undefined || keep(draft.summary, 'quorate', quorum === 'with');
}

function option<K extends keyof ClusterOptions>(key: K, value: NonNullable<ClusterOptions[K]>): Rule[1] {
  return ({ options }) => keep(options, key, value as (typeof options)[K]);
}

function readQuorumPolicy({ options }: StatusDraft, printed: string): boolean {
  const policy = QUORUM_POLICIES.find(([pattern]) => pattern.test(printed))?.[1];
  return policy !== undefined && keep(options, 'noQuorumPolicy', policy);
}

function readUpdated(draft: StatusDraft, rest: string): boolean {
  const second = rest.indexOf(CHANGE);
  const [at] = splitAtLast(second < 0 ? rest : rest.slice(0, second), ' on ');
  if (at !== '' && !keep(draft.summary, 'updatedAt', at)) return false;
  return second < 0 || readChange(draft, rest.slice(second + CHANGE.length));
}

/** `DATE by USER via CLIENT on NODE`; 1.1.7 to 1.1.12 leave out the user, and none is printed before the first change. */
function readChange({ lastChange }: StatusDraft, printed: string): boolean {
  const [beforeNode, node] = splitAtLast(printed, ' on ');
  const [beforeClient, via] = splitAtLast(beforeNode, ' via ');
  const [at, user] = splitAtLast(beforeClient, ' by ');
  // Blanks show that another line was appended to this one.
  if (node !== undefined && /\s/.test(node)) return false;
  if (at === '' && user === undefined && via === undefined && node === undefined) return true;
  return keepAll(lastChange, { at, user, via, node });
}

function splitAtLast(text: string, separator: string): readonly [before: string, after: string | undefined] {
  const at = ` ${text}`.lastIndexOf(separator);
  if (at < 0) return [text.trim(), undefined];
  return [` ${text}`.slice(0, at).trim(), ` ${text}`.slice(at + separator.length).trim()];
}

/** `, 2 expected votes`; `(1 DISABLED, 2 BLOCKED from further action due to failure)`; `: 1 resource DISABLED and 0 BLOCKED …` in 1.1.12. */
function readCountsRest({ counts }: StatusDraft, rest: string): boolean {
  const number = (pattern: RegExp): number | undefined => {
    const found = pattern.exec(rest)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  return keepAll(counts, {
    expectedVotes: number(/\b(\d{1,9}) expected votes/),
    disabled: number(/\b(\d{1,9}) (?:resources? )?DISABLED/),
    blocked: number(/\b(\d{1,9}) (?:resources? )?BLOCKED/),
  });
}
