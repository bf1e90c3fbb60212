import type { AuditTable } from '../ports/audit.js';
import { allowedNodes } from './allowed-nodes.js';
import { asLeft } from './as-left.js';
import { cloneLimits } from './clone-limits.js';
import { constraintsHold } from './constraints-hold.js';
import { diskSpace } from './disk-space.js';
import { fencedFirst } from './fenced-first.js';
import { groupsTogether } from './groups-together.js';
import { inService } from './in-service.js';
import { noCrash } from './no-crash.js';
import { noFailures } from './no-failures.js';
import { oneDc } from './one-dc.js';
import { oneMac } from './one-mac.js';
import { oneMount } from './one-mount.js';
import { settled } from './pending-activity.js';
import { quorumDevice } from './quorum-device.js';
import { quorumRespected } from './quorum-respected.js';
import { sameCib } from './same-cib.js';
import { singleActive } from './single-active.js';

/** Every audit; a kind without one does not compile. */
export const audits: AuditTable = {
  settled,
  'single-active': singleActive,
  'one-mac': oneMac,
  'in-service': inService,
  'quorum-respected': quorumRespected,
  'quorum-device': quorumDevice,
  'one-dc': oneDc,
  'same-cib': sameCib,
  'groups-together': groupsTogether,
  'constraints-hold': constraintsHold,
  'clone-limits': cloneLimits,
  'allowed-nodes': allowedNodes,
  'fenced-first': fencedFirst,
  'no-failures': noFailures,
  'as-left': asLeft,
  'one-mount': oneMount,
  'no-crash': noCrash,
  'disk-space': diskSpace,
};
