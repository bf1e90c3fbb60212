import type { ClusterOptions } from '../../model/cluster-state.js';
import { type StatusDraft, say } from './draft.js';
import { countsRules } from './header-counts.js';
import type { Rule } from './header-rule.js';
import { timeRules } from './header-times.js';
import type { Section } from './section.js';

const PASS: Rule[1] = () => true;

/** What stands behind the stack since 2.1.6: `(Pacemaker is running)` and the other states of pacemakerd. */
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
  [/^Stack: (.+)$/, (draft, [, stack = '']) => say(draft.said, 'stack', withoutPacemakerd(stack))],
  [/^Current DC: NONE$/, (draft) => draft.dc.name === undefined && say(draft.said, 'dcIsNone', true)],
  [
    /^Current DC: ([^\s()[\]]+)((?: \([^()]*\))*)(?: [-–—] (MIXED-VERSION )?partition (with|WITHOUT) quorum)?$/,
    (draft, [, name = '', brackets = '', mixed, quorum]) => readDc(draft, name, brackets, mixed, quorum),
  ],
  [/^Version: (\S+)$/, (draft, [, version = '']) => say(draft.dc, 'version', version)],
  ...timeRules,
  ...countsRules,
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

/** Where every text begins; `pcs status cluster` and 2.x give it a title of its own. */
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
  return name === '' || say(draft.said, 'clusterName', name);
}

function withoutPacemakerd(stack: string): string {
  const cut = PACEMAKERD.map((state) => stack.indexOf(state)).find((at) => at > 0);
  return cut === undefined ? stack : stack.slice(0, cut);
}

/** The brackets hold the node's id (before the version) and the version; up to 1.1.12 that has a line of its own. */
function readDc(draft: StatusDraft, name: string, brackets: string, mixed?: string, quorum?: string): boolean {
  if (draft.said.dcIsNone || !say(draft.dc, 'name', name)) return false;
  for (const [, inside = ''] of brackets.matchAll(/\(([^()]*)\)/g)) {
    const version = /^version(?: (.*))?$/.exec(inside);
    if (version === null) say(draft.dc, 'id', inside);
    else if (version[1] && version[1] !== 'unknown') say(draft.dc, 'version', version[1]);
  }
  say(draft.said, 'mixedVersion', mixed !== undefined);
  return quorum === undefined || say(draft.said, 'quorate', quorum === 'with');
}

function option<K extends keyof ClusterOptions>(key: K, value: NonNullable<ClusterOptions[K]>): Rule[1] {
  return ({ options }) => say(options, key, value as (typeof options)[K]);
}

function readQuorumPolicy({ options }: StatusDraft, printed: string): boolean {
  const policy = QUORUM_POLICIES.find(([pattern]) => pattern.test(printed))?.[1];
  return policy !== undefined && say(options, 'noQuorumPolicy', policy);
}
