import type { FaultTable } from '../ports/fault.js';
import { addressGone } from './address-gone.js';
import { clusterStop } from './cluster-stop.js';
import { daemonKill } from './daemon-kill.js';
import { daemonStop } from './daemon-stop.js';
import { failcount } from './failcount.js';
import { freeze } from './freeze.js';
import { initiatorCut } from './initiator-cut.js';
import { linkDown } from './link-down.js';
import { lunFault } from './lun-fault.js';
import { maintenance } from './maintenance.js';
import { oneWayLoss } from './one-way-loss.js';
import { powerOff } from './power-off.js';
import { standby } from './standby.js';
import { targetStop } from './target-stop.js';

export const FAULTS: FaultTable = {
  'link-down': linkDown,
  'one-way-loss': oneWayLoss,
  'power-off': powerOff,
  freeze,
  'daemon-kill': daemonKill,
  'daemon-stop': daemonStop,
  'cluster-stop': clusterStop,
  standby,
  maintenance,
  'address-gone': addressGone,
  failcount,
  'target-stop': targetStop,
  'initiator-cut': initiatorCut,
  'lun-fault': lunFault,
};
