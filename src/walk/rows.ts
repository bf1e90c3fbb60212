import type { FaultKind } from '../model/scenario.js';
import type { WalkRow, WalkTable } from './row.js';
import { daemonKillRow, daemonStopRow } from './rows/daemons.js';
import { linkDownRow, oneWayLossRow } from './rows/links.js';
import { clusterStopRow, freezeRow, maintenanceRow, powerOffRow, standbyRow } from './rows/nodes.js';
import { addressGoneRow, failcountRow } from './rows/resources.js';

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
};

/** Undefined of what no walk draws. What it is handed must be of its kind. */
export function rowOf(kind: FaultKind): WalkRow<FaultKind> | undefined {
  const row = WALK[kind];
  return 'never' in row ? undefined : (row as unknown as WalkRow<FaultKind>);
}
