import { baseId } from '../model/resource-tree.js';
import type { AuditMatter } from '../ports/audit.js';
import { bestCib, configuredBy, isFencingDevice } from './configured.js';

/** A fault in force has broken the management controller of this node: whoever wants to fence it by that fails. */
export function hasBrokenController({ faults }: Pick<AuditMatter, 'faults'>, node: string): boolean {
  return faults.some((fault) => fault.kind === 'controller-fail' && fault.node === node);
}

/** The resource is what the cluster fences such a node by: that it cannot be started or monitored is the fault's own doing. */
export function isCutShort(matter: AuditMatter, resource: string): boolean {
  const cib = bestCib(matter.now);
  const primitive = cib && configuredBy(cib, baseId(resource))?.primitive;
  if (primitive === undefined || !isFencingDevice(primitive.agent)) return false;
  const targets = (primitive.parameters.pcmk_host_list ?? '').split(/[\s,;]+/);
  return targets.some((node) => hasBrokenController(matter, node));
}
