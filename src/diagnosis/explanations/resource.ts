import { type Message, message, sentences } from '../../messages/message.js';
import { allOf, type ExplanationTable, historyStep, oneOf, step, whyStep } from './explanation.js';

type ResourceCode =
  | 'resources-running'
  | 'no-resources'
  | 'resource-failed'
  | 'failure-ignored'
  | 'resource-blocked'
  | 'multiply-active'
  | 'on-unclean-node'
  | 'orphaned'
  | 'unmanaged'
  | 'under-way';

export const RESOURCE_EXPLANATIONS: ExplanationTable<ResourceCode> = {
  'resources-running': ({ payload: { running, all } }) => ({
    title: all ? message('resources-running.title.all', { running }) : message('resources-running.title', { running }),
    means: message('resources-running.means'),
    next: [],
  }),
  'no-resources': () => ({
    title: message('no-resources.title'),
    means: message('no-resources.means'),
    next: [step('pcs resource create …', message('no-resources.pcs-resource-create'))],
  }),
  'resource-failed': ({ subject: { names }, payload: { nodes, agent } }) => ({
    title: message('resource-failed.title', { names, nodes }),
    means: message('resource-failed.means'),
    cause: agent.startsWith('stonith:')
      ? message('resource-failed.cause.device')
      : message('resource-failed.cause.resource'),
    next: [
      step('pcs status --full', message('resource-failed.pcs-status')),
      whyStep(oneOf(names, 'RESOURCE')),
      step(`pcs resource cleanup ${oneOf(names, 'RESOURCE')}`, message('resource-failed.pcs-resource-cleanup')),
    ],
  }),
  'failure-ignored': ({ subject: { names }, payload: { nodes } }) => ({
    title: message('failure-ignored.title', { names, nodes }),
    means: message('failure-ignored.means'),
    next: [step(`pcs resource config ${oneOf(names, 'RESOURCE')}`, message('failure-ignored.pcs-resource-config'))],
  }),
  'resource-blocked': ({ subject: { names }, payload: { nodes, stopFailed } }) => ({
    title: message('resource-blocked.title', { names, nodes }),
    means: message('resource-blocked.means'),
    cause: stopFailed ? message('resource-blocked.cause.stop-failed') : message('resource-blocked.cause.unknown'),
    next: [
      step(
        `pcs resource debug-stop ${oneOf(names, 'RESOURCE')}`,
        message('resource-blocked.pcs-resource-debug-stop', { nodes }),
      ),
      step(`pcs resource cleanup ${oneOf(names, 'RESOURCE')}`, message('resource-blocked.pcs-resource-cleanup')),
    ],
  }),
  'multiply-active': ({ subject: { names }, payload: { nodes, agent } }) => ({
    title: message('multiply-active.title', { names, nodes }),
    means: sentences(message('multiply-active.means'), dangerOf(agent)),
    cause: message('multiply-active.cause'),
    next: [
      step(`crm_resource --locate --resource ${oneOf(names, 'RESOURCE')}`, message('multiply-active.crm-resource')),
      step('systemctl is-enabled SERVICE', message('multiply-active.systemctl-is-enabled-service')),
    ],
  }),
  'on-unclean-node': ({ subject: { names }, payload: { node, device } }) => ({
    title: message('on-unclean-node.title', { names, node }),
    means: device ? message('on-unclean-node.means.device') : message('on-unclean-node.means.resource'),
    next: [historyStep(node)],
  }),
  orphaned: ({ subject: { names }, payload: { nodes } }) => ({
    title: message('orphaned.title', { names, nodes }),
    means: message('orphaned.means'),
    next: [step(`pcs resource cleanup ${oneOf(names, 'RESOURCE')}`, message('orphaned.pcs-resource-cleanup'))],
  }),
  unmanaged: ({ subject: { names } }) => ({
    title: message('unmanaged.title', { names }),
    means: message('unmanaged.means'),
    cause: message('unmanaged.cause'),
    next: [step(`pcs resource manage ${allOf(names, 'RESOURCE…')}`, message('step.manage'))],
  }),
  'under-way': ({ subject: { names }, payload: { what, nodes } }) => ({
    title: message('under-way.title', { names, what, nodes }),
    means: message('under-way.means'),
    next: [step('crm_mon -1', message('under-way.crm-mon'))],
  }),
};

function dangerOf(agent: string): Message | undefined {
  if (/:(?:Filesystem|LVM|LVM-activate|drbd|pgsql|mysql)$/.test(agent)) return message('multiply-active.data');
  return /:IPaddr2?$/.test(agent) ? message('multiply-active.address') : undefined;
}
