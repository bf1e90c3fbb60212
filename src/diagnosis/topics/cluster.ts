import { message, sentences } from '../../messages/message.js';
import { defined } from '../../model/defined.js';
import { type ExplanationTable, step } from '../explanation.js';
import { type Facts, offlineDc } from '../facts.js';
import { about, CLUSTER, type DiagnosisItem, item } from '../item.js';

/** Who decides, and whether all members decide by the same rules. */
export function dcItems({ state }: Facts): readonly DiagnosisItem[] {
  const items: DiagnosisItem[] = [];
  const { dc, dcIsNone, mixedVersion, nodes } = state;
  const offline = offlineDc(state);
  if (offline !== undefined) {
    items.push(item('dc-offline', 'problem', about('node', offline.name), { unclean: offline.unclean }));
  } else if (dc !== undefined) {
    const unclean = nodes.some(({ name, unclean }) => name === dc.name && unclean);
    const payload = { ...defined({ version: dc.version }), unclean };
    items.push(item('dc', unclean ? 'note' : 'good', about('node', dc.name), payload));
  } else if (dcIsNone === true) {
    const members = nodes.filter(({ type }) => type === 'member');
    const online = members.filter((node) => node.online).length;
    items.push(item('dc-none', 'problem', CLUSTER, { online, known: members.length }));
  }
  const sets = featureSets(nodes);
  if (Object.keys(sets).length > 1) items.push(item('feature-sets', 'warning', CLUSTER, { sets }));
  else if (mixedVersion === true) items.push(item('mixed-version', 'warning', CLUSTER));
  return items;
}

/** A set that a node has not told yet (`<3.15.1`) is no set of its own. */
function featureSets(nodes: Facts['state']['nodes']): Readonly<Record<string, readonly string[]>> {
  const sets: Record<string, string[]> = {};
  for (const { name, type, online, featureSet } of nodes) {
    if (type !== 'member' || !online || featureSet === undefined || featureSet.startsWith('<')) continue;
    sets[featureSet] = [...(sets[featureSet] ?? []), name];
  }
  return sets;
}

/** Settings of the whole cluster that hold everything back, or take a safety away. */
export function optionItems({ state: { options } }: Facts): readonly DiagnosisItem[] {
  const items: DiagnosisItem[] = [];
  if (options.stopAllResources === true) items.push(item('stop-all-resources', 'problem', CLUSTER));
  if (options.maintenanceMode === true) items.push(item('maintenance-mode', 'warning', CLUSTER));
  if (options.stonithEnabled === false) items.push(item('stonith-disabled', 'warning', CLUSTER));
  if (options.noQuorumPolicy === 'ignore')
    items.push(item('quorum-ignored', 'warning', CLUSTER, { policy: options.noQuorumPolicy }));
  if (options.symmetric === false) items.push(item('asymmetric', 'note', CLUSTER));
  return items;
}

export const DC_EXPLANATIONS = {
  dc: ({ subject, payload: { version, unclean } }) => ({
    title: message('dc.title', { node: subject.names.join(), version }),
    means: sentences(message('dc.means'), unclean && message('dc.means.unclean')),
  }),
  'dc-offline': ({ subject: { names }, payload: { unclean } }) => ({
    title: message('dc-offline.title', { names, unclean }),
    cause: message('dc-offline.cause'),
    next: [
      step('corosync-quorumtool -s', 'dc-none.corosync-quorumtool'),
      step('corosync-cfgtool -s', 'dc-none.corosync-cfgtool'),
      step('journalctl -u pacemaker -u corosync', 'step.every-node'),
    ],
  }),
  'dc-none': ({ payload: { online, known } }) => ({
    cause:
      known === 0
        ? message('dc-none.cause.no-nodes')
        : online === 0
          ? message('dc-none.cause.none-online')
          : message('dc-none.cause.electing'),
    next: [
      step('pcs status', 'dc-none.pcs-status'),
      step('corosync-cfgtool -s', 'dc-none.corosync-cfgtool'),
      step('corosync-quorumtool -s', 'dc-none.corosync-quorumtool'),
      step('journalctl -b -u pacemaker -u corosync', 'dc-none.journalctl-pacemaker-corosync'),
    ],
  }),
  'mixed-version': () => ({
    cause: message('mixed-version.cause'),
    next: [step('crm_mon --version', 'step.every-node')],
  }),
  'feature-sets': ({ payload: { sets } }) => ({
    lines: Object.entries(sets).map(([set, nodes]) => `${set}: ${nodes.join(', ')}`),
    next: [step('crm_mon --version', 'step.every-node')],
  }),
} satisfies Partial<ExplanationTable>;

export const OPTION_EXPLANATIONS = {
  'maintenance-mode': () => ({
    cause: message('maintenance-mode.cause'),
    next: [step('pcs property set maintenance-mode=false', 'step.work-done')],
  }),
  'stop-all-resources': () => ({
    cause: message('stop-all-resources.cause'),
    next: [step('pcs property set stop-all-resources=false', 'step.allow-start')],
  }),
  'stonith-disabled': () => ({
    next: [
      step('pcs stonith list', 'step.fence-agents'),
      step('pcs property set stonith-enabled=true', 'stonith-disabled.pcs-property-set'),
    ],
  }),
  'quorum-ignored': () => ({
    cause: message('quorum-ignored.cause'),
    next: [step('pcs property set no-quorum-policy=stop', 'step.default')],
  }),
  asymmetric: () => ({ next: [step('pcs constraint location', 'asymmetric.pcs-constraint-location')] }),
} satisfies Partial<ExplanationTable>;
