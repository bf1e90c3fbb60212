import { z } from 'zod';
import { boxWrong } from '../fields/box-name.js';
import { strict, text, textSchema } from '../fields/schema.js';
import { LAB_NAME, NODE_NAME } from '../model/lab.js';
import * as words from './lab-words.js';

const address = text('an IPv4 address such as 192.168.56.31', words.addressWrong).meta({ examples: ['192.168.56.31'] });
const password = text('a password as text (put digits in quotes)', words.passwordWrong);

const networkSchema = strict({
  cidr: text('a network such as 192.168.56.0/24', words.cidrWrong).meta({
    description:
      'IPv4 network. VirtualBox allows host-only networks in 192.168.56.0/21 only, unless it is told otherwise.',
    examples: ['192.168.56.0/24'],
  }),
  carries: z
    .array(z.enum(['cluster', 'service']))
    .describe('What travels here: the heartbeat of the cluster, the service, or both. Production keeps them apart.'),
});

const linkSchema = z
  .union([address, strict({ network: text("a network's name"), address })])
  .describe('The address on the link; its network is the one that holds the address, or is named beside it.');

const nodeSchema = strict({
  role: z
    .enum(['ha', 'storage'])
    .optional()
    .describe(
      'ha: member of the cluster (default). storage: serves the shared disks, and is the client that probes measure from.',
    ),
  cpus: z.number().int().min(1).max(64).optional().describe('Default 1.'),
  memory: text('a size of memory such as 1GiB', words.memoryWrong)
    .optional()
    .meta({ description: 'Default 1GiB.', examples: ['1GiB', '512MiB'], pattern: '^[0-9]+ ?(MiB|GiB|TiB)$' }),
  disks: z
    .record(
      z.string(),
      text('a size of disk such as 1GiB', words.diskWrong).meta({
        examples: ['1GiB'],
        pattern: '^[0-9]+ ?(MiB|GiB|TiB)$',
      }),
    )
    .optional()
    .describe('Of storage nodes: disks that they serve over iSCSI, by name.'),
  links: z.record(z.string(), linkSchema).meta({
    description: 'Interface to address. eth0 is always there: it is the way in (management).',
    propertyNames: { pattern: '^[A-Za-z][A-Za-z0-9_.-]{0,14}$' },
  }),
});

const machinesSchema = strict({
  box: text("a Vagrant box's name such as debian/bookworm64", boxWrong)
    .optional()
    .meta({ description: 'A Vagrant box instead of the one that goes with the image.', examples: ['halab/debian-12'] }),
  firewall: z
    .enum(['on', 'off'])
    .optional()
    .describe(
      'Where the box has firewalld. on (default): it runs, with its high-availability service open. off: it does not run.',
    ),
  fencing: z
    .enum(['none', 'host'])
    .optional()
    .describe(
      'host: the machine underneath may cut the power of its guests, through fence_vbox or fence_virsh; halab prepares the way. Default none.',
    ),
});

/** A lab file as it is written; reading it is lab.ts, judging it as a whole lab-checks.ts. */
export const labSchema = strict({
  name: text('a name', words.labNameWrong).meta({
    description: 'Everything made on the machine for this lab carries halab-<name>.',
    pattern: LAB_NAME.source,
  }),
  title: textSchema,
  image: text("an image's name", words.imageWrong)
    .optional()
    .meta({ description: 'What the nodes run. Default debian-12.', enum: [...words.IMAGES] }),
  cluster: strict({
    name: text("the cluster's name", words.clusterNameWrong),
    'hacluster-password': password.optional().describe('Leave it out: one is then generated for each lab.'),
  }).describe('The cluster that the ha nodes form.'),
  management: text('a network such as 10.77.0.0/24', words.cidrWrong).optional().meta({
    description:
      'Network of eth0, the way into the nodes; addresses are given out in order from .11. Default 10.77.0.0/24.',
  }),
  networks: z.record(z.string(), networkSchema).describe('The networks of the lab, by name.'),
  nodes: z.record(z.string(), nodeSchema).meta({
    description: 'The nodes, by host name.',
    propertyNames: { pattern: NODE_NAME.source },
  }),
  addresses: z
    .record(z.string(), text('an address such as 192.168.56.24/24', words.floatingWrong))
    .optional()
    .describe('Addresses that the cluster moves about, by name: { vip: 192.168.56.24/24 }.'),
  users: z
    .record(z.string(), password)
    .optional()
    .describe('Login name to password, on every node. Default { root: vagrant, vagrant: vagrant }.'),
  machines: machinesSchema.optional().describe('For labs in virtual machines (the vagrant backend).'),
}).meta({ title: 'halab lab', description: 'A lab: networks, nodes, and the cluster they form.' });

export type RawLab = z.infer<typeof labSchema>;
