import { message } from '../messages/message.js';
import type { Finding } from '../model/audit.js';
import type { AuditMatter, AuditTable } from '../ports/audit.js';
import { isFilledUp } from './faults.js';
import { failed } from './finding.js';
import { unheard } from './node-words.js';

/** Below either, logs, CIBs and policy engine inputs are about to be cut off. */
const LEAST_PERCENT = 5;
const LEAST_MIB = 100;

export const diskSpace: AuditTable['disk-space'] = {
  kind: 'disk-space',
  holds: message('audit.disk-space.holds', { percent: LEAST_PERCENT, mib: LEAST_MIB }),
  reads: message('audit.disk-space.reads'),
  judge,
};

function judge(matter: AuditMatter): readonly Finding[] {
  const full = matter.now.nodes.flatMap(({ node, disks }) =>
    (disks ?? [])
      .filter(({ freeMiB, freePercent }) => freeMiB < LEAST_MIB || freePercent < LEAST_PERCENT)
      .filter(({ path }) => !isFilledUp(matter, node, path))
      .map(({ path, freeMiB, freePercent }) =>
        failed([node], `${path} on ${node} has ${freeMiB} MiB free (${freePercent} %)`),
      ),
  );
  return [...full, ...unheard(matter, ['disks'])];
}
