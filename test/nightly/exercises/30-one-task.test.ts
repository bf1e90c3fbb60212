import { expect } from 'chai';
import { formedLab, HOSTS } from '../../support/real-lab/formed.js';
import { halabJson } from '../../support/real-lab/halab.js';
import { linkFlags, statusOf } from '../../support/real-lab/labs.js';
import { expectNothingLeft } from '../../support/real-lab/leaks.js';
import { needsMachine, takeDown, temporaryFolder } from '../../support/real-lab/machine.js';
import { inTmux, signal } from '../../support/real-lab/tmux.js';
import { until } from '../../support/real-lab/until.js';
import { DONE, OPEN, studentIn } from '../support/student.js';

const LAB = 'nightly-one-task';
const ON = ['--name', LAB];
const MINUTE = 60_000;
const IPADDR = 'ocf:heartbeat:IPaddr2';

describe('one task, the address that a cluster is to hold', function () {
  this.timeout(10 * MINUTE);
  const env = { HALAB_REPORTS_DIR: temporaryFolder() };
  const start = inTmux();
  const student = studentIn(LAB, env);
  const { told, type, judged } = student;

  before(async function () {
    needsMachine(this);
    await takeDown(LAB);
  });
  after(async () => {
    await takeDown(LAB);
    expectNothingLeft(LAB);
  });

  /** Begins the exercise, goes to its task, and resolves to the address that is asked for. */
  async function begin(name: string): Promise<string> {
    // What another test has left under way, if any.
    await student.learn('finish');
    await told('start', 'virtual-ip-by-hand', '--student', name, '--seed', 'class of the test');
    await told('answer', 'ip');
    const { current, variant } = await told('next');
    expect(current).to.equal('create');
    return variant.ip;
  }

  const pcs = (ip: string, mask = 24) =>
    `pcs resource create vip ${IPADDR} ip=${ip} cidr_netmask=${mask} op monitor interval=10s`;

  describe('judged by what holds, whoever made it so', () => {
    let ip = '';
    before(async () => {
      ip = await begin('Anna');
    });
    afterEach(async () => {
      await told('reset');
    });

    const byCibadmin = (operations: string) => {
      const parameters = `<nvpair id="vip-ip" name="ip" value="${ip}"/><nvpair id="vip-mask" name="cidr_netmask" value="24"/>`;
      const primitive = `<primitive id="vip" class="ocf" provider="heartbeat" type="IPaddr2"><instance_attributes id="vip-parameters">${parameters}</instance_attributes>${operations}</primitive>`;
      return `cibadmin --create --scope resources --xml-text '${primitive}'`;
    };
    const MONITOR = '<operations><op id="vip-monitor" name="monitor" interval="10"/></operations>';

    const WAYS: Readonly<Record<string, () => readonly string[]>> = {
      pcs: () => [pcs(ip)],
      crm: () => [`crm configure primitive vip ${IPADDR} params ip=${ip} cidr_netmask=24 op monitor interval=10s`],
      cibadmin: () => [byCibadmin(MONITOR)],
      'crm_resource, which corrects a netmask': () => [
        pcs(ip, 32),
        'crm_resource --resource vip --set-parameter cidr_netmask --parameter-value 24',
      ],
      'crm_resource, which enables it': () => [
        `${pcs(ip)} --disabled`,
        'crm_resource --resource vip --meta --set-parameter target-role --parameter-value Started',
      ],
    };
    for (const [way, lines] of Object.entries(WAYS))
      it(`is done by ${way}`, async () => {
        await type(lines());
        await student.until(DONE);
      });

    const LOOKALIKES: readonly (readonly [string, string, () => readonly string[], RegExp])[] = [
      ['an address added to an interface', 'ha-host1', () => [`ip address add ${ip}/24 dev eth1`], /^vip is started/],
      ['another netmask', 'ha-host1', () => [pcs(ip, 32)], /^on .*inet .*prints .*\/32/],
      ['a disabled resource', 'ha-host1', () => [`${pcs(ip)} --disabled`], /^vip is started: .*disabled/],
      [
        'the address on a host whose cluster is stopped',
        'ha-host3',
        () => ['pcs cluster stop', `ip address add ${ip}/24 dev eth1`],
        /^vip is started/,
      ],
      ['a resource that nobody monitors', 'ha-host1', () => [byCibadmin('')], /op\[@name='monitor'\].*prints nothing/],
    ];
    for (const [what, host, lines, why] of LOOKALIKES)
      it(`is not done by ${what}`, async () => {
        await type(lines(), host);
        let open: readonly string[] = [];
        const isSeen = async () => {
          const now = await judged();
          expect(now.exitCode).to.equal(OPEN);
          ({ open } = now);
          return open.some((each) => why.test(each));
        };
        await until(`${why} among what is open`, isSeen, { withinMs: MINUTE, seen: () => open.join('\n') });
      });

    it('is open again when it no longer holds, and done again when it does', async () => {
      await type([pcs(ip)]);
      await student.until(DONE);
      await type(['pcs resource disable vip']);
      await student.until(OPEN);
      expect((await student.learn('show')).stdout).to.contain('it held, and no longer does: vip is started');
      expect((await student.learn('next')).exitCode, 'the task is not left').to.equal(OPEN);
      await type(['pcs resource enable vip']);
      await student.until(DONE);
    });
  });

  /** Does the task, and goes to the step where the host of the address loses its network. */
  async function goToCut(ip: string): Promise<void> {
    await type([pcs(ip)]);
    await student.until(DONE);
    await told('next');
    const holder = await formedLab(LAB).holderOf('vip');
    await told('answer', holder.replace('ha-host', 'host'));
    expect((await told('next')).current).to.equal('cut');
  }

  describe('by one student and another', () => {
    it('asks the same of the same student, something else of another, and both can do it', async () => {
      const addresses = new Map<string, string>();
      for (const name of ['Anna', 'Ben', 'Anna']) {
        const ip = await begin(name);
        expect(addresses.get(name) ?? ip, name).to.equal(ip);
        if (!addresses.has(name)) {
          await goToCut(ip);
          await told('answer', 'many', '--because', 'token and consensus');
          await student.goThrough();
        }
        addresses.set(name, ip);
      }
      expect(addresses.get('Anna')).to.not.equal(addresses.get('Ben'));
    });

    it('survives SIGKILL of its screen in the middle of a fault, and is brought back by a reset', async () => {
      await goToCut(await begin('Anna'));
      const open = () => start(['learn', 'coach', ...ON], { env });
      let screen = open();
      await screen.untilVisible(/Predict first: press 1 to 4/);
      screen.type('3');
      await screen.untilVisible(/Your reason/);
      screen.press('Enter');
      await screen.untilVisible(/n has halab do it/);
      screen.type('n');
      await screen.untilVisible(/ha-host\d .*eth1 down/, MINUTE);
      signal(screen, 'SIGKILL');
      await screen.untilShows(/halab ended with 137/);
      expect((await statusOf(LAB)).faults).to.have.length(1);
      screen = open();
      await screen.untilVisible(/halab was stopped in the middle of this step/);
      screen.type('q');
      await screen.ended();

      await told('reset');
      expect((await statusOf(LAB)).faults).to.deep.equal([]);
      expect((await halabJson(['audit', ...ON], { env })).verdict).to.equal('passed');
      for (const host of HOSTS) expect(await linkFlags(LAB, host, 'eth1')).to.include('UP');
      expect(await formedLab(LAB).holderOf('vip')).to.match(/^ha-host\d$/);
      // A step that begins again asks its question again.
      await told('answer', 'many');
      await student.goThrough();
    });
  });
});
