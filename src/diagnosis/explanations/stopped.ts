import { type Message, message } from '../../messages/message.js';
import { allOf, argument, type ExplanationTable, historyStep, oneOf, step, whyStep } from './explanation.js';

type StoppedCode =
  | 'stopped-disabled'
  | 'stopped-by-stop-all'
  | 'stopped-locked'
  | 'stopped-unmanaged'
  | 'stopped-no-dc'
  | 'stopped-no-quorum'
  | 'stopped-no-device'
  | 'stopped-no-node'
  | 'stopped-after-failure'
  | 'stopped-waits-for-fencing'
  | 'stopped-banned'
  | 'stopped-ticket'
  | 'stopped-behind'
  | 'stopped-unexplained';

/** `a, b are stopped: why`. */
function stopped(names: readonly string[], why: Message): Message {
  return message('stopped', { names, why });
}

export const STOPPED_EXPLANATIONS: ExplanationTable<StoppedCode> = {
  'stopped-disabled': ({ subject: { names } }) => ({
    title: stopped(names, message('stopped-disabled.title')),
    means: message('stopped-disabled.means'),
    next: [step(`pcs resource enable ${allOf(names, 'RESOURCE…')}`, message('stopped-disabled.pcs-resource-enable'))],
  }),
  'stopped-by-stop-all': ({ subject: { names } }) => ({
    title: stopped(names, message('stopped-by-stop-all.title')),
    means: message('stopped-by-stop-all.means'),
    next: [step('pcs property set stop-all-resources=false', message('step.allow-start'))],
  }),
  'stopped-locked': ({ subject: { names }, payload: { node } }) => ({
    title: stopped(names, message('stopped-locked.title', { node })),
    means: message('stopped-locked.means'),
    next: [
      step(
        `pcs resource refresh ${oneOf(names, 'RESOURCE')} node=${argument(node, 'NODE')}`,
        message('stopped-locked.pcs-resource-refresh'),
      ),
    ],
  }),
  'stopped-unmanaged': ({ subject: { names }, payload: { by } }) => ({
    title:
      by === 'maintenance-mode'
        ? stopped(names, message('stopped-unmanaged.title.maintenance-mode'))
        : stopped(names, message('stopped-unmanaged.title.unmanaged')),
    means: message('stopped-unmanaged.means'),
    next: [
      by === 'maintenance-mode'
        ? step('pcs property set maintenance-mode=false', message('step.work-done'))
        : step(`pcs resource manage ${allOf(names, 'RESOURCE…')}`, message('step.manage')),
    ],
  }),
  'stopped-no-dc': ({ subject: { names } }) => ({
    title: stopped(names, message('stopped-no-dc.title')),
    means: message('stopped-no-dc.means'),
    next: [step('pcs status', message('stopped-no-dc.pcs-status'))],
  }),
  'stopped-no-quorum': ({ subject: { names } }) => ({
    title: stopped(names, message('stopped-no-quorum.title')),
    means: message('stopped-no-quorum.means'),
    next: [step('corosync-quorumtool -s', message('stopped-no-quorum.corosync-quorumtool'))],
  }),
  'stopped-no-device': ({ subject: { names } }) => ({
    title: stopped(names, message('stopped-no-device.title')),
    means: message('stopped-no-device.means'),
    next: [
      step('pcs stonith create NAME AGENT …', message('step.create-device')),
      step('pcs property set stonith-enabled=false', message('step.lab-only')),
    ],
  }),
  'stopped-no-node': ({ subject: { names } }) => ({
    title: stopped(names, message('stopped-no-node.title')),
    means: message('stopped-no-node.means'),
    next: [step('pcs node unstandby --all', message('stopped-no-node.pcs-node-unstandby'))],
  }),
  'stopped-after-failure': ({ subject: { names }, payload: { node, operation, said, everywhere } }) => ({
    title: stopped(names, message('stopped-after-failure.title', { operation, node, reported: said })),
    means: everywhere ? message('stopped-after-failure.means.everywhere') : message('stopped-after-failure.means.here'),
    cause: message('stopped-after-failure.cause'),
    next: [
      step(
        `pcs resource failcount show ${oneOf(names, 'RESOURCE')}`,
        message('stopped-after-failure.pcs-resource-failcount'),
      ),
      step(`pcs resource cleanup ${oneOf(names, 'RESOURCE')}`, message('stopped-after-failure.pcs-resource-cleanup')),
    ],
  }),
  'stopped-waits-for-fencing': ({ subject: { names }, payload: { nodes } }) => ({
    title: stopped(names, message('stopped-waits-for-fencing.title', { nodes })),
    means: message('stopped-waits-for-fencing.means'),
    next: [historyStep(oneOf(nodes, 'NODE'))],
  }),
  'stopped-banned': ({ subject: { names }, payload: { nodes } }) => ({
    title: stopped(names, message('stopped-banned.title', { nodes })),
    means: message('stopped-banned.means'),
    next: [
      step('pcs constraint location', message('stopped-banned.pcs-constraint-location')),
      step(`pcs resource clear ${oneOf(names, 'RESOURCE')}`, message('stopped-banned.pcs-resource-clear')),
    ],
  }),
  'stopped-ticket': ({ subject: { names }, payload: { tickets } }) => ({
    title: stopped(names, message('stopped-ticket.title', { tickets })),
    means: message('stopped-ticket.means'),
    next: [
      step('pcs constraint ticket', message('stopped-ticket.pcs-constraint-ticket')),
      whyStep(oneOf(names, 'RESOURCE')),
    ],
  }),
  'stopped-behind': ({ subject: { names }, payload: { first, container } }) => ({
    title: stopped(names, message('stopped-behind.title', { first, container })),
    means: message('stopped-behind.means'),
    next: [],
  }),
  'stopped-unexplained': ({ subject: { names }, payload: { device } }) => ({
    title: stopped(names, message('stopped-unexplained.title')),
    means: device ? message('stopped-unexplained.means.device') : message('stopped-unexplained.means.resource'),
    cause: device ? message('stopped-unexplained.cause.device') : message('stopped-unexplained.cause.resource'),
    next: [
      whyStep(oneOf(names, 'RESOURCE')),
      step('pcs constraint', message('stopped-unexplained.pcs-constraint')),
      step('crm_simulate -sL', message('stopped-unexplained.crm-simulate')),
      ...(device ? [step('pcs stonith config', message('stopped-unexplained.pcs-stonith-config'))] : []),
    ],
  }),
};
