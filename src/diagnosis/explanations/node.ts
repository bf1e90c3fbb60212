import { type Message, message, sentences } from '../../messages/message.js';
import type { WhyUnclean } from '../meaning.js';
import { allOf, type ExplanationTable, historyStep, type NextStep, oneOf, step } from './explanation.js';

type NodeCode =
  | 'nodes-online'
  | 'node-offline'
  | 'node-unclean'
  | 'node-pending'
  | 'node-standby'
  | 'node-standby-on-fail'
  | 'node-maintenance'
  | 'node-health'
  | 'node-leftover'
  | 'node-unlisted';

export const NODE_EXPLANATIONS: ExplanationTable<NodeCode> = {
  'nodes-online': ({ subject: { names } }) => ({
    title: message('nodes-online.title', { names }),
    means: message('nodes-online.means', { names }),
    next: [],
  }),
  'node-offline': ({ subject: { names }, payload: { type, fencedAt } }) => ({
    title: message('node-offline.title', { type, names }),
    means: type === 'member' ? message('node-offline.means.member') : message('node-offline.means.remote'),
    ...(fencedAt === undefined ? {} : { cause: message('node-offline.cause', { fencedAt }) }),
    next: type === 'member' ? memberDown(names) : otherDown(names),
  }),
  'node-unclean': ({ subject: { names }, payload: { type, as, why } }) => ({
    title: message('node-unclean.title', { type, names, as }),
    means: sentences(message('node-unclean.means'), as === 'online' ? message('node-unclean.means.online') : undefined),
    ...(WHY_UNCLEAN[why] === undefined ? {} : { cause: WHY_UNCLEAN[why] }),
    next: uncleanSteps(oneOf(names, 'NODE'), why),
  }),
  'node-pending': ({ subject: { names }, payload: { type } }) => ({
    title: message('node-pending.title', { type, names }),
    means: message('node-pending.means'),
    cause: message('node-pending.cause'),
    next: [
      step('journalctl -b -u pacemaker', message('node-pending.journalctl-pacemaker')),
      step('crm_mon -1', message('node-pending.crm-mon')),
    ],
  }),
  'node-standby': ({ subject: { names }, payload: { withResources } }) => ({
    title: message('node-standby.title', { names }),
    means: sentences(
      message('node-standby.means'),
      withResources ? message('node-standby.means.with-resources') : undefined,
    ),
    cause: message('node-standby.cause'),
    next: [step(`pcs node unstandby ${allOf(names, 'NODE…')}`, message('node-standby.pcs-node-unstandby'))],
  }),
  'node-standby-on-fail': ({ subject: { names } }) => ({
    title: message('node-standby-on-fail.title', { names }),
    means: message('node-standby-on-fail.means'),
    cause: message('node-standby-on-fail.cause'),
    next: [
      step('pcs resource failcount show', message('node-standby-on-fail.pcs-resource-failcount')),
      step('pcs resource cleanup RESOURCE', message('node-standby-on-fail.pcs-resource-cleanup')),
    ],
  }),
  'node-maintenance': ({ subject: { names } }) => ({
    title: message('node-maintenance.title', { names }),
    means: message('node-maintenance.means'),
    cause: message('node-maintenance.cause'),
    next: [step(`pcs node unmaintenance ${allOf(names, 'NODE…')}`, message('step.work-done'))],
  }),
  'node-health': ({ subject: { names }, payload: { health } }) => ({
    title: message('node-health.title', { names, health }),
    means: health === 'red' ? message('node-health.means.red') : message('node-health.means.yellow'),
    next: [
      step('crm_mon -1A', message('node-health.crm-mon-a')),
      step('pcs property config node-health-strategy', message('node-health.pcs-property-config')),
    ],
  }),
  'node-leftover': ({ subject: { names }, payload: { id, unclean } }) => ({
    title: message('node-leftover.title', { names, unclean, id }),
    means: message('node-leftover.means'),
    next: [
      step('crm_node -l', message('node-leftover.crm-node')),
      step(`cibadmin --delete --xml-text '<node id="${id ?? 'ID'}"/>'`, message('node-leftover.cibadmin-node-id')),
    ],
  }),
  'node-unlisted': ({ subject: { names }, payload: { resources } }) => ({
    title: message('node-unlisted.title', { names, resources }),
    means: message('node-unlisted.means'),
    next: [step('crm_mon -1 --inactive', message('node-unlisted.crm-mon'))],
  }),
};

function memberDown(names: readonly string[]): readonly NextStep[] {
  const node = oneOf(names, 'NODE');
  return [
    step('systemctl status corosync pacemaker', message('node-offline.systemctl-status-corosync', { node })),
    step('corosync-cfgtool -s', message('node-offline.corosync-cfgtool')),
    step(`pcs cluster start ${node}`, message('node-offline.pcs-cluster-start')),
    historyStep(node),
  ];
}

function otherDown(names: readonly string[]): readonly NextStep[] {
  const node = oneOf(names, 'NODE');
  return [
    step('systemctl status pacemaker_remote', message('on-node', { node })),
    step('pcs status --full', message('node-offline.remote.pcs-status')),
  ];
}

const WHY_UNCLEAN: { readonly [W in WhyUnclean]: Message | undefined } = {
  'no-dc': message('node-unclean.cause.no-dc'),
  'no-quorum': message('node-unclean.cause.no-quorum'),
  'no-device': message('node-unclean.cause.no-device'),
  'stonith-disabled': message('node-unclean.cause.stonith-disabled'),
  'fencing-failed': message('node-unclean.cause.fencing-failed'),
  'fencing-pending': message('node-unclean.cause.fencing-pending'),
  'not-told': undefined,
};

function uncleanSteps(node: string, why: WhyUnclean): readonly NextStep[] {
  const confirm = step(`pcs stonith confirm ${node}`, message('node-unclean.confirm'));
  if (why === 'no-dc') return [step('corosync-quorumtool -s', message('node-unclean.corosync-quorumtool'))];
  return [
    historyStep(node),
    ...(why === 'no-device' ? [step('pcs stonith list', message('step.fence-agents'))] : []),
    step('journalctl -u pacemaker', message('node-unclean.journalctl-pacemaker')),
    confirm,
  ];
}
