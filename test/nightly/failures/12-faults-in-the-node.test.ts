import { expect } from 'chai';
import { STACK_DAEMONS } from '../../../src/model/scenario.js';
import { expectBroken } from '../../support/real-lab/audits.js';
import { formedLab } from '../../support/real-lab/formed.js';
import { laneLab, linkFlags, onFormedCluster, untilPing } from '../../support/real-lab/labs.js';
import { isReached } from '../../support/real-lab/packets.js';
import { until } from '../../support/real-lab/until.js';

const NAME = laneLab(import.meta.dirname);
const HOST = 'ha-host3';
const HOST_ADDRESS = '192.168.56.33';
const OTHER = 'ha-host2';
const OTHER_ADDRESS = '192.168.56.32';
const { on, inject, heal, untilWhole } = formedLab(NAME);

/** Each direction of a lost link and each daemon of the stack; test/e2e/faults has one of each. */
describe('all variants of faults in the node, of a real cluster', function () {
  this.timeout(120_000);
  onFormedCluster(NAME);

  it('drop what comes in, what goes out, or both, while the link is up and the management connection open', async () => {
    await untilPing(NAME, OTHER, HOST_ADDRESS, true);
    for (const [by, receives, isReceived] of [
      ['drop-in', false, true],
      ['drop-out', true, false],
      ['drop', false, false],
    ] as const) {
      await inject('link-down', HOST, '--by', by);
      expect(await linkFlags(NAME, HOST, 'eth1')).to.include.members(['UP', 'LOWER_UP']);
      expect(await isReached(NAME, HOST, OTHER_ADDRESS, HOST_ADDRESS), `${by}: what comes in`).to.equal(receives);
      expect(await isReached(NAME, OTHER, HOST_ADDRESS, OTHER_ADDRESS), `${by}: what goes out`).to.equal(isReceived);
      await heal(1);
      expect((await on(HOST, 'nft list tables')).trim(), by).to.equal('');
      await untilPing(NAME, OTHER, HOST_ADDRESS, true);
    }
    await untilWhole();
  });

  it('lose one direction: the other still arrives, and audits expect that the two nodes part', async () => {
    await inject('one-way-loss', HOST, '--from', OTHER);
    expect(await isReached(NAME, HOST, OTHER_ADDRESS, HOST_ADDRESS), 'from the one').to.equal(false);
    expect(await isReached(NAME, OTHER, HOST_ADDRESS, OTHER_ADDRESS), 'to the one').to.equal(true);
    expect(await isReached(NAME, HOST, '192.168.56.31', HOST_ADDRESS), 'from a third').to.equal(true);
    const alone = async () => /OFFLINE|WITHOUT quorum/i.test(await on(HOST, 'crm_mon -1'));
    await until('somebody out of the membership', alone, { withinMs: 40_000 });
    await expectBroken(NAME, [], { among: ['as-left', 'one-dc'] });
    await heal(1);
    await untilPing(NAME, HOST, OTHER_ADDRESS, true);
    await untilWhole();
  });

  it('halt each daemon and let it go on', async function () {
    this.timeout(240_000);
    for (const daemon of STACK_DAEMONS) {
      await inject('daemon-stop', HOST, '--daemon', daemon);
      expect(await halted(HOST), daemon).to.have.length(1);
      await heal(1);
      expect(await halted(HOST), daemon).to.deep.equal([]);
    }
    await untilWhole();
  });

  it('kill every daemon of the stack, and bring the node back', async function () {
    this.timeout(480_000);
    for (const daemon of STACK_DAEMONS) {
      await inject('daemon-kill', HOST, '--daemon', daemon);
      await heal(1);
      await untilWhole(daemon);
      expect(await on(HOST, 'systemctl is-active corosync pacemaker pcsd'), daemon).to.equal('active\n'.repeat(3));
    }
    await expectBroken(NAME, ['no-crash'], { about: 'the log of the last ten minutes shows it' });
  });
});

async function halted(node: string): Promise<readonly string[]> {
  return (await on(node, 'ps -eo stat=,args=')).split('\n').filter((line) => line.startsWith('T'));
}
