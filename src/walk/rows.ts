import type { FaultKind } from '../faults/index.js';
import type { WalkRow, WalkTable } from './row.js';
import { controllerFailRow } from './rows/controllers.js';
import { daemonKillRow, daemonStopRow } from './rows/daemons.js';
import { linkDownRow, oneWayLossRow } from './rows/links.js';
import { cpuLoadRow, diskFullRow, memoryLoadRow, rebootRow } from './rows/machines.js';
import { clusterStopRow, freezeRow, maintenanceRow, powerOffRow, standbyRow } from './rows/nodes.js';
import { isolateRow, partitionRow, ringRow, shapeRow } from './rows/partitions.js';
import { addressGoneRow, failcountRow } from './rows/resources.js';
import { monitorFailRow, processKillRow, startFailRow } from './rows/services.js';
import { initiatorCutRow, targetStopRow } from './rows/storage.js';

export const WALK: WalkTable = {
  'link-down': linkDownRow,
  'one-way-loss': oneWayLossRow,
  'power-off': powerOffRow,
  freeze: freezeRow,
  'daemon-kill': daemonKillRow,
  'daemon-stop': daemonStopRow,
  'cluster-stop': clusterStopRow,
  standby: standbyRow,
  maintenance: maintenanceRow,
  'address-gone': addressGoneRow,
  failcount: failcountRow,
  partition: partitionRow,
  isolate: isolateRow,
  ring: ringRow,
  shape: shapeRow,
  reboot: rebootRow,
  'process-kill': processKillRow,
  'monitor-fail': monitorFailRow,
  'start-fail': startFailRow,
  'stop-hang': {
    never:
      'A walk stops nothing on purpose, so by itself it shows nothing; and where another fault leads to a stop, the ' +
      'resource stays blocked until an operator cleans up, or with fencing it costs the node, as power-off does.',
  },
  'disk-full': diskFullRow,
  'cpu-load': cpuLoadRow,
  'memory-load': memoryLoadRow,
  'clock-skew': {
    never:
      'Audits read of each node what it has logged since the look before, by its own clock: once that was set, they ' +
      'would miss what is new, or take for new what is old.',
  },
  'controller-fail': controllerFailRow,
  'target-stop': targetStopRow,
  'initiator-cut': initiatorCutRow,
  'lun-fault': {
    never:
      'Healing the disk is not enough for the cluster to be as before: a file system that could not write its journal ' +
      'stays read-only until it is mounted anew, and a monitor that looks at the mount does not notice.',
  },
};

/** Undefined of what no walk draws. What it is handed must be of its kind. */
export function rowOf(kind: string): WalkRow | undefined {
  const row = WALK[kind as FaultKind];
  return 'never' in row ? undefined : (row as unknown as WalkRow);
}
