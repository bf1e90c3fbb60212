import { about, CLUSTER, item, type Meaning } from '../meaning.js';
import { NO_DEVICE, type Situation } from '../situation.js';
import { DISABLED_BY_NO_QUORUM } from './quorum.js';

/** A warning that is known; what it makes of the text, or nothing where another item says it already. */
type Rule = readonly [RegExp, (text: string, situation: Situation) => Meaning | undefined];

const said = undefined;

/** pcs's (pcs/lib/commands/status.py, up to 0.9 pcs/status.py) and those it passes on from crm_mon and crm_verify. */
const RULES: readonly Rule[] = [
  [NO_DEVICE, () => item('no-stonith-device', 'problem', CLUSTER, {})],
  // The sentences that pacemaker adds to it, up to 2.1 in messages of their own.
  [/^(?:error: )?(?:\w+: +)?(?:Either configure some or disable|NOTE: Clusters with shared data need)/i, () => said],
  [DISABLED_BY_NO_QUORUM, () => said],
  [
    /resources have been moved and their move constraints are still in place/i,
    (text) => {
      const resources = quotedIn(text);
      return item('move-constraints', 'warning', about('resource', ...resources), { resources });
    },
  ],
  [/^Run 'pcs constraint location' or 'pcs resource clear/i, () => said],
  [/corosync and pacemaker node names do not match/i, () => item('node-names-differ', 'warning', CLUSTER, {})],
  [
    /stonith devices have the 'action' option set/i,
    (text) => {
      const devices = quotedIn(text.slice(text.lastIndexOf(': ')));
      return item('stonith-action-option', 'warning', about('resource', ...devices), { devices });
    },
  ],
  [
    /stonith devices have the 'method' option set to 'cycle'/i,
    (text) => {
      const devices = quotedIn(text.slice(text.lastIndexOf(': ')));
      return item('stonith-method-cycle', 'warning', about('resource', ...devices), { devices });
    },
  ],
  [/blind faith: not fencing unseen nodes/i, () => item('startup-fencing-off', 'warning', CLUSTER, {})],
  [/watchdog/i, (text) => item('watchdog-setting', 'warning', CLUSTER, { printed: [text] })],
  [/booth/i, (text) => item('booth-authfile', 'warning', CLUSTER, { printed: [text] })],
  [
    /unable to (?:connect|authenticate)|not authori[sz]ed|unauthori[sz]ed|nodes? (?:is|are) offline/i,
    (text) => item('nodes-not-reached', 'warning', CLUSTER, { printed: [text] }),
  ],
  [
    /deprecated|will be removed in a future release/i,
    (text) => item('deprecated-setting', 'note', CLUSTER, { printed: [text] }),
  ],
];

/** Every warning that was printed, the unknown ones as they are. */
export function warningItems(situation: Situation): readonly Meaning[] {
  const { warnings } = situation.state;
  const printed = warnings.flatMap((text) => itemOf(text, situation));
  const isTold = printed.some(({ code }) => code === 'no-stonith-device');
  const derived = situation.lacksDevice && !isTold ? [item('no-stonith-device', 'problem', CLUSTER, {})] : [];
  return [...derived, ...printed];
}

function itemOf(text: string, situation: Situation): readonly Meaning[] {
  const rule = RULES.find(([pattern]) => pattern.test(text));
  if (rule === undefined) return [item('warning-unexplained', 'warning', CLUSTER, { printed: [text] })];
  const made = rule[1](text, situation);
  return made === undefined ? [] : [made];
}

/** pcs quotes ids singly: `'a', 'b'`. */
function quotedIn(text: string): readonly string[] {
  return [...text.matchAll(/'([^']+)'/g)].map(([, id]) => id ?? '');
}
