import type { FencingEvent } from '../../../src/model/cluster-state.js';
import { cutOff, node, state } from '../checks/states.js';
import type { WordRow } from './word-row.js';

const fencing = (status: FencingEvent['status'], target = 'ha-host1'): FencingEvent => ({
  text: `reboot of ${target} ${status}`,
  action: 'reboot',
  target,
  status,
});
const daemons = [
  { name: 'corosync', active: 'active', enabled: 'enabled' },
  { name: 'pcsd', active: 'active', enabled: 'disabled' },
];
const down = state({ nodes: [node('ha-host1', { online: false }), node('ha-host2'), node('ha-host3')] });
const { dc: _, quorate: __, ...electing } = state();

export const STATE_ROWS: readonly WordRow[] = [
  {
    word: 'quorate',
    say: (it) => it.be.quorate,
    yes: state(),
    no: cutOff,
    says: 'expected a partition with quorum: DC ha-host1, partition WITHOUT quorum',
    denies: 'expected no partition with quorum: DC ha-host3, partition with quorum',
  },
  {
    word: 'dc',
    say: (it) => it.have.dc('ha-host3'),
    yes: state(),
    no: cutOff,
    says: 'expected the DC to be ha-host3: DC ha-host1, partition WITHOUT quorum',
    denies: 'expected the DC not to be ha-host3: DC ha-host3, partition with quorum',
  },
  {
    word: 'noDc',
    say: (it) => it.have.noDc,
    yes: { ...electing, dcIsNone: true },
    no: state(),
    says: 'expected no DC: DC ha-host3',
    denies: 'expected a DC: DC NONE',
  },
  {
    word: 'noDc',
    say: (it) => it.have.noDc,
    yes: { ...electing, dcIsNone: true },
    no: electing,
    says: 'expected no DC: nothing said of a DC',
    denies: 'expected a DC: DC NONE',
  },
  {
    word: 'inMaintenanceMode',
    say: (it) => it.be.inMaintenanceMode,
    yes: state({ options: { maintenanceMode: true } }),
    no: state(),
    says: 'expected the cluster to be in maintenance mode: maintenance-mode is not mentioned',
    denies: 'expected the cluster not to be in maintenance mode: maintenance-mode is true',
  },
  {
    word: 'mixedVersion',
    say: (it) => it.be.mixedVersion,
    yes: state({ mixedVersion: true }),
    no: state({ mixedVersion: false }),
    says: 'expected members of different versions of pacemaker: they are of one',
    denies: 'expected members of one version of pacemaker: MIXED-VERSION',
  },
  {
    word: 'noFailedActions',
    say: (it) => it.have.noFailedActions,
    yes: state(),
    no: state({ failedActions: [{ text: 'vip_start_0 on ha-host1' }, { text: 'web_stop_0 on ha-host2' }] }),
    says: 'expected no failed actions: vip_start_0 on ha-host1; web_stop_0 on ha-host2',
    denies: 'expected failed actions: there are none',
  },
  {
    word: 'noFailedFencing',
    say: (it) => it.have.noFailedFencing,
    yes: state({ fencingHistory: [fencing('success')] }),
    no: state({
      failedFencing: [fencing('failed')],
      fencingHistory: [fencing('failed'), fencing('failed', 'ha-host2')],
    }),
    says: 'expected no failed fencing: reboot of ha-host1 failed; reboot of ha-host2 failed',
    denies: 'expected failed fencing: no fencing is listed',
  },
  {
    word: 'fullyRead',
    say: (it) => it.be.fullyRead,
    yes: state(),
    no: state({ unparsed: ['  what is this?'], truncated: ['there is no Daemon Status'] }),
    says:
      'expected a whole output, and every line of it understood: ' +
      'there is no Daemon Status; not understood is "what is this?"',
    denies: 'expected an output that is cut short or not understood: it is whole and understood',
  },
  {
    word: 'nodesOnline',
    say: (it) => it.have.nodesOnline('ha-host3', 'ha-host2'),
    yes: state({ nodes: [...down.nodes, node('web-bundle-0', { type: 'guest' })] }),
    no: state(),
    says: 'expected exactly ha-host3, ha-host2 to be online: ha-host1 online; ha-host2 online; ha-host3 online',
    denies: 'expected not exactly ha-host3, ha-host2 to be online: ha-host1 offline; ha-host2 online; ha-host3 online',
  },
  {
    word: 'fenced',
    say: (it) => it.have.fenced('ha-host1'),
    yes: state({ fencingHistory: [fencing('success'), fencing('failed')] }),
    no: state({ fencingHistory: [fencing('pending'), fencing('success', 'ha-host2')] }),
    says: 'expected ha-host1 to have been fenced: reboot of ha-host1 pending; reboot of ha-host2 success',
    denies: 'expected ha-host1 not to have been fenced: reboot of ha-host1 success; reboot of ha-host1 failed',
  },
  {
    word: 'daemon',
    say: (it) => it.have.daemon('pcsd', 'active/enabled'),
    yes: state({ daemons: [{ name: 'pcsd', active: 'active', enabled: 'enabled' }] }),
    no: state({ daemons }),
    says: 'expected the daemon pcsd to be active/enabled: corosync active/enabled, pcsd active/disabled',
    denies: 'expected the daemon pcsd not to be active/enabled: pcsd active/enabled',
  },
  {
    word: 'daemon',
    say: (it) => it.have.daemon('pacemaker'),
    yes: state({ daemons: [{ name: 'pacemaker', active: 'inactive', enabled: 'disabled' }] }),
    no: state({ daemons }),
    says: 'expected the daemon pacemaker to be listed: known are corosync, pcsd',
    denies: 'expected the daemon pacemaker not to be listed: pacemaker inactive/disabled',
  },
  {
    word: 'warning',
    say: (it) => it.have.warning('STONITH'),
    yes: state({ warnings: ['No stonith devices and stonith-enabled is not false'] }),
    no: state({ warnings: ['corosync and pacemaker node names do not match'] }),
    says: 'expected a warning with "STONITH": warnings: "corosync and pacemaker node names do not match"',
    denies: 'expected no warning with "STONITH": warnings: "No stonith devices and stonith-enabled is not false"',
  },
  {
    word: 'warning',
    say: (it) => it.have.warning(/^No stonith/g),
    yes: state({ warnings: ['No stonith devices and stonith-enabled is not false'] }),
    no: state(),
    says: 'expected a warning like /^No stonith/g: no warnings',
    denies: 'expected no warning like /^No stonith/g: warnings: "No stonith devices and stonith-enabled is not false"',
  },
  {
    word: 'error',
    say: (it) => it.have.error('not currently running'),
    yes: state({ errors: ['Error: cluster is not currently running on this node'] }),
    no: state(),
    says: 'expected an error with "not currently running": no errors',
    denies:
      'expected no error with "not currently running": errors: "Error: cluster is not currently running on this node"',
  },
];
