import { message } from '../../messages/message.js';
import { type ExplanationTable, oneOf, step, whyStep } from './explanation.js';

type ContainerCode =
  | 'group-partial'
  | 'group-inactive'
  | 'clone-stopped-on'
  | 'clone-not-there'
  | 'clone-without-promoted'
  | 'replica-down';

export const CONTAINER_EXPLANATIONS: ExplanationTable<ContainerCode> = {
  'group-partial': ({ subject: { names }, payload: { running, down, first, firstIs } }) => ({
    title: message('group-partial.title', { names, down }),
    means: message('group-partial.means', { running, first, firstIs }),
    next: [
      whyStep(first),
      step(`pcs resource config ${oneOf(names, 'GROUP')}`, message('group-partial.pcs-resource-config')),
    ],
  }),
  'group-inactive': ({ subject: { names }, payload: { hidden } }) => ({
    title: message('group-inactive.title', { names, hidden }),
    means: message('group-inactive.means'),
    next: [step('crm_mon -1 --inactive', message('step.list-stopped'))],
  }),
  'clone-stopped-on': ({ subject: { names }, payload: { nodes, failed } }) => ({
    title: message('clone-stopped-on.title', { names, nodes }),
    means: message('clone-stopped-on.means'),
    ...(failed ? { cause: message('clone-stopped-on.cause') } : {}),
    next: [
      step('pcs constraint location', message('clone-stopped-on.pcs-constraint-location')),
      whyStep(oneOf(names, 'CLONE')),
    ],
  }),
  'clone-not-there': ({ subject: { names }, payload: { nodes } }) => ({
    title: message('clone-not-there.title', { names, nodes }),
    means: message('clone-not-there.means'),
    next: [],
  }),
  'clone-without-promoted': ({ subject: { names }, payload: { nodes } }) => ({
    title: message('clone-without-promoted.title', { names }),
    means: message('clone-without-promoted.means', { nodes }),
    cause: message('clone-without-promoted.cause'),
    next: [
      step('crm_simulate -sL', message('clone-without-promoted.crm-simulate')),
      step('pcs status --full', message('clone-without-promoted.pcs-status')),
    ],
  }),
  'replica-down': ({ subject: { names }, payload: { bundle } }) => ({
    title: message('replica-down.title', { bundle, names }),
    means: message('replica-down.means'),
    cause: message('replica-down.cause'),
    next: [
      step('pcs status --full', message('replica-down.pcs-status')),
      step('podman ps -a', message('replica-down.podman-ps')),
    ],
  }),
};
