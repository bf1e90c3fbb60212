import { primitivesIn } from '../cluster/cib/resources.js';
import { text } from '../fields/schema.js';
import { baseId } from '../model/resource-tree.js';
import type { FaultContext } from '../ports/fault.js';
import {
  agentPath,
  isRuled,
  isWrapped,
  makeRule,
  removeRule,
  ruleOf,
  type ServiceFault,
  unwrapAgent,
  wrapAgent,
} from './agent-wrapper.js';
import { nodeState } from './node-state.js';
import { ask, ENDS_AFTER_S, execOrThrow, nothingToBreak } from './on-node.js';
import { param } from './params.js';

/** Whose service a fault makes fail. */
export const serviceParam = param(
  text("a primitive's id").describe('A primitive with an ocf: agent or a systemd: unit.'),
  { value: '<resource>', help: 'resource whose service fails', example: 'vip' },
);

/** What runs a primitive’s service. */
type Service = { readonly agent: string } | { readonly unit: string };

/** How a fault works that makes the service of one resource go wrong on one node. */
export function failingService() {
  return {
    async inject(fault: ServiceFault, context: FaultContext): Promise<void> {
      const service = await serviceOf(fault, context);
      if ('unit' in service && SAYING[fault.kind] === undefined)
        throw nothingToBreak(
          `${service.unit} is a systemd unit, which has no promoted state`,
          'Name a resource with an ocf: agent.',
        );
      await stateOf(fault).write(context, fault.node, service, baseId(fault.resource));
      await makeRule(context, fault, 'agent' in service ? service.agent : service.unit);
      if ('agent' in service) await wrapAgent(context, fault.node, service.agent);
      else await dropIn(context, fault, service.unit);
    },
    /** The node's state is removed last, so that an undo that was interrupted can be repeated. */
    async undo(fault: ServiceFault, context: FaultContext): Promise<void> {
      await removeRule(context, fault);
      const service = await stateOf(fault).read(context, fault.node, baseId(fault.resource));
      if (service === undefined) return;
      if ('agent' in service) await unwrapAgent(context, fault.node, service.agent);
      else await takeOut(context, fault, service.unit);
      await stateOf(fault).remove(context, fault.node, baseId(fault.resource));
    },
    async isActive(fault: ServiceFault, context: FaultContext): Promise<boolean> {
      const service = await stateOf(fault).read(context, fault.node, baseId(fault.resource));
      if (service === undefined || !(await isRuled(context, fault))) return false;
      return 'agent' in service
        ? isWrapped(context, fault.node, service.agent)
        : isDroppedIn(context, fault, service.unit);
    },
  };
}

function stateOf({ kind }: ServiceFault) {
  return nodeState<Service>(kind);
}

/** By the CIB, templates filled in. Throws LabError where there is nothing that could be made to fail. */
async function serviceOf({ node, resource }: ServiceFault, context: FaultContext): Promise<Service> {
  const id = baseId(resource);
  const xml = await execOrThrow(context, node, ['crm_resource', '--resource', id, '--query-xml']);
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

/** Long enough for a start to have been a success. */
const RUNS_FOR = '3s';
/** systemd’s own patience must not be what ends a start or a stop. */
const STOP_PATIENCE_S = ENDS_AFTER_S + 60;

/** What makes a unit go wrong, by systemd.service(5); after pacemaker’s own drop-in, which is 50-pacemaker.conf. */
const SAYING: Partial<Readonly<Record<ServiceFault['kind'], (fault: ServiceFault) => readonly string[]>>> = {
  // A unit has no monitor but its own state: it has to fail for it.
  'monitor-fail': () => [`RuntimeMaxSec=${RUNS_FOR}`],
  'start-fail': () => ['ExecStartPre=/bin/false'],
  'start-hang': (fault) => [
    `ExecStartPre=-/usr/bin/timeout ${fault.seconds ?? ENDS_AFTER_S} /bin/sh -c "while test -e ${ruleOf(fault)}; do sleep 1; done"`,
    `TimeoutStartSec=${STOP_PATIENCE_S}`,
  ],
  'stop-hang': (fault) => [
    'ExecStop=',
    `ExecStop=-/usr/bin/timeout ${ENDS_AFTER_S} /bin/sh -c "while test -e ${ruleOf(fault)}; do sleep 1; done"`,
    `TimeoutStopSec=${STOP_PATIENCE_S}`,
  ],
};

/** May run twice. */
async function dropIn(context: FaultContext, fault: ServiceFault, unit: string): Promise<void> {
  const { node, kind } = fault;
  if (kind === 'monitor-fail') await refuseOneShot(context, node, unit);
  await execOrThrow(context, node, ['mkdir', '-p', folderOf(unit)]);
  const says = SAYING[kind]?.(fault) ?? [];
  const content = ['# Made by halab, and gone with the fault.', '[Service]', ...says, ''].join('\n');
  await (await context.transport(node)).upload(content, fileOf(unit, fault));
  await execOrThrow(context, node, ['systemctl', 'daemon-reload']);
}

/** systemd itself goes by it. */
async function isDroppedIn(context: FaultContext, fault: ServiceFault, unit: string): Promise<boolean> {
  const shown = await execOrThrow(context, fault.node, ['systemctl', 'show', '--property=DropInPaths', unit]);
  return shown.trim().split(/[=\s]/).includes(fileOf(unit, fault));
}

/** Idempotent. systemd refuses for a while to start a unit that has failed too often, hence reset-failed. */
async function takeOut(context: FaultContext, fault: ServiceFault, unit: string): Promise<void> {
  const { node } = fault;
  await execOrThrow(context, node, ['rm', '-f', fileOf(unit, fault)]);
  await execOrThrow(context, node, ['systemctl', 'daemon-reload']);
  await ask(context, node, ['systemctl', 'reset-failed', unit]);
}

async function refuseOneShot(context: FaultContext, node: string, unit: string): Promise<void> {
  const shown = await execOrThrow(context, node, ['systemctl', 'show', '--property=Type', unit]);
  if (shown.trim() !== 'Type=oneshot') return;
  throw nothingToBreak(
    `${unit} is of type oneshot: it has no process that could end`,
    'Break one whose service keeps running.',
  );
}

function folderOf(unit: string): string {
  return `/run/systemd/system/${unit}.d`;
}

function fileOf(unit: string, fault: ServiceFault): string {
  return `${folderOf(unit)}/90-halab-${fault.kind}.conf`;
}
