import type { List } from '../grammar.js';
import { list, plural } from './grammar.js';

export const DIAGNOSIS_SETTINGS = {
  'maintenance-mode.title': 'The whole cluster is in maintenance mode',
  'maintenance-mode.means':
    'Pacemaker does nothing: it does not start, stop, monitor or recover resources. Running resources keep running without protection, and the states shown may be out of date.',
  'maintenance-mode.cause': 'maintenance-mode=true was set.',
  'stop-all-resources.title': 'All resources are set to stop',
  'stop-all-resources.means':
    'stop-all-resources is true, so pacemaker starts no resource, whatever the other settings.',
  'stop-all-resources.cause': 'An administrator set it.',
  'stonith-disabled.title': 'Fencing is disabled',
  'stonith-disabled.means':
    'The cluster cannot make sure that a node it has lost contact with has stopped, so it assumes that it has. If it has not, two nodes run the same resource on the same data. Acceptable in a lab; a gamble in production.',
  'stonith-disabled.pcs-property-set': 'once there is a device and it has been tested',
  'quorum-ignored.title': 'Quorum is ignored (no-quorum-policy=ignore)',
  'quorum-ignored.means':
    'A partition without quorum carries on as if it had quorum. After a split, both halves run the same resources, unless fencing stops one of them.',
  'quorum-ignored.cause':
    'This is old advice for two nodes. corosync’s two_node: 1 has the same effect without the risk.',
  'asymmetric.title': 'Resources run only where a constraint allows it',
  'asymmetric.means': 'symmetric-cluster is false: a resource without a location constraint may not run anywhere.',
  'asymmetric.pcs-constraint-location': 'shows what is allowed where',
  'no-stonith-device.title': 'Fencing is enabled, but there is no fence device',
  'no-stonith-device.means':
    'stonith-enabled is not false and no device is configured, so by default pacemaker starts no resource at all: it could not make sure that a lost node has really stopped.',
  'no-stonith-device.cause':
    'Every new cluster starts like this; create a fence device, or (in a lab) disable fencing.',
  'move-constraints.title': ({ names }: { names: List }) =>
    `${list(names)} ${plural(names.length, { one: 'was', other: 'were' })} moved, and the constraint of the move is still there`,
  'move-constraints.means':
    'pcs resource move (up to 0.10) and pcs resource ban work by a location constraint, which stays: the resource will not go back, and may have nowhere to go when its node is lost.',
  'move-constraints.pcs-constraint-location': 'shows the constraint',
  'move-constraints.pcs-resource-clear': 'removes the constraint',
  'node-names-differ.title': 'corosync and pacemaker use different names for the nodes',
  'node-names-differ.means':
    'Most often the cluster was set up with addresses. It runs, but pcs commands that take a node name may not find the node.',
  'node-names-differ.crm-node': 'shows pacemaker’s names',
  'node-names-differ.corosync-cmapctl-nodelist': 'shows corosync’s names',
  'stonith-action-option.title': ({ names }: { names: List }) =>
    `The fence ${plural(names.length, { one: 'device', other: 'devices' })} ${list(names)} set 'action'`,
  'stonith-action-option.means':
    'The device then performs that action whatever pacemaker requests, so even a status query may switch a node off. Use pcmk_off_action and pcmk_reboot_action instead.',
  'stonith-action-option.pcs-stonith-update': 'for example',
  'stonith-method-cycle.title': ({ names }: { names: List }) =>
    `The fence ${plural(names.length, { one: 'device', other: 'devices' })} ${list(names)} set method=cycle`,
  'stonith-method-cycle.means':
    'A power cycle cannot be verified halfway, so the device may report a node as fenced that was never off. With onoff, it switches off, checks, and switches on.',
  'stonith-method-cycle.pcs-stonith-update': 'the safe way',
  'startup-fencing-off.title': 'Nodes that have never been seen are considered stopped',
  'startup-fencing-off.means':
    'startup-fencing is false. If such a node is up and only cut off, its resources run twice.',
  'watchdog-setting.title': 'Fencing by watchdog (sbd) is not set up correctly',
  'watchdog-setting.means':
    'A node that has to be fenced is reset by its own watchdog, and stonith-watchdog-timeout says how long the others wait for that. It must be greater than SBD_WATCHDOG_TIMEOUT, sbd must run on every node, and without sbd it must be 0; otherwise a node that is still running may be considered stopped.',
  'watchdog-setting.pcs-stonith-sbd': 'shows sbd on each node',
  'watchdog-setting.pcs-property-config': 'shows the value',
  'booth-authfile.title': 'booth is not configured correctly',
  'booth-authfile.means':
    'booth decides which site holds a ticket. Without its authfile, it accepts requests from any host.',
  'booth-authfile.pcs-booth-config': 'shows its configuration',
  'nodes-not-reached.title': 'pcs could not reach every node',
  'nodes-not-reached.means':
    'pcs queries the other nodes through pcsd, port 2224. This channel is separate from the cluster, which may itself be fine.',
  'nodes-not-reached.cause':
    'The node is down, pcsd does not run there, a firewall is in between, or the hosts are not authenticated.',
  'nodes-not-reached.pcs-status-pcsd': 'shows which nodes answer',
  'nodes-not-reached.pcs-host-auth': 'if authentication is the problem',
  'deprecated-setting.title': 'A setting is deprecated',
  'deprecated-setting.means': 'It works now, but will not after an upgrade.',
  'deprecated-setting.crm-verify': 'shows every message about the configuration',
  'warning-unexplained.title': 'A warning',
};
