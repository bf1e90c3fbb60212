import { baseId } from '../model/resource-tree.js';
import type { AuditInput } from '../ports/audit.js';
import { bestCib, configuredBy, isFencingDevice } from './configured.js';
import { hasBrokenController } from './faults.js';

/** The resource is what the cluster fences such a node by: that it cannot be started or monitored is the fault's own doing. */
export function isCutShort(input: AuditInput, resource: string): boolean {
  const cib = bestCib(input.now);
  const primitive = cib && configuredBy(cib, baseId(resource))?.primitive;
  if (primitive === undefined || !isFencingDevice(primitive.agent)) return false;
  const targets = (primitive.parameters.pcmk_host_list ?? '').split(/[\s,;]+/);
  return targets.some((node) => hasBrokenController(input, node));
}
