import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { loadLab } from '../../../src/config/files.js';
import { pickScenarios } from '../../../src/config/scenario-files.js';
import { labsWantedBy, readByLab } from '../../../src/config/scenario-labs.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const root = resolve(import.meta.dirname, '../../..');

describe('scenarios by the lab they are made for', () => {
  const at = temporaryFolder();
  const write = (id: string, head: string, expectation = '{ quorum: true }'): void => {
    mkdirSync(at('own'), { recursive: true });
    const steps = `steps:\n  - id: look\n    expect: [${expectation}]\n`;
    writeFileSync(join(at('own'), `${id}.yaml`), `id: ${id}\ntitle: A scenario\n${head}\n${steps}`);
  };
  const dirs = () => ({ cwd: at(), root });
  const read = (...ids: string[]) => {
    const picked = pickScenarios(
      ids.map((id) => `own/${id}.yaml`),
      dirs(),
    );
    return readByLab(picked, (name = 'linuxha') => loadLab(name, dirs()).lab);
  };

  it('are read each for its own', () => {
    write('pair', 'needs: { lab: two-node }', '{ node: ha-host2, is: online }');
    write('any', 'given: [form-cluster]', '{ node: ha-host3, is: online }');
    write('wide', 'needs: { lab: five-node }', '{ node: ha-host5, is: online }');
    const selections = read('pair', 'any', 'wide');
    expect(selections.map(({ lab, wants }) => [lab.name, wants])).to.deep.equal([
      ['two-node', 'two-node'],
      ['linuxha', undefined],
      ['five-node', 'five-node'],
    ]);
    expect(selections[1]?.selected[0]?.needs).to.not.have.property('lab');
    expect([...(selections[1]?.library.keys() ?? [])]).to.deep.equal(['form-cluster', 'any']);
    expect(labsWantedBy(pickScenarios(['own/any.yaml'], dirs()))).to.deep.equal([undefined]);
  });

  it('are refused for what their own lab does not have', () => {
    write('lost', 'needs: { lab: two-node }', '{ node: ha-host3, is: online }');
    expect(() => read('lost')).to.throw(/own\/lost\.yaml:\d+:\d+: .*'ha-host3'/);
  });

  it('are for the lab of the scenarios that they require', () => {
    write('ground', 'needs: { lab: two-node }');
    write('above', 'given: [ground]');
    const picked = pickScenarios(['own'], dirs());
    const wants = picked.wanted.filter(({ id }) => id === 'above');
    expect(labsWantedBy({ ...picked, wanted: wants })).to.deep.equal(['two-node']);
  });

  it('cannot be for two labs at once', () => {
    write('ground', 'needs: { lab: two-node }');
    write('torn', 'needs: { lab: linuxha }\ngiven: [ground]');
    const picked = pickScenarios(['own/torn.yaml', 'own/ground.yaml'], dirs());
    expect(() => readByLab(picked, (name = 'linuxha') => loadLab(name, dirs()).lab)).to.throw(
      /own\/torn\.yaml:4:8: this is for the lab linuxha, and a scenario that it requires is for two-node/,
    );
  });

  it('are told where the name of a lab is mistaken', () => {
    write('typo', 'needs: { lab: two-nod }');
    expect(() => read('typo')).to.throw(/own\/typo\.yaml:3:15: no lab named 'two-nod', did you mean 'two-node'\?/);
  });
});
