import { z } from 'zod';
import { SEVERITIES } from '../../diagnosis/item.js';
import { answer } from './answer.js';

const labState = z.enum(['up', 'partial', 'down', 'absent']);

export const errorAnswer = answer('error', 'Why a command of halab failed', {
  error: z.strictObject({
    code: z.string().describe('One of the codes in docs/errors.md.'),
    message: z.string(),
    hint: z.string().optional().describe('What to do next.'),
    data: z
      .looseObject({})
      .optional()
      .describe('Plain values for programs: node, argv, exit code, problems with file, line and column.'),
  }),
});

export const doctorAnswer = answer('doctor', 'What this machine can run and what is missing', {
  backend: z.string(),
  lab: z.string(),
  ready: z.boolean().describe('Nothing that is required is missing.'),
  findings: z.array(
    z.strictObject({
      id: z.string(),
      ok: z.boolean(),
      weight: z.enum(['required', 'advice']),
      text: z.string(),
      fix: z
        .strictObject({
          text: z.string(),
          argv: z.array(z.string()).optional(),
        })
        .optional(),
    }),
  ),
});

export const downAnswer = answer('down', 'What `halab down` removed', {
  removed: z.array(z.string()).describe('Names of the labs that were removed, in whole or in part.'),
  refused: z
    .array(z.strictObject({ instance: z.string(), code: z.string(), message: z.string() }))
    .optional()
    .describe('With --all: labs that were not removed, because a command works on them or it failed.'),
});

export const resetAnswer = answer('reset', 'The labs that `halab reset` brought back', {
  labs: z.array(
    z.strictObject({
      instance: z.string(),
      setUps: z
        .array(z.string())
        .describe('Ids of the scenarios whose state it is; none: the lab as `halab up` makes it.'),
      durationMs: z.number().min(0),
    }),
  ),
  refused: z
    .array(z.strictObject({ instance: z.string(), code: z.string(), message: z.string() }))
    .optional()
    .describe('With --all: labs that were not brought back, because a command works on them or it failed.'),
});

const baselines = z
  .array(
    z.strictObject({
      key: z.string(),
      lab: z.string(),
      image: z.string(),
      setUps: z.array(z.string()).describe('Ids of the scenarios whose state it is.'),
      usedAt: z.string().describe('When it was last saved or begun from, ISO 8601.'),
    }),
  )
  .describe('States that labs of the same kind begin from, last used first.');

export const baselinesAnswer = answer('baselines', 'The saved states that labs begin from', { baselines });

const named = {
  instance: z.string(),
  who: z.string().optional().describe('The person who works in it, as the roster has it.'),
};

export const upAnswer = answer('up', 'The labs that `halab up --count` or `--roster` brought up', {
  labs: z.array(z.strictObject({ ...named, state: labState, nodes: z.array(z.string()) })),
  failed: z
    .array(
      z.strictObject({
        ...named,
        error: z.strictObject({ code: z.string(), message: z.string(), hint: z.string().optional() }),
      }),
    )
    .describe('Labs that did not come up; the others did all the same.'),
});

export const forwardAnswer = answer('forward', 'A port that halab listens on', {
  listen: z.string().describe('`address:port` on this machine.'),
  to: z.string().describe('`host:port` as the node reaches it.'),
  via: z.string().describe('The node that the connections go through.'),
});

export const fencingAnswer = answer('fencing', 'How to configure the cluster of a lab to fence its nodes', {
  instance: z.string(),
  devices: z.array(
    z.strictObject({
      id: z.string().describe('Id of the stonith resource.'),
      node: z.string().describe('The node that it fences.'),
      level: z.int().min(1),
      agent: z.string(),
      options: z.record(z.string(), z.string()),
      secrets: z.record(z.string(), z.string()).describe('Options that must be kept secret.'),
    }),
  ),
  commands: z.array(z.array(z.string())).describe('The commands for the first level, each as a list of words.'),
});

export const newAnswer = answer('new', 'A file to begin with', {
  kind: z.enum(['scenario', 'exercise', 'lab']),
  file: z.string().describe('Its absolute path.'),
});

export const listAnswer = answer('list', 'The labs on this machine, and what there is to run', {
  running: z.array(
    z.strictObject({
      ...named,
      lab: z.string(),
      backend: z.string(),
      image: z.string(),
      since: z.string().optional().describe('When the lab was made, ISO 8601; absent where no record says so.'),
      state: z.string().describe('As in the answer of `halab status`.'),
      nodes: z.strictObject({ up: z.int().min(0), all: z.int().min(1) }),
      busy: z
        .strictObject({ pid: z.int(), doing: z.string() })
        .optional()
        .describe('The command that works on it now.'),
      cluster: z
        .strictObject({
          state: z
            .enum(['runs', 'stopped', 'unknown'])
            .describe('`stopped`: every node that was asked says that none runs there; `unknown`: no node answered.'),
          name: z.string().optional(),
          dc: z.string().optional(),
          quorum: z.boolean().optional(),
          online: z.int().min(0).optional(),
          nodes: z.int().min(0).optional(),
          views: z
            .int()
            .min(2)
            .optional()
            .describe('How many different views the nodes have, where they do not agree.'),
          clusters: z
            .int()
            .min(2)
            .optional()
            .describe('How many clusters the nodes are, where they are not one: each knows only members of its own.'),
        })
        .describe('By the view that most nodes share; of one with quorum, where there is one.'),
      trouble: z
        .strictObject({ severity: z.enum(SEVERITIES), text: z.string() })
        .optional()
        .describe('The first problem or warning of the diagnosis; absent where it finds none.'),
      faults: z.array(z.string()).describe('Active faults, in short.'),
    }),
  ),
  baselines,
  labs: z.array(z.string()).describe('Names of the lab files.'),
  scenarios: z.array(z.string()).describe('Ids of the library.'),
  sets: z.array(z.strictObject({ name: z.string(), scenarios: z.int().min(1) })),
  courses: z
    .array(z.strictObject({ id: z.string(), exercises: z.array(z.string()).min(1) }))
    .describe('Exercises by their ids, in teaching order.'),
});

export const imagesAnswer = answer('images', 'The node images and the packages of stacks in the cache', {
  images: z.array(
    z.strictObject({
      name: z.string().describe('Image and hash of its recipe, such as `debian-12-0123456789ab`.'),
      folder: z.string(),
      builtAt: z.string(),
      labs: z.array(z.string()).describe('Labs on this machine that boot from it.'),
    }),
  ),
  stacks: z
    .array(
      z.strictObject({
        name: z.string().describe('Named after its packages, such as `stack-0123456789ab`.'),
        folder: z.string(),
        keptAt: z.string(),
        packages: z.int().min(0).describe('How many packages it has.'),
        labs: z.array(z.string()).describe('Labs on this machine that boot with them.'),
      }),
    )
    .describe('The packages of each `--stack`, with which labs boot; none after `halab image build`.'),
});

export const vagrantfileAnswer = answer('vagrantfile', 'A lab written as files for Vagrant', {
  folder: z.string().describe('Absolute path of the folder that the Vagrantfile is in.'),
  files: z.array(z.string()).min(1).describe('Paths below the folder, with slashes; the Vagrantfile is the first.'),
  provider: z.enum(['virtualbox', 'libvirt']),
  box: z.string().describe('The Vagrant box that the machines are made of.'),
  image: z.string(),
});

export const boxAnswer = answer(
  'box',
  'The box that `halab box build` made',
  {
    image: z.string().describe('What it was made of, e.g. `debian-12`.'),
    name: z.string().describe('The name for `vagrant box add --name`.'),
    provider: z.enum(['libvirt']),
    box: z.string().describe('Path of the box.'),
    bytes: z.int().min(1),
    packages: z
      .string()
      .optional()
      .describe('Path of the archive of cluster packages, for a box that was built without them.'),
    packagesBytes: z.int().min(1).optional(),
  },
  { dependentRequired: { packages: ['packagesBytes'], packagesBytes: ['packages'] } },
);

export const snapshotsAnswer = answer('snapshots', 'The snapshots of a lab', {
  instance: z.string(),
  snapshots: z.array(z.strictObject({ name: z.string(), at: z.string() })),
});
