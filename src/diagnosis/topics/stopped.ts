import { type Message, message, sentences } from '../../messages/message.js';
import type { Bundle, Clone, Group, Resource } from '../../model/cluster-state.js';
import { baseId, instancesOf, type ResourceInstance } from '../../model/resource-tree.js';
import { isCleanlyStopped } from '../../model/resource-view.js';
import {
  allOf,
  argument,
  type ExplanationTable,
  firstOf,
  historyStep,
  type NextStep,
  step,
  whyStep,
} from '../explanation.js';
import { type Facts, failuresOf } from '../facts.js';
import { about, type DiagnosisCode, type DiagnosisItem, item, type Payloads } from '../item.js';
import { whyStopped } from './why-stopped.js';

/** Everything that does not run, with its reason; the items of containers cover what runs in part. */
export function stoppedItems(facts: Facts): readonly DiagnosisItem[] {
  return facts.state.resources.flatMap((resource) => itemsOf(resource, facts));
}

function itemsOf(resource: Resource, facts: Facts): readonly DiagnosisItem[] {
  const instances = instancesOf({ resources: [resource] });
  if (resource.kind === 'group') return groupItems(resource, instances, facts);
  if (resource.kind !== 'primitive') return wholeItems(resource, instances, facts);
  return instances.filter(isCleanlyStopped).map((instance) => whyStopped({ instance, name: instance.id }, facts));
}

/** Weaker than the fact that the first member of the group does not run, without which the others cannot run. */
const WEAK_REASONS: readonly DiagnosisCode[] = ['stopped-unexplained', 'stopped-ticket', 'stopped-waits-for-fencing'];

/** In a group that runs in part, explains only the first member that is down and those that are disabled. */
function groupItems({ id }: Group, instances: readonly ResourceInstance[], facts: Facts): readonly DiagnosisItem[] {
  const first = instances.find((instance) => isCleanlyStopped(instance) || instance.failed);
  const isDown = instances.every(isCleanlyStopped);
  return instances.filter(isCleanlyStopped).flatMap((instance) => {
    const found = whyStopped({ instance, name: instance.id }, facts);
    if (instance === first || first === undefined) return [found];
    if (!isDown) return found.code === 'stopped-disabled' ? [found] : [];
    if (!WEAK_REASONS.includes(found.code)) return [found];
    return [item('stopped-behind', 'problem', about('resource', instance.id), { first: first.id, container: id })];
  });
}

/** A clone or bundle without a running instance is stopped as a whole. */
function wholeItems(
  { id }: Clone | Bundle,
  instances: readonly ResourceInstance[],
  facts: Facts,
): readonly DiagnosisItem[] {
  const [any] = instances;
  if (any === undefined || !instances.every(isCleanlyStopped)) return [];
  const failed = instances.find((each) => failuresOf(facts, each.id).length > 0) ?? any;
  return [whyStopped({ instance: { ...failed, id: baseId(failed.id) }, name: id }, facts)];
}

const MANAGE_AGAIN: {
  readonly [B in Payloads['stopped-unmanaged']['by']]: (names: readonly string[]) => NextStep;
} = {
  'maintenance-mode': () => step('pcs property set maintenance-mode=false', 'step.work-done'),
  maintenance: (names) => step(`pcs resource meta ${firstOf(names, 'RESOURCE')} maintenance=`, 'step.work-done'),
  unmanaged: (names) => step(`pcs resource manage ${allOf(names, 'RESOURCE…')}`, 'step.manage'),
};

/** `a, b are stopped: why`. */
function stopped(names: readonly string[], why: Message): Message {
  return message('stopped', { names, why });
}

export const STOPPED_EXPLANATIONS = {
  'stopped-disabled': ({ subject: { names } }) => ({
    title: stopped(names, message('stopped-disabled.title')),
    next: [step(`pcs resource enable ${allOf(names, 'RESOURCE…')}`, 'stopped-disabled.pcs-resource-enable')],
  }),
  'stopped-by-stop-all': ({ subject: { names } }) => ({
    title: stopped(names, message('stopped-by-stop-all.title')),
    next: [step('pcs property set stop-all-resources=false', 'step.allow-start')],
  }),
  'stopped-locked': ({ subject: { names }, payload: { node } }) => ({
    title: stopped(names, message('stopped-locked.title', { node })),
    next: [
      step(
        `pcs resource refresh ${firstOf(names, 'RESOURCE')} node=${argument(node, 'NODE')}`,
        'stopped-locked.pcs-resource-refresh',
      ),
    ],
  }),
  'stopped-unmanaged': ({ subject: { names }, payload: { by } }) => ({
    title: stopped(names, message(`stopped-unmanaged.title.${by}`)),
    next: [MANAGE_AGAIN[by](names)],
  }),
  'stopped-no-dc': ({ subject: { names } }) => ({
    title: stopped(names, message('stopped-no-dc.title')),
    next: [step('pcs status', 'stopped-no-dc.pcs-status')],
  }),
  'stopped-no-quorum': ({ subject: { names } }) => ({
    title: stopped(names, message('stopped-no-quorum.title')),
    next: [step('corosync-quorumtool -s', 'stopped-no-quorum.corosync-quorumtool')],
  }),
  'stopped-no-device': ({ subject: { names } }) => ({
    title: stopped(names, message('stopped-no-device.title')),
    next: [
      step('pcs stonith create NAME AGENT …', 'step.create-device'),
      step('pcs property set stonith-enabled=false', 'step.lab-only'),
    ],
  }),
  'stopped-no-device-listed': ({ subject: { names } }) => ({
    title: stopped(names, message('stopped-no-device-listed.title')),
    next: [
      step('pcs property config stonith-enabled', 'stopped-no-device-listed.pcs-property-config'),
      step('crm_verify --live-check -V', 'deprecated-setting.crm-verify'),
      step('pcs stonith create NAME AGENT …', 'step.create-device'),
      whyStep(firstOf(names, 'RESOURCE')),
    ],
  }),
  'stopped-no-node': ({ subject: { names } }) => ({
    title: stopped(names, message('stopped-no-node.title')),
    next: [step('pcs node unstandby --all', 'stopped-no-node.pcs-node-unstandby')],
  }),
  'stopped-after-failure': ({ subject: { names }, payload: { nodes, operation, reported, everywhere, others } }) => ({
    title: stopped(names, message('stopped-after-failure.title', { operation, nodes, reported })),
    means: everywhere
      ? message('stopped-after-failure.means.everywhere')
      : sentences(message('stopped-after-failure.means.here'), whyNotElsewhere(others)),
    cause: message('stopped-after-failure.cause'),
    next: [
      step(`pcs resource failcount show ${firstOf(names, 'RESOURCE')}`, 'stopped-after-failure.pcs-resource-failcount'),
      step(`pcs resource cleanup ${firstOf(names, 'RESOURCE')}`, 'stopped-after-failure.pcs-resource-cleanup'),
    ],
  }),
  'stopped-waits-for-fencing': ({ subject: { names }, payload: { nodes } }) => ({
    title: stopped(names, message('stopped-waits-for-fencing.title', { nodes })),
    next: [historyStep(firstOf(nodes, 'NODE'))],
  }),
  'stopped-banned': ({ subject: { names }, payload: { nodes } }) => ({
    title: stopped(names, message('stopped-banned.title', { nodes })),
    next: [
      step('pcs constraint location', 'stopped-banned.pcs-constraint-location'),
      step(`pcs resource clear ${firstOf(names, 'RESOURCE')}`, 'stopped-banned.pcs-resource-clear'),
    ],
  }),
  'stopped-ticket': ({ subject: { names }, payload: { tickets } }) => ({
    title: stopped(names, message('stopped-ticket.title', { tickets })),
    next: [step('pcs constraint ticket', 'stopped-ticket.pcs-constraint-ticket'), whyStep(firstOf(names, 'RESOURCE'))],
  }),
  'stopped-behind': ({ subject: { names }, payload: { first, container } }) => ({
    title: stopped(names, message('stopped-behind.title', { first, container })),
  }),
  'stopped-unexplained': ({ subject: { names }, payload: { device } }) => ({
    title: stopped(names, message('stopped-unexplained.title')),
    means: device ? message('stopped-unexplained.means.device') : message('stopped-unexplained.means.resource'),
    cause: device ? message('stopped-unexplained.cause.device') : message('stopped-unexplained.cause.resource'),
    next: [
      whyStep(firstOf(names, 'RESOURCE')),
      step('pcs constraint', 'stopped-unexplained.pcs-constraint'),
      step('crm_simulate -sL', 'stopped-unexplained.crm-simulate'),
      ...(device ? [step('pcs stonith config', 'stopped-unexplained.pcs-stonith-config')] : []),
    ],
  }),
} satisfies Partial<ExplanationTable>;

function whyNotElsewhere(others: readonly string[] | undefined): Message | undefined {
  if (others === undefined) return undefined;
  return others.length === 0
    ? message('stopped-after-failure.means.no-other')
    : message('stopped-after-failure.means.others', { others });
}
