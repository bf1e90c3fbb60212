import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import {
  haclusterPassword,
  listInstances,
  loadInstance,
  requireInstance,
  saveInstance,
} from '../../../src/store/instances.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { testLab } from '../cluster/test-lab.js';

describe('instances', () => {
  const at = temporaryFolder();
  const instance = (name: string) => ({ name, backend: 'embedded', lab: testLab });

  it('come back as they were saved', () => {
    saveInstance(at(), instance('one'));
    expect(loadInstance(at(), 'one')).to.deep.equal(instance('one'));
  });

  it('are listed by name; a folder without a memory is none', () => {
    saveInstance(at(), instance('two'));
    saveInstance(at(), instance('one'));
    mkdirSync(at('halab-cut-off'));
    mkdirSync(at('something-else'));
    expect(listInstances(at())).to.deep.equal(['one', 'two']);
    expect(loadInstance(at(), 'cut-off')).to.equal(undefined);
    expect(listInstances(at('nowhere'))).to.deep.equal([]);
  });

  it('are only root’s to read: a lab file may hold passwords', () => {
    saveInstance(at(), instance('one'));
    expect(statSync(at('halab-one', 'instance.json')).mode & 0o777).to.equal(0o600);
  });

  it('that are not there are answered with those that are', () => {
    saveInstance(at(), instance('one'));
    expect(() => requireInstance(at(), 'other'))
      .to.throw('no lab called other')
      .that.includes({ code: 'lab-not-up', hint: 'labs here: one (--name picks one)' });
    expect(() => requireInstance(at('nowhere'), 'other'))
      .to.throw()
      .with.property('hint', 'halab up brings one up');
  });

  it('have one password, made up once, that only root reads', () => {
    saveInstance(at(), instance('one'));
    saveInstance(at(), instance('two'));
    const password = haclusterPassword(at(), instance('one'));
    expect(password).to.have.length(20);
    expect(haclusterPassword(at(), instance('one'))).to.equal(password);
    expect(haclusterPassword(at(), instance('two'))).to.not.equal(password);
    expect(statSync(at('halab-one', 'hacluster-password')).mode & 0o777).to.equal(0o600);
  });

  it('take the lab file’s password where it gives one', () => {
    const lab = { ...testLab, cluster: { name: 'x', haclusterPassword: 'given' } };
    expect(haclusterPassword(at(), { ...instance('one'), lab })).to.equal('given');
    expect(existsSync(at('halab-one'))).to.equal(false);
  });

  it('are never half written', () => {
    saveInstance(at(), instance('one'));
    writeFileSync(at('halab-one', 'instance.json.new'), '{"half');
    saveInstance(at(), instance('one'));
    expect(JSON.parse(readFileSync(at('halab-one', 'instance.json'), 'utf8'))).to.have.property('name', 'one');
  });
});
