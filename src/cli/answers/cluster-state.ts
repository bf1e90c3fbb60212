import { z } from 'zod';
import { STATUS_PARTS } from '../../model/cluster-state.js';

/** What `halab status` answers hold of a cluster: model/cluster-state.ts. */
const node = z
  .strictObject({
    name: z.string().describe('As the cluster calls it.'),
    id: z.string().optional().describe('Node id.'),
    type: z
      .enum(['member', 'remote', 'guest'])
      .describe('Full member, Pacemaker Remote node, or guest that a resource runs.'),
    online: z.boolean().describe('A pending node is not online; an unclean one may be.'),
    standby: z.boolean().describe('In standby: it runs no resources, as an administrator or a failure caused.'),
    standbyOnFail: z.boolean().optional().describe('Standby because of a failure with on-fail=standby.'),
    standbyWithResources: z.boolean().optional().describe('In standby, and still running resources.'),
    maintenance: z.boolean().describe('In maintenance mode: the cluster does not manage its resources.'),
    pending: z.boolean().describe('Has not joined yet.'),
    unclean: z.boolean().describe('The cluster intends to fence it.'),
    health: z.enum(['green', 'yellow', 'red']).optional().describe('By its health attributes.'),
    featureSet: z.string().optional().describe('CRM feature set, such as 3.16.2.'),
    host: z
      .string()
      .optional()
      .describe('Of a guest: the resource that runs it, or the node it runs on, whichever is printed.'),
  })
  .meta({ id: 'node', description: 'One node.' });

const role = z
  .enum([
    'Started',
    'Stopped',
    'Promoted',
    'Unpromoted',
    'Starting',
    'Stopping',
    'Promoting',
    'Demoting',
    'Migrating',
    'Unknown',
  ])
  .meta({
    id: 'role',
    description:
      "Promoted and Unpromoted for older releases' Master and Slave; Unknown where FAILED or ORPHANED stands in its place.",
  });

/** What is printed behind a resource, in words or brackets. */
const flags = {
  managed: z.boolean().describe('False if the cluster does not manage it.'),
  disabled: z.boolean().describe('Its target role is Stopped.'),
  blocked: z.boolean().describe('The cluster takes no action on it after a failure.'),
  failed: z.boolean().describe('It is printed as FAILED.'),
  failureIgnored: z.boolean().optional().describe('It failed, and its on-fail is ignore.'),
  orphaned: z.boolean().describe('Still active although no longer configured.'),
  maintenance: z.boolean().optional().describe('In maintenance mode.'),
};

const primitive = z
  .strictObject({
    kind: z.literal('primitive'),
    id: z.string().describe('As printed; an instance of a unique clone carries its number.'),
    agent: z.string().describe("Such as ocf:heartbeat:IPaddr2; empty where a clone's summary line does not print it."),
    role: role,
    nodes: z.array(z.string()).describe('Where it is active.'),
    pending: z.string().optional().describe('The operation under way, as printed.'),
    lockedTo: z.string().optional().describe('The node that it is reserved for while that node is down.'),
    unclean: z.boolean().optional().describe('Active on a node that is unclean.'),
    probe: z.string().optional().describe('The result of a failed probe of a stopped resource, as printed.'),
    ...flags,
  })
  .meta({ id: 'primitive', description: 'A primitive, or one instance of it.' });

const group = z
  .strictObject({
    kind: z.literal('group'),
    id: z.string().describe('An instance of a cloned group carries its number.'),
    members: z.array(primitive).describe('In start order.'),
    notPrinted: z.int().optional().describe('How many members are not printed.'),
    notPrintedActive: z.int().optional().describe('How many of those are active, by brief output.'),
    endUnknown: z
      .boolean()
      .optional()
      .describe('The text lost its indentation: later resources may be members, and the last ones may not be.'),
    ...flags,
  })
  .meta({ id: 'group', description: 'A group, or one instance of it.' });

const clone = z
  .strictObject({
    kind: z.literal('clone'),
    id: z.string().describe('As printed.'),
    child: z.string().optional().describe('Id of what is cloned.'),
    promotable: z.boolean().describe('Its instances have roles.'),
    unique: z.boolean().describe('Its instances are not alike.'),
    instances: z.array(z.union([primitive, group])).describe('As printed.'),
    stoppedOn: z.array(z.string()).describe('Nodes where it could run and does not.'),
    ...flags,
  })
  .meta({ id: 'clone', description: 'A clone.' });

const replica = z
  .strictObject({
    index: z.int().optional().describe('From 0.'),
    name: z.string().optional().describe('Of the short line: the node inside the container, or the container.'),
    address: z.string().optional().describe('IP address.'),
    role: role,
    nodes: z.array(z.string()).describe('Where the container runs.'),
    agent: z.string().optional().describe('Of what runs inside.'),
    flags: z
      .strictObject({
        ...flags,
        pending: z.string().optional().describe('The operation under way, as printed.'),
        unclean: z.boolean().optional().describe('Active on a node that is unclean.'),
      })
      .optional()
      .describe('What the short line shows; in full output the members show it.'),
    members: z.array(primitive).describe('Its parts; none in short output.'),
  })
  .meta({ id: 'replica', description: 'One replica of a bundle.' });

const bundle = z
  .strictObject({
    kind: z.literal('bundle'),
    id: z.string().describe('As printed.'),
    image: z.string().optional().describe("The container's image."),
    technology: z.string().optional().describe('docker, podman or rkt.'),
    unique: z.boolean().describe('Its replicas are not alike.'),
    replicas: z.array(replica).describe('As printed.'),
    ...flags,
  })
  .meta({ id: 'bundle', description: 'A bundle: containers with what runs inside.' });

const resource = z
  .union([primitive, group, clone, bundle])
  .meta({ id: 'resource', description: 'A primitive or what contains some.' });

const failedAction = z
  .strictObject({
    text: z.string().describe('As printed, on one line.'),
    resource: z.string().optional().describe("As the operation's key names it."),
    operation: z.string().optional().describe('start, stop, monitor, promote and the like.'),
    intervalMs: z.int().optional().describe('0 for an action that does not recur.'),
    node: z.string().optional().describe('Where it failed.'),
    exitCode: z.int().optional().describe('OCF exit code.'),
    exitStatus: z.string().optional().describe('What the exit code is called, as printed.'),
    execution: z.string().optional().describe('How its execution went, as printed.'),
    reason: z.string().optional().describe('The reason that the agent gave.'),
    call: z.int().optional().describe('Call number on the node.'),
    at: z.string().optional().describe('When it last changed, as printed.'),
    queuedMs: z.number().optional().describe('How long it waited.'),
    execMs: z.number().optional().describe('How long it ran.'),
  })
  .meta({ id: 'failedAction', description: 'One failed action.' });

const fencingEvent = z
  .strictObject({
    text: z.string().describe('As printed, on one line.'),
    action: z.string().describe('reboot, off or on.'),
    target: z.string().describe('The node that was fenced.'),
    status: z.enum(['success', 'failed', 'pending']).describe('Its result.'),
    delegate: z.string().optional().describe('The node that carried it out.'),
    client: z.string().optional().describe('The client that requested it.'),
    origin: z.string().optional().describe('The node on which it was requested.'),
    at: z.string().optional().describe('When it was done or last failed, as printed.'),
    reason: z.string().optional().describe('Why it failed.'),
  })
  .meta({ id: 'fencingEvent', description: 'One fencing action.' });

const part = z.enum(STATUS_PARTS).meta({ id: 'part', description: 'A part of a status.' });

export const clusterStateAnswer = z
  .strictObject({
    request: z.string().optional().describe('The command that printed it, as XML names it or a prompt shows it.'),
    clusterName: z.string().optional().describe('As corosync reports it.'),
    stack: z.string().optional().describe('corosync, cman and the like, as printed.'),
    dc: z
      .strictObject({
        name: z.string().describe('The node.'),
        id: z.string().optional().describe('Its node id.'),
        version: z.string().optional().describe('Its version of pacemaker.'),
      })
      .optional()
      .describe('The designated controller.'),
    dcIsNone: z
      .boolean()
      .optional()
      .describe('The output states that there is no DC, or that this node has no record of one.'),
    dcVersion: z
      .string()
      .optional()
      .describe("The CIB's version of pacemaker, where it is printed although no DC is known."),
    quorate: z.boolean().optional().describe('Whether this partition has quorum; absent where no DC is known.'),
    mixedVersion: z.boolean().optional().describe('Members run different versions of pacemaker.'),
    updatedAt: z.string().optional().describe('Last updated, as printed.'),
    lastChange: z
      .strictObject({
        at: z.string().describe('As printed.'),
        user: z.string().optional().describe('The user who made it.'),
        via: z.string().optional().describe('The program that made it.'),
        node: z.string().optional().describe('The node that it was made on.'),
      })
      .optional()
      .describe('Last change of the configuration.'),
    options: z
      .strictObject({
        stonithEnabled: z.boolean().optional().describe('stonith-enabled.'),
        maintenanceMode: z.boolean().optional().describe('maintenance-mode.'),
        stopAllResources: z.boolean().optional().describe('stop-all-resources.'),
        symmetric: z.boolean().optional().describe('symmetric-cluster.'),
        noQuorumPolicy: z.string().optional().describe('no-quorum-policy.'),
      })
      .describe('Cluster options, as far as they are printed.'),
    counts: z
      .strictObject({
        nodes: z.int().optional().describe('Nodes configured.'),
        expectedVotes: z.int().optional().describe('Votes expected.'),
        resources: z.int().optional().describe('Resource instances configured.'),
        disabled: z.int().optional().describe('Of these disabled.'),
        blocked: z.int().optional().describe('Of these blocked.'),
      })
      .describe('What the summary counts.'),
    nodes: z.array(node).describe('In the order printed.'),
    unnamedActive: z.int().optional().describe('How many active instances brief output counts without their names.'),
    resources: z.array(resource).describe('In the order printed.'),
    failedActions: z.array(failedAction).describe('Failed resource actions.'),
    failedFencing: z.array(fencingEvent).describe('Failed fencing actions.'),
    fencingHistory: z.array(fencingEvent).describe('All the fencing that is printed, newest first.'),
    tickets: z
      .array(
        z.strictObject({
          id: z.string().describe('The ticket.'),
          granted: z.boolean().describe('This site has it.'),
          standby: z.boolean().describe('Its resources are to be stopped.'),
          lastGranted: z.string().optional().describe('As printed.'),
        }),
      )
      .describe('Booth tickets.'),
    bans: z
      .array(
        z.strictObject({
          id: z.string().describe('The constraint.'),
          resource: z.string().describe('The resource that is banned.'),
          node: z.string().describe('The node that it is banned from.'),
          promotedOnly: z.boolean().describe('Only the promoted role is.'),
          score: z.int().optional().describe('-1000000 is -INFINITY.'),
        }),
      )
      .describe('Negative location constraints.'),
    attributes: z
      .array(
        z.strictObject({
          node: z.string().describe('Whose it is.'),
          name: z.string().describe('As printed.'),
          value: z.string().describe('As printed.'),
        }),
      )
      .describe('Node attributes.'),
    failCounts: z
      .array(
        z.strictObject({
          node: z.string().describe('Where it failed.'),
          resource: z.string().describe('What failed.'),
          failCount: z.int().optional().describe('1000000 is INFINITY.'),
          migrationThreshold: z.int().optional().describe('1000000 is INFINITY.'),
          lastFailure: z.string().optional().describe('As printed.'),
        }),
      )
      .describe('Fail counts and migration thresholds.'),
    daemons: z
      .array(
        z.strictObject({
          name: z.string().describe('Of the service.'),
          active: z.string().describe('As systemd reports it.'),
          enabled: z.string().describe('As systemd reports it.'),
        }),
      )
      .describe('Of pcs status alone.'),
    pcsd: z.record(z.string(), z.string()).describe('Node to the state of its pcsd, as pcs reports it.'),
    warnings: z.array(z.string()).describe('As printed.'),
    errors: z.array(z.string()).describe('Errors that a tool printed instead of a status, or beside it.'),
    printed: z.array(part).describe('Which parts were printed at all.'),
    unparsed: z.array(z.string()).describe('Lines that were not understood, unchanged.'),
    truncated: z.array(z.string()).describe('Why this output is incomplete; empty if it appears complete.'),
  })
  .meta({
    id: 'halab.cluster-state/1',
    title: "A cluster's state",
    description:
      'As one output of pcs status, crm_mon or crm status shows it, text or XML. What was not printed is absent.',
  });
