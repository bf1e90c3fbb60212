import { z } from 'zod';

export const errorAnswer = z
  .strictObject({
    schema: z.literal('halab.error/1'),
    error: z.strictObject({
      code: z.string().describe('One of the codes in docs/errors.md.'),
      message: z.string(),
      hint: z.string().optional().describe('What to do next.'),
      data: z
        .looseObject({})
        .optional()
        .describe('Plain values for programs: node, argv, exit code, problems with file, line and column.'),
    }),
  })
  .meta({ id: 'halab.error/1', title: 'Why a command of halab failed' });

export const doctorAnswer = z
  .strictObject({
    schema: z.literal('halab.doctor/1'),
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
  })
  .meta({ id: 'halab.doctor/1', title: 'What this machine can run and what is missing' });

export const downAnswer = z
  .strictObject({
    schema: z.literal('halab.down/1'),
    removed: z.array(z.string()).describe('Names of the labs that were removed, in whole or in part.'),
  })
  .meta({ id: 'halab.down/1', title: 'What `halab down` removed' });

export const forwardAnswer = z
  .strictObject({
    schema: z.literal('halab.forward/1'),
    listen: z.string().describe('`address:port` on this machine.'),
    to: z.string().describe('`host:port` as the node reaches it.'),
    via: z.string().describe('The node that the connections go through.'),
  })
  .meta({ id: 'halab.forward/1', title: 'A port that halab listens on' });

export const fencingAnswer = z
  .strictObject({
    schema: z.literal('halab.fencing/1'),
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
  })
  .meta({ id: 'halab.fencing/1', title: 'How to configure the cluster of a lab to fence its nodes' });

export const vagrantfileAnswer = z
  .strictObject({
    schema: z.literal('halab.vagrantfile/1'),
    folder: z.string().describe('Absolute path of the folder that the Vagrantfile is in.'),
    files: z.array(z.string()).min(1).describe('Paths below the folder, with slashes; the Vagrantfile is the first.'),
    provider: z.enum(['virtualbox', 'libvirt']),
    box: z.string().describe('The Vagrant box that the machines are made of.'),
    image: z.string(),
  })
  .meta({ id: 'halab.vagrantfile/1', title: 'A lab written as files for Vagrant' });

export const boxAnswer = z
  .strictObject({
    schema: z.literal('halab.box/1'),
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
  })
  .meta({
    id: 'halab.box/1',
    title: 'The box that `halab box build` made',
    dependentRequired: { packages: ['packagesBytes'], packagesBytes: ['packages'] },
  });

export const snapshotsAnswer = z
  .strictObject({
    schema: z.literal('halab.snapshots/1'),
    instance: z.string(),
    snapshots: z.array(z.strictObject({ name: z.string(), at: z.string() })),
  })
  .meta({ id: 'halab.snapshots/1', title: 'The snapshots of a lab' });
