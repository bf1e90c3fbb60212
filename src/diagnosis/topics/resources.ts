import { type Message, message, sentences } from '../../messages/message.js';
import { baseId, type ResourceInstance } from '../../model/resource-tree.js';
import { isActiveAndHealthy } from '../../model/resource-view.js';
import { allOf, type ExplanationTable, firstOf, step, whyStep } from '../explanation.js';
import { areResourcesPrinted, type Facts, failuresOf, instancesNamed, isRunning } from '../facts.js';
import { isProbe } from '../failure.js';
import { about, type DiagnosisItem, item, type Payloads } from '../item.js';
import { placeItems } from './places.js';
import { stoppedItems } from './stopped.js';

/** Resources in an unexpected state, and the number of those that run. */
export function resourceItems(facts: Facts): readonly DiagnosisItem[] {
  return [
    ...facts.instances.flatMap((instance) => flagItems(instance, facts)),
    ...stoppedItems(facts),
    ...total(facts),
  ];
}

/** Items about a single instance, whichever container it belongs to. */
function flagItems(instance: ResourceInstance, facts: Facts): readonly DiagnosisItem[] {
  return [
    ...failureItems(instance, facts),
    ...placeItems(instance, facts),
    ...managementItems(instance, facts),
    ...underWay(instance),
  ];
}

function failureItems(instance: ResourceInstance, facts: Facts): readonly DiagnosisItem[] {
  const { nodes, agent } = instance;
  const subject = about('resource', instance.id);
  const failures = failuresOf(facts, instance.id);
  if (instance.blocked) {
    const stopFailed = failures.some(
      ({ operation, node }) => operation === 'stop' && (node === undefined || nodes.includes(node)),
    );
    return [item('resource-blocked', 'problem', subject, { nodes, stopFailed })];
  }
  if (!instance.failed) return [];
  if (instance.failureIgnored === true) return [item('failure-ignored', 'warning', subject, { nodes })];
  // The entry on the probe says it all: nobody could tell whether it runs there.
  const isOnlyProbed = nodes.every((node) => failures.some((action) => action.node === node && isProbe(action)));
  if (nodes.length > 0 && isOnlyProbed) return [];
  return [item('resource-failed', 'problem', subject, { nodes, agent, told: toldOf(failures, nodes) })];
}

function toldOf(
  failures: ReturnType<typeof failuresOf>,
  nodes: readonly string[],
): Payloads['resource-failed']['told'] {
  if (failures.some(({ operation, node = '' }) => operation === 'stop' && nodes.includes(node))) return 'stop';
  return failures.length > 0 ? 'operation' : 'nothing';
}

function managementItems(instance: ResourceInstance, facts: Facts): readonly DiagnosisItem[] {
  const { state } = facts;
  const { id, nodes, orphaned, managed, role } = instance;
  const items: DiagnosisItem[] = [];
  if (orphaned) items.push(item('orphaned', 'warning', about('resource', id), { nodes }));
  const inMaintenance = (name: string) => state.nodes.some((node) => node.name === name && node.maintenance);
  const isExplained = state.options.maintenanceMode === true || (nodes.length > 0 && nodes.every(inMaintenance));
  if (instance.disabled && isActiveAndHealthy(instance) && isLeftAlone(instance, isExplained))
    items.push(item('runs-until-managed', 'warning', about('resource', baseId(id)), { nodes: placesOf(id, facts) }));
  // A blocked or orphaned resource is printed as unmanaged too, and one that is stopped is explained as such.
  const maintenance = instance.maintenance === true;
  const isOwn = (!managed || maintenance) && role !== 'Stopped' && !isExplained && !instance.blocked && !orphaned;
  if (isOwn) items.push(item('unmanaged', 'warning', about('resource', baseId(id)), { maintenance }));
  return items;
}

/** Every node on which an instance of it is active. */
function placesOf(id: string, facts: Facts): readonly string[] {
  return instancesNamed(facts, id)
    .filter(isActiveAndHealthy)
    .flatMap(({ nodes }) => nodes);
}

/** Pacemaker does not touch it now, whatever its target role. */
function isLeftAlone({ managed, maintenance, blocked }: ResourceInstance, isExplained: boolean): boolean {
  return (!managed || maintenance === true || isExplained) && !blocked;
}

const IN_MOTION: readonly ResourceInstance['role'][] = ['Starting', 'Stopping', 'Promoting', 'Demoting', 'Migrating'];

function underWay({ id, nodes, role, pending }: ResourceInstance): readonly DiagnosisItem[] {
  const what = IN_MOTION.includes(role)
    ? role
    : pending !== undefined && !/monitor/i.test(pending)
      ? pending
      : undefined;
  return what === undefined ? [] : [item('under-way', 'note', about('resource', id), { what, nodes })];
}

function total({ state, instances, isSelection }: Facts): readonly DiagnosisItem[] {
  const running = instances.filter((instance) => isRunning(instance, state)).length;
  if (running > 0) {
    // Of a selection all may run, and nothing is known of the rest.
    const known = Math.max(instances.length, state.counts.resources ?? 0);
    const all = running === known && state.truncated.length === 0 && !isSelection;
    return [item('resources-running', 'good', about('resource'), { running, all })];
  }
  const { counts, resources, unparsed, unnamedActive = 0 } = state;
  // Lines that were not understood may be resources, unless none are counted.
  const isKnown = counts.resources === 0 || (counts.resources === undefined && unparsed.length === 0);
  const isEmpty = areResourcesPrinted(state) && resources.length === 0 && unnamedActive === 0 && isKnown;
  return isEmpty ? [item('no-resources', 'note', about('resource'))] : [];
}

export const RESOURCE_EXPLANATIONS = {
  'resources-running': ({ payload: { running, all } }) => ({
    title: all ? message('resources-running.title.all', { running }) : message('resources-running.title', { running }),
  }),
  'no-resources': () => ({ next: [step('pcs resource create …', 'no-resources.pcs-resource-create')] }),
  'resource-failed': ({ subject: { names }, payload: { agent, nodes, told } }) => ({
    means: sentences(
      told === 'stop' ? message('resource-failed.means.stop') : message('resource-failed.means'),
      nodes.length > 1 && message('resource-failed.means.several'),
    ),
    cause: failedCause(agent, told),
    next: [
      step('pcs status --full', 'resource-failed.pcs-status'),
      whyStep(firstOf(names, 'RESOURCE')),
      step(`pcs resource cleanup ${firstOf(names, 'RESOURCE')}`, 'resource-failed.pcs-resource-cleanup'),
    ],
  }),
  'failure-ignored': ({ subject: { names } }) => ({
    next: [step(`pcs resource config ${firstOf(names, 'RESOURCE')}`, 'failure-ignored.pcs-resource-config')],
  }),
  'resource-blocked': ({ subject: { names }, payload: { nodes, stopFailed } }) => ({
    cause: stopFailed ? message('resource-blocked.cause.stop-failed') : message('resource-blocked.cause.unknown'),
    next: [
      stopFailed
        ? step(`pcs resource debug-stop ${firstOf(names, 'RESOURCE')}`, 'resource-blocked.pcs-resource-debug-stop', {
            nodes,
          })
        : step(
            `pcs resource failcount show ${firstOf(names, 'RESOURCE')}`,
            'stopped-after-failure.pcs-resource-failcount',
          ),
      step(`pcs resource cleanup ${firstOf(names, 'RESOURCE')}`, 'resource-blocked.pcs-resource-cleanup'),
    ],
  }),
  orphaned: ({ subject: { names } }) => ({
    next: [step(`pcs resource cleanup ${firstOf(names, 'RESOURCE')}`, 'orphaned.pcs-resource-cleanup')],
  }),
  unmanaged: ({ subject: { names }, payload: { maintenance } }) => ({
    title: maintenance ? message('unmanaged.title.maintenance', { names }) : message('unmanaged.title', { names }),
    cause: maintenance ? message('unmanaged.cause.maintenance') : message('unmanaged.cause'),
    next: [
      maintenance
        ? step(`pcs resource meta ${firstOf(names, 'RESOURCE')} maintenance=`, 'step.work-done')
        : step(`pcs resource manage ${allOf(names, 'RESOURCE…')}`, 'step.manage'),
    ],
  }),
  'runs-until-managed': ({ subject: { names } }) => ({
    next: [step(`pcs resource enable ${allOf(names, 'RESOURCE…')}`, 'runs-until-managed.pcs-resource-enable')],
  }),
  'under-way': () => ({ next: [step('crm_mon -1', 'under-way.crm-mon')] }),
} satisfies Partial<ExplanationTable>;

function failedCause(agent: string, told: Payloads['resource-failed']['told']): Message {
  if (told === 'nothing') return message('resource-failed.cause.nothing');
  return agent.startsWith('stonith:')
    ? message('resource-failed.cause.device')
    : message('resource-failed.cause.resource');
}
