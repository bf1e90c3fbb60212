import { message } from '../../messages/message.js';
import { allOf, type ExplanationTable, oneOf, step } from './explanation.js';

type DaemonCode =
  | 'daemon-down'
  | 'daemon-not-at-boot'
  | 'daemons-fine'
  | 'pcsd-offline'
  | 'pcsd-unauthorised'
  | 'pcsd-unexplained';

export const DAEMON_EXPLANATIONS: ExplanationTable<DaemonCode> = {
  'daemon-down': ({ subject: { names }, payload: { active } }) => ({
    title: message('daemon-down.title', { names, active }),
    means: names.includes('pcsd') ? message('daemon-down.means.pcsd') : message('daemon-down.means.cluster'),
    cause: message('daemon-down.cause'),
    next: [
      step(`systemctl status ${oneOf(names, 'DAEMON')}`, message('daemon-down.systemctl-status')),
      step(`journalctl -b -u ${oneOf(names, 'DAEMON')}`, message('daemon-down.journalctl')),
    ],
  }),
  'daemon-not-at-boot': ({ subject: { names } }) => ({
    title: message('daemon-not-at-boot.title', { names }),
    means: message('daemon-not-at-boot.means', { names }),
    next: [
      names.includes('pcsd') && names.length === 1
        ? step('systemctl enable pcsd', message('daemon-not-at-boot.systemctl-enable-pcsd'))
        : step('pcs cluster enable --all', message('daemon-not-at-boot.pcs-cluster-enable')),
    ],
  }),
  'daemons-fine': ({ subject: { names } }) => ({
    title: message('daemons-fine.title', { names }),
    means: message('daemons-fine.means'),
    next: [],
  }),
  'pcsd-offline': ({ subject: { names } }) => ({
    title: message('pcsd-offline.title', { names }),
    means: message('pcsd-offline.means'),
    cause: message('pcsd-offline.cause'),
    next: [step('systemctl enable --now pcsd', message('on-node', { node: message('list', { items: names }) }))],
  }),
  'pcsd-unauthorised': ({ subject: { names } }) => ({
    title: message('pcsd-unauthorised.title', { names }),
    means: message('pcsd-unauthorised.means'),
    next: [step(`pcs host auth ${allOf(names, 'NODE…')} -u hacluster`, message('pcsd-unauthorised.pcs-host-auth'))],
  }),
  'pcsd-unexplained': ({ subject: { names }, payload: { printed } }) => ({
    title: message('pcsd-unexplained.title', { names, printed }),
    means: message('no-explanation'),
    next: [step('pcs status pcsd', message('pcsd-unexplained.pcs-status-pcsd'))],
  }),
};
