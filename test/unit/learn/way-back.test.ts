import { expect } from 'chai';
import type { Baseline } from '../../../src/learn/session.js';
import { openWayBack } from '../../../src/learn/way-back.js';
import { run, vipStarted } from '../../support/memory-run.js';
import { createMemoryLearning } from './memory-learning.js';
import { exerciseOf, stepWith, taskWith } from './session-events.js';

const FILE = '/etc/nginx/nginx.conf';
const slow = stepWith('slow', taskWith({ by: 'halab' }), { action: run(['sleep', '60']) });
const task = stepWith('task', taskWith(), { expect: [vipStarted()] });

/** At the second step of an exercise, before it is done; the first step takes a minute, and the baseline nothing. */
async function atTask(times: number) {
  let baseline: Baseline['restore'] = async () => undefined;
  const learning = await createMemoryLearning(exerciseOf(slow, task), { restore: (...args) => baseline(...args) });
  const { backend, mischief, instance, world: worldOf } = learning.memory.lab;
  const world = worldOf();
  const nodes = [...world.nodes.values()];
  const vip = world.resources.get('vip');
  const make = () => {
    world.resources.clear();
    for (const { files } of nodes) files.set(FILE, Buffer.from('as made'));
    world.settle();
  };
  baseline = async () => make();
  make();
  mischief.command = (name, argv) => {
    if (!argv[2]?.includes('sha256sum')) return undefined;
    const lines = [...(world.nodes.get(name)?.files ?? [])].map(([path, content]) => `holds ${content.length} ${path}`);
    return { exitCode: 0, stdout: lines.join('\n') };
  };
  await learning.session.next();
  await learning.session.next();
  const said: string[] = [];
  const back = await openWayBack({
    ...learning,
    times,
    onProgress: (text) => void said.push(text),
    again: async () => undefined,
  });
  const first = nodes.find(({ name }) => name === 'ha-host1');
  return {
    back,
    said,
    snapshots: backend.snapshots,
    instance: instance(),
    /** What a student does: something in the cluster, and something on a node. */
    create() {
      if (vip !== undefined) world.resources.set('vip', vip);
      world.settle();
    },
    edit: () => first?.files.set(FILE, Buffer.from('as a student has it')),
    content: () => first?.files.get(FILE)?.toString(),
    resources: () => [...world.resources.keys()],
  };
}

const BY_STEPS = `back to task by the steps before: ${FILE} of ha-host1`;
const BY_DISKS = `back to task by the disks: ${FILE} of ha-host1`;
const KEPT = 'task: keep the disks of the nodes';

describe('the way back to where a step began', () => {
  it('is the configuration of the cluster where nothing else was changed', async () => {
    const { back, said, create, resources } = await atTask(1);
    create();
    await back.restore();
    expect(resources()).to.deep.equal([]);
    expect(said.filter((text) => text.startsWith('back'))).to.deep.equal([]);
  });

  it('goes by the steps before where something was changed on a node', async () => {
    const { back, said, create, edit, content, resources } = await atTask(1);
    create();
    edit();
    await back.restore();
    expect(said.at(-1)).to.equal(BY_STEPS);
    expect([content(), resources()]).to.deep.equal(['as made', []]);
  });

  it('goes by disks that were kept, from the second time, where the steps before take long', async () => {
    const { back, said, edit, content, snapshots, instance } = await atTask(3);
    for (let time = 1; time <= 3; time += 1) {
      edit();
      await back.restore();
      expect(content()).to.equal('as made');
    }
    expect(said).to.deep.equal([BY_STEPS, KEPT, BY_DISKS, BY_DISKS]);
    await back.close();
    expect(await snapshots?.list(instance)).to.deep.equal([]);
  });

  it('keeps no disks for the last time', async () => {
    const { back, said, edit } = await atTask(1);
    edit();
    await back.restore();
    expect(said).to.deep.equal([BY_STEPS]);
  });

  it('does without disks that the lab does not go on from as it was', async () => {
    const { back, said, edit, snapshots } = await atTask(3);
    // As a lab whose start changes something.
    Object.assign(snapshots ?? {}, { take: async () => edit() });
    for (let time = 1; time <= 2; time += 1) {
      edit();
      await back.restore();
    }
    expect(said).to.deep.equal([BY_STEPS, KEPT, BY_STEPS, BY_STEPS]);
  });
});
