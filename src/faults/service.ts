import { primitivesIn } from '../cluster/cib/resources.js';
import { text } from '../fields/schema.js';
import { baseId } from '../model/resource-tree.js';
import type { FaultContext } from '../ports/fault.js';
import { agentPath, isStoodIn, standAside, standIn } from './agent-stand-in.js';
import { readNote, removeNote, writeNote } from './note.js';
import { ask, must, nothingToBreak } from './on-node.js';
import { param } from './params.js';
import { isRuled, makeRule, removeRule, type ServiceFault } from './service-rules.js';
import { dropIn, isDroppedIn, takeOut } from './unit-drop-in.js';

/** Whose service a fault makes fail. */
export const serviceParam = param(
  text("a primitive's id").describe('A primitive of an ocf: agent or a systemd: unit.'),
  { value: '<resource>', help: 'whose service', example: 'vip' },
);

/** What runs a primitive’s service. */
type Service = { readonly agent: string } | { readonly unit: string };

/** How a fault works that makes the service of one resource go wrong on one node. */
export function failingService() {
  return {
    async inject(fault: ServiceFault, context: FaultContext): Promise<void> {
      const service = await serviceOf(fault, context);
      await writeNote(context, fault.node, noteOf(fault), service);
      await makeRule(context, fault, 'agent' in service ? service.agent : service.unit);
      if ('agent' in service) await standIn(context, fault.node, service.agent);
      else await dropIn(context, fault, service.unit);
    },
    /** The note goes last: cut off before that, it can be done again. */
    async undo(fault: ServiceFault, context: FaultContext): Promise<void> {
      await removeRule(context, fault);
      const service = await readNote<Service>(context, fault.node, noteOf(fault));
      if (service === undefined) return;
      if ('agent' in service) await standAside(context, fault.node, service.agent);
      else await takeOut(context, fault, service.unit);
      await removeNote(context, fault.node, noteOf(fault));
    },
    async isActive(fault: ServiceFault, context: FaultContext): Promise<boolean> {
      const service = await readNote<Service>(context, fault.node, noteOf(fault));
      if (service === undefined || !(await isRuled(context, fault))) return false;
      return 'agent' in service
        ? isStoodIn(context, fault.node, service.agent)
        : isDroppedIn(context, fault, service.unit);
    },
  };
}

function noteOf({ kind, resource }: ServiceFault): string {
  return `${kind}-${baseId(resource)}`;
}

/** By the CIB, templates filled in. Throws LabError where there is nothing that could be made to fail. */
async function serviceOf({ node, resource }: ServiceFault, context: FaultContext): Promise<Service> {
  const id = baseId(resource);
  const xml = await must(context, node, ['crm_resource', '--resource', id, '--query-xml']);
  const primitives = primitivesIn(xml);
  const found = primitives.findLast((each) => each.id === id);
  if (found === undefined) {
    const inside = [...new Set(primitives.map((each) => each.id))];
    throw nothingToBreak(`${id} is not a primitive`, `Name one that is: ${inside.join(', ') || 'see pcs resource'}.`);
  }
  const [standard = '', ...names] = found.agent.split(':');
  if (standard === 'ocf') return agentThere(context, node, agentPath(names.join('/')));
  const unit = names.join(':');
  if (standard === 'systemd') return { unit: /\.\w+$/.test(unit) ? unit : `${unit}.service` };
  throw nothingToBreak(
    `${id} is of the standard ${standard || 'of its template'}: only ocf: agents and systemd: units can be made to fail`,
    'Name another resource, or kill its process by process-kill.',
  );
}

async function agentThere(context: FaultContext, node: string, agent: string): Promise<Service> {
  const { exitCode } = await ask(context, node, ['test', '-x', agent]);
  if (exitCode === 0) return { agent };
  throw nothingToBreak(`${node} has no agent ${agent}`, 'Name a node that has the agent installed.');
}
