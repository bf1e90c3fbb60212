import { z } from 'zod';
import { strict, text, textSchema } from '../fields/schema.js';
import { boxWrong } from '../fields/value-problem.js';
import { DEVICE_ALGORITHMS, IMAGES, NODE_ROLES } from '../model/lab.js';
import { extrasShape, rolesSchema } from './lab-extras.js';
import * as values from './lab-values.js';

const networkSchema = strict({
  cidr: values.network.describe(
    'IPv4 network. VirtualBox allows host-only networks in 192.168.56.0/21 only, unless it is configured otherwise.',
  ),
  ipv6: values.network6
    .optional()
    .describe(
      'An IPv6 network beside it, such as fd00:56::/64. Each link gets an address there, which ends as its IPv4 address does: fd00:56::31 beside 192.168.56.31.',
    ),
  carries: z
    .array(z.enum(['cluster', 'service', 'storage']))
    .transform((carries) => [...new Set(carries)])
    .describe(
      'What travels here: the heartbeat of the cluster, the service, the storage (iSCSI), or several of them. Production keeps them apart. Without a network for the storage, it takes the first link of the storage node.',
    ),
});

/** The network is named where the address alone does not say which one it is. */
export interface ReadLink {
  readonly network?: string;
  readonly address: number;
}

const linkSchema = z
  .union([
    values.address.transform((address): ReadLink => ({ address })),
    strict({ network: text("a network's name"), address: values.address }),
  ])
  .describe('The address on the link; its network is the one that holds the address, or is named beside it.');

const nodeSchema = strict({
  role: z
    .enum(NODE_ROLES)
    .default('ha')
    .describe(
      'ha: member of the cluster (default). storage: serves the shared disks. client: has no cluster software; probes measure from it, or from the storage node if there is none. qdevice: runs corosync-qnetd, which gives the quorum device of the cluster its vote. remote: runs resources as a Pacemaker Remote node, and is no member.',
    ),
  cpus: z.number().int().min(1).max(64).default(1).describe('Default 1.'),
  memory: values.memory.prefault('1GiB').describe('Default 1GiB.'),
  disks: z
    .record(values.plainName, values.diskSize)
    .default({})
    .describe('Disks by name. A storage node exports them over iSCSI; an ha node has them for itself.'),
  links: z
    .record(values.linkName, linkSchema)
    .describe('Interface to address. eth0 is always there: it is the management connection.'),
  image: values.image
    .optional()
    .meta({ description: 'What this node runs, if not what the others run.', enum: [...IMAGES] }),
  ...extrasShape,
});

const machinesSchema = strict({
  box: text("a Vagrant box's name such as debian/bookworm64", boxWrong)
    .optional()
    .meta({ description: 'A Vagrant box instead of the one that goes with the image.', examples: ['halab/debian-12'] }),
  firewall: z
    .enum(['on', 'off'])
    .default('on')
    .describe(
      'Whether firewalld runs, if the box has it. on (default): it runs, with its high-availability service open. off: it does not run.',
    ),
  fencing: z
    .enum(['none', 'host'])
    .default('none')
    .describe(
      'host: the hypervisor host may cut the power of its guests, through fence_vbox or fence_virsh; halab sets this up. Default none.',
    ),
});

const quorumDeviceSchema = strict({
  model: z.literal('net').default('net').describe('Default net, the only one there is.'),
  algorithm: z
    .enum(DEVICE_ALGORITHMS)
    .default('ffsplit')
    .describe(
      'Which partition gets the vote. ffsplit (default): the larger, and of two equal halves one; for an even number of ha nodes. lms: the only one that the device still reaches, down to the last node.',
    ),
}).describe('A further vote, given by the node with role qdevice.');

/** The maps of a lab file whose entries are checked against each other. */
export const SECTIONS = {
  networks: z.record(values.plainName, networkSchema).describe('The networks of the lab, by name.'),
  nodes: z.record(values.nodeName, nodeSchema).describe('The nodes, by host name.'),
  addresses: z
    .record(values.plainName, values.floatingAddress)
    .default({})
    .describe('Addresses that the cluster moves about, by name: { vip: 192.168.56.24/24, vip6: fd00:56::24/64 }.'),
  users: z
    .record(values.userName, values.password)
    .default({ root: 'vagrant', vagrant: 'vagrant' })
    .describe('Login name to password, on every node. Default { root: vagrant, vagrant: vagrant }.'),
};

/** A lab file. What its values must be to each other is in lab-checks.ts. */
export const labSchema = strict({
  name: values.labName.describe('The name of the lab; everything made for it on the machine is named halab-<name>.'),
  title: textSchema,
  image: values.image
    .default('debian-12')
    .meta({ description: 'What the nodes run. Default debian-12.', enum: [...IMAGES] }),
  cluster: strict({
    name: values.clusterName,
    'hacluster-password': values.password.optional().describe('If left out, one is generated for each lab.'),
    'quorum-device': quorumDeviceSchema.optional(),
    'ip-version': z
      .enum(['ipv4', 'ipv6'])
      .default('ipv4')
      .describe(
        'Which addresses corosync connects the members by. ipv6: each network that carries the cluster has ipv6. Default ipv4.',
      ),
    software: z
      .enum(['installed', 'packages'])
      .default('installed')
      .describe(
        'Whether corosync, pacemaker and pcs are installed on the ha nodes. packages: they are not, and apt-get installs them there from packages that lie on each node; on the embedded backend only. Default installed.',
      ),
  }).describe('The cluster that the ha nodes form.'),
  management: values.network
    .prefault('10.77.0.0/24')
    .describe(
      'The network of eth0, over which halab reaches the nodes; addresses are given out in order from .11. Default 10.77.0.0/24.',
    ),
  'power-supplies': z
    .literal([1, 2])
    .default(1)
    .describe(
      'How many power supplies each node has. 2: each has an outlet of its own, a node runs while one of them is on, and fencing must switch off both. On the embedded backend only. Default 1.',
    ),
  ...SECTIONS,
  roles: rolesSchema.prefault({}),
  machines: machinesSchema.prefault({}).describe('For labs in virtual machines (the vagrant backend).'),
}).meta({ title: 'halab lab', description: 'A lab: networks, nodes, and the cluster that they form.' });

export type ReadLab = z.output<typeof labSchema>;
export type ReadNetworks = ReadLab['networks'];
