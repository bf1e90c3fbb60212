import { message } from '../../messages/message.js';
import { type ExplanationTable, firstOf, step } from '../explanation.js';
import { type Facts, NO_DEVICE } from '../facts.js';
import { about, CLUSTER, type DiagnosisItem, item } from '../item.js';
import { DISABLED_BY_NO_QUORUM } from './quorum.js';

/** A known warning, and the item for it; no item if another one covers it already. */
type Rule = readonly [RegExp, (text: string) => DiagnosisItem | undefined];

const covered = () => undefined;

/** pcs's (pcs/lib/commands/status.py, up to 0.9 pcs/status.py) and those it passes on from crm_mon and crm_verify. */
const RULES: readonly Rule[] = [
  [NO_DEVICE, () => item('no-stonith-device', 'problem', CLUSTER)],
  // Sentences that pacemaker adds to it, as separate messages up to 2.1.
  [/^(?:error: )?(?:\w+: +)?(?:Either configure some or disable|NOTE: Clusters with shared data need)/i, covered],
  [DISABLED_BY_NO_QUORUM, covered],
  [
    /resources have been moved and their move constraints are still in place/i,
    (text) => {
      const resources = quotedIn(text);
      return item('move-constraints', 'warning', about('resource', ...resources), { resources });
    },
  ],
  [/^Run 'pcs constraint location' or 'pcs resource clear/i, covered],
  [/corosync and pacemaker node names do not match/i, () => item('node-names-differ', 'warning', CLUSTER)],
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
  [/blind faith: not fencing unseen nodes/i, () => item('startup-fencing-off', 'warning', CLUSTER)],
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

/** Every printed warning, unknown ones unchanged. */
export function warningItems(facts: Facts): readonly DiagnosisItem[] {
  const { warnings } = facts.state;
  const printed = warnings.flatMap((text) => itemOf(text));
  const isPrinted = printed.some(({ code }) => code === 'no-stonith-device');
  const derived = facts.lacksDevice && !isPrinted ? [item('no-stonith-device', 'problem', CLUSTER)] : [];
  return [...derived, ...printed];
}

function itemOf(text: string): readonly DiagnosisItem[] {
  const rule = RULES.find(([pattern]) => pattern.test(text));
  if (rule === undefined) return [item('warning-unexplained', 'warning', CLUSTER, { printed: [text] })];
  const made = rule[1](text);
  return made === undefined ? [] : [made];
}

/** pcs quotes ids singly: `'a', 'b'`. */
function quotedIn(text: string): readonly string[] {
  return [...text.matchAll(/'([^']+)'/g)].map(([, id]) => id ?? '');
}

export const WARNING_EXPLANATIONS = {
  'no-stonith-device': () => ({
    cause: message('no-stonith-device.cause'),
    next: [
      step('pcs stonith list', 'step.fence-agents'),
      step('pcs stonith create NAME AGENT …', 'step.create-device'),
      step('pcs property set stonith-enabled=false', 'step.lab-only'),
    ],
  }),
  'move-constraints': ({ subject: { names } }) => ({
    next: [
      step('pcs constraint location', 'move-constraints.pcs-constraint-location'),
      step(`pcs resource clear ${firstOf(names, 'RESOURCE')}`, 'move-constraints.pcs-resource-clear'),
    ],
  }),
  'node-names-differ': () => ({
    next: [
      step('crm_node --list', 'node-names-differ.crm-node'),
      step('corosync-cmapctl nodelist', 'node-names-differ.corosync-cmapctl-nodelist'),
    ],
  }),
  'stonith-action-option': ({ subject: { names } }) => ({
    next: [
      step(
        `pcs stonith update ${firstOf(names, 'DEVICE')} action= pcmk_reboot_action=off`,
        'stonith-action-option.pcs-stonith-update',
      ),
    ],
  }),
  'stonith-method-cycle': ({ subject: { names } }) => ({
    next: [
      step(`pcs stonith update ${firstOf(names, 'DEVICE')} method=onoff`, 'stonith-method-cycle.pcs-stonith-update'),
    ],
  }),
  'startup-fencing-off': () => ({ next: [step('pcs property set startup-fencing=true', 'step.default')] }),
  'watchdog-setting': () => ({
    next: [
      step('pcs stonith sbd status', 'watchdog-setting.pcs-stonith-sbd'),
      step('pcs property config stonith-watchdog-timeout', 'watchdog-setting.pcs-property-config'),
    ],
  }),
  'booth-authfile': () => ({ next: [step('pcs booth config', 'booth-authfile.pcs-booth-config')] }),
  'nodes-not-reached': () => ({
    cause: message('nodes-not-reached.cause'),
    next: [
      step('pcs status pcsd', 'nodes-not-reached.pcs-status-pcsd'),
      step('pcs host auth NODE… -u hacluster', 'nodes-not-reached.pcs-host-auth'),
    ],
  }),
  'deprecated-setting': () => ({ next: [step('crm_verify --live-check -V', 'deprecated-setting.crm-verify')] }),
  'warning-unexplained': () => ({ means: message('no-explanation') }),
} satisfies Partial<ExplanationTable>;
