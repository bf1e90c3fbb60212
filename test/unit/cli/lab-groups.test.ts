import { mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { type GroupFlags, groupByLab, nameFor } from '../../../src/cli/run/lab-groups.js';
import { readSettings } from '../../../src/cli/settings.js';
import { saveInstance } from '../../../src/store/instances.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const MACHINE = { platform: 'linux', home: '/home/me', isRoot: true } as const;

describe('a run of scenarios for several labs', () => {
  const at = temporaryFolder();
  const settings = () => readSettings({}, { HALAB_STATE_DIR: at('state') }, at(), MACHINE);
  beforeEach(() => {
    mkdirSync(at('own'));
    const write = (id: string, head: string) =>
      writeFileSync(
        at(`own/${id}.yaml`),
        `id: ${id}\ntitle: ${id}\n${head}steps:\n  - id: look\n    expect: [{ quorum: true }]\n`,
      );
    write('1-any', '');
    write('2-pair', 'needs: { lab: two-node }\n');
    write('3-linuxha', 'needs: { lab: linuxha }\n');
    write('4-pair', 'needs: { lab: two-node }\n');
  });
  const told = async (flags: GroupFlags = {}) =>
    (await groupByLab(settings(), ['own'], flags)).map(({ instance, plan }) => ({
      name: instance.name,
      lab: instance.lab.name,
      run: plan.filter(({ skipped }) => skipped === undefined).map(({ scenario }) => scenario.id),
      skipped: plan.flatMap(({ scenario, skipped }) => (skipped === undefined ? [] : [`${scenario.id}: ${skipped}`])),
    }));

  it('is one run a lab, in the order asked for', async () => {
    expect(await told()).to.deep.equal([
      { name: 'linuxha', lab: 'linuxha', run: ['1-any', '3-linuxha'], skipped: [] },
      { name: 'two-node', lab: 'two-node', run: ['2-pair', '4-pair'], skipped: [] },
    ]);
  });

  it('gives each lab a name of its own', async () => {
    expect((await told({ name: 'ci' })).map(({ name }) => name)).to.deep.equal(['ci-linuxha', 'ci-two-node']);
    expect(nameFor('ci', 'linuxha', ['linuxha'])).to.equal('ci');
    expect(nameFor(undefined, 'linuxha', ['linuxha', 'two-node'])).to.equal(undefined);
    const labs = ['separate-networks', 'separate-networks-of-three', 'two-node'];
    const names = labs.map((lab) => nameFor('a-very-long-name', lab, labs));
    expect(new Set(names).size).to.equal(3);
    for (const name of names) expect(name).to.match(/^[a-z][a-z0-9-]{0,20}$/);
  });

  it('skips the scenarios of a lab that the backend cannot run, and says why, unless they are all', async () => {
    writeFileSync(
      at('own/5-sbd.yaml'),
      'id: 5-sbd\ntitle: five\nneeds: { lab: sbd }\nsteps:\n  - id: look\n    expect: [{ quorum: true }]\n',
    );
    const sbd = (await told()).find(({ lab }) => lab === 'sbd');
    expect(sbd?.run).to.deep.equal([]);
    expect(sbd?.skipped).to.have.lengthOf(1);
    expect(sbd?.skipped[0]).to.match(/^5-sbd: the embedded backend cannot run the lab sbd: .*softdog/);
    const [alone] = await groupByLab(settings(), ['own/5-sbd.yaml'], {});
    expect(alone?.plan.map(({ skipped }) => skipped)).to.deep.equal([undefined]);
  });

  it('is for the one lab that is named, and says of the others why they are skipped', async () => {
    const why = 'is made for the lab two-node, and this is linuxha';
    expect(await told({ lab: 'linuxha', name: 'mine' })).to.deep.equal([
      { name: 'mine', lab: 'linuxha', run: ['1-any', '3-linuxha'], skipped: [`2-pair: ${why}`, `4-pair: ${why}`] },
    ]);
    const [pair] = await told({ lab: 'two-node' });
    expect(pair?.run).to.deep.equal(['1-any', '2-pair', '4-pair']);
    expect(pair?.skipped).to.deep.equal(['3-linuxha: is made for the lab linuxha, and this is two-node']);
  });

  it('is for the lab that goes by the name', async () => {
    const [group] = await groupByLab(settings(), ['own'], { lab: 'two-node', name: 'there' });
    if (group === undefined) throw new Error('no group');
    saveInstance(settings().stateDir, group.instance);
    expect((await told({ name: 'there' })).map(({ lab, run }) => [lab, run])).to.deep.equal([
      ['two-node', ['1-any', '2-pair', '4-pair']],
    ]);
  });
});
