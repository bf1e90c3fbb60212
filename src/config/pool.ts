import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { strict, text } from '../fields/schema.js';
import type { ValueProblem } from '../fields/value-problem.js';
import { defined } from '../model/defined.js';
import { LabError, messageOf } from '../model/errors.js';
import { NODE_NAME } from '../model/lab.js';
import type { PoolFile } from '../model/pool.js';
import { type Dirs, shownPath } from './files.js';
import { size } from './lab-values.js';
import { readShape } from './shape.js';
import { readSource, refuseIfAny, type Source } from './source.js';

const WORD = /^[\w.@:[\]%+-]+$/;

/** It becomes a word of slurm.conf or of ssh, where blanks and commas divide. */
function hostWord(expected: string) {
  return text(expected, (value): ValueProblem | undefined =>
    WORD.test(value) && !value.startsWith('-')
      ? undefined
      : { message: `'${value}' is not ${expected}`, hint: 'write it without blanks, such as 10.0.0.11 or root@left' },
  );
}

const machineName = text("a machine's name", (value): ValueProblem | undefined =>
  NODE_NAME.test(value)
    ? undefined
    : { message: `'${value}' cannot be the name of a machine`, hint: 'up to 30 of a-z, 0-9 and -, as in left or m1' },
);

const memory = size('memory', (sizeMiB, value) =>
  sizeMiB >= 512 ? undefined : { message: `${value} is too little for a lab`, hint: 'write at least 512MiB' },
);

const folder = text('a folder', (value): ValueProblem | undefined =>
  value.startsWith('/')
    ? undefined
    : { message: `'${value}' is not an absolute path`, hint: 'write it from the root, such as /srv/halab' },
);

export const poolSchema = strict({
  head: hostWord('an address')
    .optional()
    .describe('This machine, which keeps the queue, as the machines reach it: an address or a host name.'),
  machines: z
    .record(
      machineName,
      strict({
        ssh: hostWord('a machine for ssh').optional().describe('What ssh is given for it. Default: its name.'),
        address: hostWord('an address')
          .optional()
          .describe('Where the other machines reach it. Default: what ssh is given, without the user.'),
        cores: z
          .int()
          .min(1)
          .max(1024)
          .optional()
          .describe('How many labs boot there side by side. Default: its processors.'),
        memory: memory.optional().describe('For labs. Default: what it has, but for a tenth and at least 512MiB.'),
      }),
      { error: 'expected machines by their names' },
    )
    .optional()
    .describe('Machines that halab pool init sets up, by name.'),
  partition: text("a partition's name")
    .optional()
    .describe("Instead of machines: the partition of a Slurm cluster that is not halab's, on which root may run it."),
  sbatch: z
    .array(text('a flag of sbatch'))
    .default([])
    .meta({ examples: [['--account=ha']] })
    .describe('More flags for sbatch, such as an account.'),
  halab: z.array(text('a word')).min(1).default(['halab']).describe('The command that runs halab on the machines.'),
  shared: z
    .array(folder)
    .default([])
    .describe('Folders that every machine has under the same path, with the same contents.'),
}).meta({ title: 'halab pool', description: 'Machines that run the jobs of a night.' });

const OWN_PARTITION = 'nightly';

/** Throws LabError `config-invalid` with every problem of the file; `usage` where there is none. */
export function readPool(path: string, dirs: Dirs): PoolFile {
  const at = resolve(dirs.cwd, path);
  const source = readSource(shownPath(at, dirs.cwd), textIn(at, path));
  const read = readShape(source, poolSchema);
  if (read !== undefined) judge(read, source);
  refuseIfAny(source.problems);
  if (read === undefined) throw new LabError('bug', `${path} has no problem, and was not read`);
  const { head, machines = {}, partition = OWN_PARTITION, sbatch, halab, shared } = read;
  return {
    file: at,
    ...defined({ head }),
    machines: Object.entries(machines).map(([name, { ssh = name, address, cores, memory: memoryMiB }]) => ({
      name,
      ssh,
      address: address ?? ssh.replace(/^.*@/, ''),
      ...defined({ cores, memoryMiB }),
    })),
    ...{ partition, sbatch, halab, shared },
  };
}

function textIn(path: string, asked: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new LabError('usage', `cannot read ${asked}: ${messageOf(cause)}`, {
      hint: 'docs/pool.md says what a pool file holds',
      cause,
    });
  }
}

function judge({ head, machines, partition, shared }: z.output<typeof poolSchema>, source: Source): void {
  if (machines === undefined && partition === undefined)
    source.report([], {
      message: 'neither machines nor partition says where jobs are run',
      hint: "add machines: {m1: {ssh: root@10.0.0.11}}, or the partition of a site's own Slurm",
    });
  if (machines !== undefined && partition !== undefined)
    source.reportKey(['partition'], {
      message: 'machines that halab sets up have a partition of their own',
      hint: 'remove partition, or machines if the Slurm cluster is not set up by halab',
    });
  if (machines !== undefined && Object.keys(machines).length === 0)
    source.report(['machines'], { message: 'there is no machine', hint: 'add one, such as m1: {ssh: root@10.0.0.11}' });
  if (machines !== undefined && head === undefined)
    source.report([], {
      message: "missing key 'head'",
      hint: 'add the address of this machine, as the machines reach it',
    });
  if (partition !== undefined && shared.length === 0)
    source.reportKey(['partition'], {
      message: 'the results of jobs could not come home',
      hint: 'name a folder that every machine of the cluster has under shared, and set HALAB_REPORTS_DIR to a folder in it',
    });
  const seen = new Map<string, string>();
  for (const [name, { ssh = name }] of Object.entries(machines ?? {})) {
    const other = seen.get(ssh);
    if (other !== undefined)
      source.report(['machines', name], {
        message: `${name} is the same machine as ${other}: ${ssh}`,
        hint: 'keep one of the two',
      });
    seen.set(ssh, name);
  }
}
