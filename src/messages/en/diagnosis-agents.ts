export const DIAGNOSIS_AGENTS = {
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
