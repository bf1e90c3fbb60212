import type { List } from '../grammar.js';
import { list } from './grammar.js';

export const DIAGNOSIS_FAILURES = {
  'failed-monitor.means':
    'Pacemaker counts the failure, stops what is left of the resource and starts it again, on the same node at first; when the fail count reaches migration-threshold, it moves to another node.',
  'failed-probe.means':
    'Pacemaker only asked whether it runs there already (a probe). Without a clear answer, pacemaker does not run it there.',
  'failed-probe.means.failed':
    'It is shown as failed there for this reason only: as far as is known, it does not run there.',
  'failed-start.means':
    'By default, one failed start is enough (start-failure-is-fatal): the fail count is set to INFINITY, and pacemaker does not try this node again until the failure is cleaned up.',
  'failed-promote.means':
    'It was not promoted. Pacemaker counts the failure, restarts the instance, and may promote another one.',
  'failed-demote.means':
    'It may still be Promoted there. Pacemaker stops it, and promotes no other instance before that is done; a failed stop may follow.',
  'failed-migration.means': 'It could not be moved while running; pacemaker stops it here and starts it there instead.',
  'failed-operation.means': 'Pacemaker follows the operation’s on-fail setting, by default a restart.',
  'failed-unreadable.title': 'A failed action that halab cannot parse',
  'failed-unreadable.means': 'All that is known is that something failed.',
  'failed-unreadable.crm-mon': 'shows all failed actions',
  'failed-stop.means':
    'A failed stop is the most serious failure: the resource may still run there, so it must not be started elsewhere.',
  'failed-stop.means.on': 'Fencing is on, so the node is fenced.',
  'failed-stop.means.off': 'Fencing is off, so the resource is blocked until an administrator intervenes.',
  'failed-stop.means.no-device': 'There is no fence device, so nothing can ensure that it has stopped.',
  'failed-stop.means.unknown':
    'With fencing, the node is fenced; without it, the resource is blocked until an administrator intervenes.',
  'failure.title': (failed: {
    operation: string;
    resource: string;
    nodes: List;
    outcome: string;
    at: string | undefined;
  }) =>
    `${failed.operation} of ${failed.resource}${failed.nodes.length === 0 ? '' : ` on ${list(failed.nodes)}`}: ${failed.outcome}${failed.at === undefined ? '' : `, at ${failed.at}`}`,
  'failure.now.runs': 'It runs there again: this is the record of a past failure, and stays until it is cleaned up.',
  'failure.now.runs-elsewhere': ({ runsOn }: { runsOn: List }) => `It now runs on ${list(runsOn)}.`,
  'failure.now.stopped': 'It is stopped now.',
  'failure.now.failed': 'It is still shown as failed.',
  'failure.now.blocked': 'It is blocked now.',
  'failure.hard': 'This code means that pacemaker does not try it on this node again.',
  'failure.fatal': 'This code means that pacemaker does not try it on any node again.',
  'failure.count': ({ count }: { count: string }) => `Its fail count there is ${count}.`,
  'failure.count-of': ({ count, threshold }: { count: string; threshold: string }) =>
    `Its fail count there is ${count}, with migration-threshold ${threshold}.`,
  'failure.reason': ({ reason }: { reason: string }) => `The agent’s reason: “${reason}”.`,
  'failure.remedy.address-outside':
    'The address is in none of the networks that this node has an address in, so no interface fits it. Correct ip, or set nic and cidr_netmask.',
  'failure.remedy.no-interface':
    'No interface that fits the address was up at that time: it was down, or had lost its own address.',
  'failure.outside': ({ address, networks, nodes }: { address: string; networks: List; nodes: List }) =>
    `${address} lies in none of the networks that ${nodes.length > 0 ? list(nodes) : 'the node'} ${nodes.length > 1 ? 'have' : 'has'} an address in (${list(networks)}), so no interface fits it.`,
  'failure.other-address': 'with a free address of one of its networks; pacemaker then tries again',
  'failure.remedy.label':
    'An interface label, with the interface’s name and a colon before it, may have at most 15 characters: shorten or remove iflabel.',
  'on-the-node': 'on the node',
  'failure.journal': ({ where }: { where: string }) => `${where}, around that time`,
  'failure.debug': ({ where }: { where: string }) => `${where}: runs the agent manually and shows its output`,
  'failure.fail-count': 'shows how often it failed, and where',
  'failure.cleanup': 'after the fix: clears the failure, and pacemaker tries again',
  'outcome.error.name': 'error (1)',
  'outcome.error.causes': 'The agent’s general error: only its reason or the log can say more.',
  'outcome.arguments.name': 'invalid parameter (2)',
  'outcome.arguments.causes':
    'A parameter is wrong on this node: a file, device or interface that it names does not exist here.',
  'outcome.unimplemented.name': 'unimplemented (3)',
  'outcome.unimplemented.causes':
    'The agent does not support this operation: for example, a promotable clone of an agent that cannot be promoted, or an init script without status.',
  'outcome.privileges.name': 'insufficient privileges (4)',
  'outcome.privileges.causes':
    'The agent lacks permission: it is not executable, its owner or mode is wrong, or SELinux or AppArmor forbids it.',
  'outcome.not-installed.name': 'not installed (5)',
  'outcome.not-installed.causes':
    'The program, or the agent itself, is missing on this node: a package that the other nodes have is not installed here.',
  'outcome.not-configured.name': 'not configured (6)',
  'outcome.not-configured.causes':
    'The resource’s own configuration is wrong, on any node: a required parameter is missing or cannot be right.',
  'outcome.not-running.name': 'not running (7)',
  'outcome.not-running.causes': 'It died, or was stopped outside the cluster (systemctl, kill, ip addr del).',
  'outcome.not-running.causes.start':
    'The agent started it and then found that it does not run: most often the program ended at once, and its own log says why.',
  'outcome.not-running.causes.other': 'The agent found that it does not run, so there was nothing to act on.',
  'outcome.promoted.name': 'promoted, but should not be (8)',
  'outcome.promoted.causes': 'It was promoted outside the cluster, or a demote did not take effect.',
  'outcome.failed-promoted.name': 'failed while promoted (9)',
  'outcome.failed-promoted.causes':
    'The Promoted instance is there but does not work: pacemaker demotes and restarts it, or promotes another.',
  'outcome.connection-died.name': 'connection lost (189)',
  'outcome.connection-died.causes':
    'Pacemaker lost its connection to the daemon that runs the agents on that node: pacemaker_remote or the executor died there, or the network failed.',
  'outcome.degraded.name': 'degraded (190)',
  'outcome.degraded.causes':
    'It runs, but the agent expects it to fail soon: a path, disk or replica is lost. Pacemaker treats it as running.',
  'outcome.timed-out.name': 'timed out',
  'outcome.timed-out.causes':
    'The agent did not finish in time and was killed: it hangs (storage or a server does not answer), or the node is overloaded. Find out which first; a longer timeout helps only against slowness, not against a hang.',
  'outcome.not-executed.name': 'could not be executed',
  'outcome.not-executed.causes':
    'The agent was not executed at all: it is missing, the connection to the node is lost, or the process could not be started.',
  'outcome.cancelled.name': 'cancelled',
  'outcome.cancelled.causes': 'Pacemaker itself cancelled it.',
  'outcome.unknown.name': 'failed',
  'outcome.unknown.causes': 'The output does not say how it failed.',

  'agent.on-node': ({ why }: { why: string }) => `on the node: ${why}`,
  'agent.stonith.usual':
    'For a fence device, start and monitor query its status: the device cannot be reached from there, or login or plug are wrong. Fencing with it would fail in the same way.',
  'agent.stonith.pcs-stonith-config': 'shows address, login and plug',
  'agent.systemd.usual':
    'The unit itself fails, or it is enabled in systemd and is started or stopped outside the cluster.',
  'agent.systemd.systemctl-status': 'shows the state of the unit',
  'agent.systemd.journalctl': 'shows its own log',
  'agent.lsb.usual':
    'Init scripts often do not follow LSB: status must return 3 when stopped, and start and stop must succeed when there is nothing to do.',
  'agent.lsb.init-script': '0 means running, 3 stopped',
  'agent.remote.usual':
    'This is the connection to pacemaker_remote, port 3121: the machine or container is down, the daemon does not run there, or /etc/pacemaker/authkey differs.',
  'agent.remote.nc': 'shows whether the port answers',
  'agent.address.usual': 'The interface is down or has no address in that network, or the address is in use elsewhere.',
  'agent.address.ip-address': 'shows interfaces and addresses',
  'agent.filesystem.usual':
    'The device does not exist, the file system needs a check, or a process still has it open (fuser -vm).',
  'agent.filesystem.findmnt-lsblk': 'shows devices and mounts',
  'agent.filesystem.dmesg-tail': 'shows kernel errors',
  'agent.web.usual':
    'The configuration has an error, the port is taken, or the page that monitor requests (statusurl) does not answer.',
  'agent.web.configtest': 'checks the configuration',
  'agent.database.usual':
    'The database’s own log gives the reason; replication that lags or is broken shows up here too.',
  'agent.machine.usual':
    'Often the virtual machine or container itself does not run: check the hypervisor or the container engine.',
  'agent.machine.virsh-list': 'shows the state of the virtual machine',
  'agent.machine.podman-ps': 'shows whether the container has exited (or docker ps -a)',
  'agent.storage.usual': 'The underlying device is missing, in use, or not in sync.',
  'agent.storage.drbdadm-status': 'shows role, connection and disk',
  'agent.storage.lsblk': 'shows the devices',
};
