import { expect } from 'chai';
import { measureSlowness } from '../../../../src/backends/vagrant/backend.js';
import type { LabInstance } from '../../../../src/model/lab.js';
import { fakeTransport } from '../../cluster/fake-transport.js';
import { testLab } from '../../cluster/test-lab.js';

const instance: LabInstance = { name: 'linuxha', backend: 'vagrant', lab: testLab };

function measure(answers: Readonly<Record<string, string>>) {
  return measureSlowness(instance, (node, work) =>
    work(fakeTransport(node, () => ({ stdout: answers[node] ?? '30\n' }))),
  );
}

describe('measureSlowness', () => {
  it('takes the slowest HA node, and none for faster than hardware', async () => {
    expect(await measure({ 'ha-host2': '900\n', 'ha-host3': '600\n', 'iscsi-disks': '9000\n' })).to.equal(18);
    expect(await measure({})).to.equal(1);
  });

  it('names the node whose speed could not be measured', async () => {
    const failure: unknown = await measure({ 'ha-host2': 'sh: no python\n' }).catch((error: unknown) => error);
    expect(failure).to.have.property('code', 'command-failed');
    expect(String(failure)).to.contain('ha-host2').and.contain('no python');
  });
});
