import { expect } from 'chai';
import { HOSTS } from '../../support/real-lab/formed.js';
import { expectNothingLeft } from '../../support/real-lab/leaks.js';
import { needsMachine, takeDown, temporaryFolder } from '../../support/real-lab/machine.js';
import { onNode, saidOn } from '../../support/real-lab/on-node.js';
import { DONE, OPEN, studentIn } from '../support/student.js';

const LAB = 'nightly-bare-hosts';
const MINUTE = 60_000;
/** Of the addresses that are for examples (RFC 5737). */
const OUTSIDE = '192.0.2.1';

describe('the exercise on bare hosts, by what a student types', function () {
  this.timeout(10 * MINUTE);
  const student = studentIn(LAB, { HALAB_REPORTS_DIR: temporaryFolder() });
  const { told, type } = student;
  const everywhere = async (line: string) => {
    for (const host of HOSTS) await type([line], host);
  };

  before(async function () {
    needsMachine(this);
    await takeDown(LAB);
    await told('start', 'bare-hosts');
  });
  after(async () => {
    await takeDown(LAB);
    expectNothingLeft(LAB);
  });

  it('begins without the software, and with no way out of the lab', async () => {
    for (const host of HOSTS) {
      expect((await onNode(LAB, host, ['sh', '-c', 'command -v corosync pacemakerd pcs'])).stdout).to.equal('');
      const connect = `timeout 3 bash -c '</dev/tcp/${OUTSIDE}/80'`;
      expect((await onNode(LAB, host, ['sh', '-c', connect])).exitCode, host).to.not.equal(0);
      expect((await onNode(LAB, host, ['ping', '-c', '1', '-W', '2', OUTSIDE])).exitCode, host).to.equal(1);
      const sources = await saidOn(LAB, host, ['sh', '-c', 'apt-get update >/dev/null && apt-get indextargets']);
      expect(new Set(sources.match(/^URI: .*:/gm))).to.deep.equal(new Set(['URI: file:']));
    }
  });

  it('installs it from inside, takes apart what Debian has started, and forms the cluster', async () => {
    await told('answer', 'nothing');
    await type(['apt-get install -y corosync pacemaker pcs']);
    await student.until(OPEN);
    for (const host of HOSTS.slice(1)) await type(['apt-get install -y corosync pacemaker pcs'], host);
    await student.until(DONE);
    const { steps } = await told('next');
    expect(steps[0].predict).to.deep.include({ right: 'alone' });
    await told('answer', 'debian');
    await told('next');
    await everywhere('pcs cluster destroy');
    await student.until(DONE);
    await told('next');
    await everywhere('echo hacluster:exercise | chpasswd');
    await type(['pcs host auth ha-host1 ha-host2 ha-host3 -u hacluster -p exercise']);
    await student.until(DONE);
    const { variant } = await told('next');
    await type([
      `pcs cluster setup ${variant.name} ha-host1 ha-host2 ha-host3`,
      'pcs cluster start --all',
      'pcs cluster enable --all',
    ]);
    await student.until(DONE);
    await student.goThrough();
  });
});
