import { message } from '../messages/message.js';
import type { Finding } from '../model/audit.js';
import type { AuditInput, AuditTable } from '../ports/audit.js';
import { isFilledUp } from './faults.js';
import { failed } from './finding.js';
import { unreadParts } from './node-parts.js';

/** Below either, logs, CIBs and policy engine inputs are about to be cut off. */
const LEAST_PERCENT = 5;
const LEAST_MIB = 100;

export const diskSpace: AuditTable['disk-space'] = {
  kind: 'disk-space',
  holds: message('audit.disk-space.holds', { percent: LEAST_PERCENT, mib: LEAST_MIB }),
  reads: message('audit.disk-space.reads'),
  judge,
};

function judge(input: AuditInput): readonly Finding[] {
  const full = input.now.nodes.flatMap(({ node, disks }) =>
    (disks ?? [])
      .filter(({ freeMiB, freePercent }) => freeMiB < LEAST_MIB || freePercent < LEAST_PERCENT)
      .filter(({ path }) => !isFilledUp(input, node, path))
      .map(({ path, freeMiB, freePercent }) =>
        failed([node], `${path} on ${node} has ${freeMiB} MiB free (${freePercent} %)`),
      ),
  );
  return [...full, ...unreadParts(input, ['disks'])];
}
