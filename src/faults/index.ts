import type { FaultTable } from '../ports/fault.js';
import { addressGone } from './address-gone.js';
import { clockSkew } from './clock-skew.js';
import { clusterStop } from './cluster-stop.js';
import { controllerFail } from './controller-fail.js';
import { cpuLoad } from './cpu-load.js';
import { daemonKill } from './daemon-kill.js';
import { daemonStop } from './daemon-stop.js';
import { diskFull } from './disk-full.js';
import { failcount } from './failcount.js';
import { freeze } from './freeze.js';
import { initiatorCut } from './initiator-cut.js';
import { isolate } from './isolate.js';
import { linkDown } from './link-down.js';
import { lunFault } from './lun-fault.js';
import { maintenance } from './maintenance.js';
import { memoryLoad } from './memory-load.js';
import { monitorFail } from './monitor-fail.js';
import { oneWayLoss } from './one-way-loss.js';
import { partition } from './partition.js';
import { powerOff } from './power-off.js';
import { processKill } from './process-kill.js';
import { reboot } from './reboot.js';
import { ring } from './ring.js';
import { shape } from './shape.js';
import { standby } from './standby.js';
import { startFail } from './start-fail.js';
import { stopHang } from './stop-hang.js';
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
  partition,
  isolate,
  ring,
  shape,
  reboot,
  'process-kill': processKill,
  'monitor-fail': monitorFail,
  'start-fail': startFail,
  'stop-hang': stopHang,
  'disk-full': diskFull,
  'cpu-load': cpuLoad,
  'memory-load': memoryLoad,
  'clock-skew': clockSkew,
  'target-stop': targetStop,
  'initiator-cut': initiatorCut,
  'lun-fault': lunFault,
  'controller-fail': controllerFail,
};
