import { message } from '../../messages/message.js';
import { type ExplanationTable, oneOf, step } from './explanation.js';

type WarningCode =
  | 'no-stonith-device'
  | 'move-constraints'
  | 'node-names-differ'
  | 'stonith-action-option'
  | 'stonith-method-cycle'
  | 'startup-fencing-off'
  | 'watchdog-setting'
  | 'booth-authfile'
  | 'nodes-not-reached'
  | 'deprecated-setting'
  | 'warning-unexplained';

export const WARNING_EXPLANATIONS: ExplanationTable<WarningCode> = {
  'no-stonith-device': () => ({
    title: message('no-stonith-device.title'),
    means: message('no-stonith-device.means'),
    cause: message('no-stonith-device.cause'),
    next: [
      step('pcs stonith list', message('step.fence-agents')),
      step('pcs stonith create NAME AGENT …', message('step.create-device')),
      step('pcs property set stonith-enabled=false', message('step.lab-only')),
    ],
  }),
  'move-constraints': ({ subject: { names } }) => ({
    title: message('move-constraints.title', { names }),
    means: message('move-constraints.means'),
    next: [
      step('pcs constraint location', message('move-constraints.pcs-constraint-location')),
      step(`pcs resource clear ${oneOf(names, 'RESOURCE')}`, message('move-constraints.pcs-resource-clear')),
    ],
  }),
  'node-names-differ': () => ({
    title: message('node-names-differ.title'),
    means: message('node-names-differ.means'),
    next: [
      step('crm_node --list', message('node-names-differ.crm-node')),
      step('corosync-cmapctl nodelist', message('node-names-differ.corosync-cmapctl-nodelist')),
    ],
  }),
  'stonith-action-option': ({ subject: { names } }) => ({
    title: message('stonith-action-option.title', { names }),
    means: message('stonith-action-option.means'),
    next: [
      step(
        `pcs stonith update ${oneOf(names, 'DEVICE')} action= pcmk_reboot_action=off`,
        message('stonith-action-option.pcs-stonith-update'),
      ),
    ],
  }),
  'stonith-method-cycle': ({ subject: { names } }) => ({
    title: message('stonith-method-cycle.title', { names }),
    means: message('stonith-method-cycle.means'),
    next: [
      step(
        `pcs stonith update ${oneOf(names, 'DEVICE')} method=onoff`,
        message('stonith-method-cycle.pcs-stonith-update'),
      ),
    ],
  }),
  'startup-fencing-off': () => ({
    title: message('startup-fencing-off.title'),
    means: message('startup-fencing-off.means'),
    next: [step('pcs property set startup-fencing=true', message('step.default'))],
  }),
  'watchdog-setting': ({ payload: { printed } }) => ({
    title: message('watchdog-setting.title'),
    means: message('watchdog-setting.means'),
    lines: printed,
    next: [
      step('pcs stonith sbd status', message('watchdog-setting.pcs-stonith-sbd')),
      step('pcs property config stonith-watchdog-timeout', message('watchdog-setting.pcs-property-config')),
    ],
  }),
  'booth-authfile': ({ payload: { printed } }) => ({
    title: message('booth-authfile.title'),
    means: message('booth-authfile.means'),
    lines: printed,
    next: [step('pcs booth config', message('booth-authfile.pcs-booth-config'))],
  }),
  'nodes-not-reached': ({ payload: { printed } }) => ({
    title: message('nodes-not-reached.title'),
    means: message('nodes-not-reached.means'),
    cause: message('nodes-not-reached.cause'),
    lines: printed,
    next: [
      step('pcs status pcsd', message('nodes-not-reached.pcs-status-pcsd')),
      step('pcs host auth NODE… -u hacluster', message('nodes-not-reached.pcs-host-auth')),
    ],
  }),
  'deprecated-setting': ({ payload: { printed } }) => ({
    title: message('deprecated-setting.title'),
    means: message('deprecated-setting.means'),
    lines: printed,
    next: [step('crm_verify --live-check -V', message('deprecated-setting.crm-verify'))],
  }),
  'warning-unexplained': ({ payload: { printed } }) => ({
    title: message('warning-unexplained.title'),
    means: message('no-explanation'),
    lines: printed,
    next: [],
  }),
};
