import { expect } from 'chai';
import { FAULTS } from '../../../src/faults/index.js';
import type { ResolvedFault } from '../../../src/model/scenario.js';
import { driverOf as driverIn, type FaultDriver } from '../../../src/ports/fault.js';
import { pretendStack } from './support/pretend-stack.js';

const node = 'ha-host1';
const driverOf = (fault: ResolvedFault): FaultDriver => driverIn(FAULTS, fault);

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Everything that is made through the way into the node. */
const CASES: readonly ResolvedFault[] = [
  { kind: 'link-down', node, link: 'eth1', by: 'drop-in' },
  { kind: 'link-down', node, link: 'eth1', by: 'drop-out' },
  { kind: 'link-down', node, link: 'eth1', by: 'drop' },
  { kind: 'one-way-loss', node, from: 'ha-host2', link: 'eth1' },
  { kind: 'daemon-kill', node, daemon: 'corosync' },
  { kind: 'daemon-stop', node, daemon: 'controld' },
  { kind: 'cluster-stop', node },
  { kind: 'standby', node },
  { kind: 'maintenance', node },
  { kind: 'address-gone', node, address: '192.168.56.24' },
  { kind: 'failcount', node, resource: 'vip', value: 3 },
  { kind: 'daemon-kill', node, daemon: 'corosync', times: 3, everyMs: 1000 },
  { kind: 'partition', groups: [[node], ['ha-host2', 'ha-host3']] },
  { kind: 'isolate', node, link: 'eth1' },
  { kind: 'ring', nodes: ['ha-host1', 'ha-host2', 'ha-host3'] },
  { kind: 'shape', node, link: 'eth1', rateKbit: 1000 },
  { kind: 'reboot', node },
];

describe('faults made on the node', () => {
  for (const fault of CASES) {
    const how = 'by' in fault ? ` by ${fault.by}` : 'times' in fault ? ', again and again' : '';
    const name = `${fault.kind}${how}`;

    it(`${name}: is in force when injected and gone when undone, twice each, without any ability`, async () => {
      const { context, node: on } = await pretendStack();
      const { links: _links, power: _power, pause: _pause, ...bare } = context.backend;
      const without = { ...context, backend: bare };
      const driver = driverOf(fault);
      expect(await driver.isActive(fault, without)).to.equal(false);
      await driver.inject(fault, without);
      expect(await driver.isActive(fault, without)).to.equal(true);
      await driver.inject(fault, without);
      expect(await driver.isActive(fault, without)).to.equal(true);
      if (fault.kind === 'daemon-kill')
        on().processes.push({ pid: 400, parent: 1, path: '/usr/sbin/corosync', state: 'S' });
      for (let times = 0; times < 2; times += 1) {
        await driver.undo(fault, without);
        expect(await driver.isActive(fault, without)).to.equal(false);
      }
    });

    it(`${name}: undoing what was never injected changes nothing`, async () => {
      const { context, asked, attributes } = await pretendStack();
      await driverOf(fault).undo(fault, context);
      const verbs = asked.map(({ argv }) => argv.slice(0, 2).join(' '));
      for (const change of ['pcs cluster', 'nft delete', 'ip addr', 'kill -CONT', 'systemctl start'])
        expect(verbs).to.not.include(change);
      expect([...attributes]).to.deep.equal([]);
    });
  }
});

describe('packets dropped', () => {
  const rules = (by: 'drop-in' | 'drop-out' | 'drop') =>
    pretendStack().then(async ({ context, node: on, asked }) => {
      const fault = { kind: 'link-down', node, link: 'eth1', by } as const;
      await FAULTS['link-down'].inject(fault, context);
      expect(asked.map(({ argv }) => argv.join(' '))).to.deep.equal(['nft -f -']);
      return on().tables.get(`halab-eth1-${by}`) ?? '';
    });

  it('come in, go out, or both, by the interface, and are asked for in one transaction', async () => {
    expect(await rules('drop-in')).to.equal(
      'add chain inet halab-eth1-drop-in input { type filter hook input priority -300 ; }\n' +
        'add rule inet halab-eth1-drop-in input iifname "eth1" drop\n',
    );
    expect(await rules('drop-out'))
      .to.match(/output oifname "eth1" drop/)
      .and.not.match(/iifname/);
    expect(await rules('drop'))
      .to.match(/input iifname "eth1" drop/)
      .and.match(/output oifname "eth1" drop/);
  });

  it('of one sender are told by its own address on the hearer’s network', async () => {
    const { context, node: on } = await pretendStack();
    const fault = { kind: 'one-way-loss', node, from: 'ha-host2', link: 'eth1' } as const;
    await FAULTS['one-way-loss'].inject(fault, context);
    expect(on().tables.get('halab-eth1-from-ha-host2')).to.match(/input iifname "eth1" ip saddr 192\.168\.56\.32 drop/);
  });

  it('stay dropped by one fault when another of the same link is undone', async () => {
    const { context } = await pretendStack();
    const coming = { kind: 'link-down', node, link: 'eth1', by: 'drop-in' } as const;
    const going = { ...coming, by: 'drop-out' } as const;
    for (const fault of [coming, going]) await FAULTS['link-down'].inject(fault, context);
    await FAULTS['link-down'].undo(coming, context);
    expect(await FAULTS['link-down'].isActive(going, context)).to.equal(true);
  });

  it('cannot be those of a node to itself, or of one on another network', async () => {
    const { context } = await pretendStack();
    for (const fault of [
      { kind: 'one-way-loss', node, from: node, link: 'eth1' } as const,
      { kind: 'one-way-loss', node, from: 'ha-host2', link: 'eth2' } as const,
    ])
      expect(await failureOf(FAULTS['one-way-loss'].inject(fault, context))).to.have.property('code', 'fault-failed');
  });

  it('say what nft said where it is not there', async () => {
    const { context, mischief } = await pretendStack();
    mischief.command = () => ({ exitCode: 127, stderr: 'nft: command not found' });
    const failure = await failureOf(
      FAULTS['link-down'].undo({ kind: 'link-down', node, link: 'eth1', by: 'drop' }, context),
    );
    expect(failure).to.have.property('code', 'command-failed');
    expect(failure).to.have.property('message').that.includes('nft: command not found');
  });
});

describe('a daemon', () => {
  const killed = { kind: 'daemon-kill', node, daemon: 'controld' } as const;
  const halted = { kind: 'daemon-stop', node, daemon: 'execd' } as const;

  it('that is killed is meant by its process id, found by its executable', async () => {
    const { context, log } = await pretendStack();
    await FAULTS['daemon-kill'].inject(killed, context);
    expect(log).to.include('ha-host1: kill -KILL 310');
    expect(log.find((line) => line.includes('find /proc'))).to.match(/-lname \*\/pacemaker\/crmd /);
  });

  it('has its name of pacemaker 1.1, or a file that was replaced', async () => {
    const paths = ['/usr/libexec/pacemaker/crmd', '/usr/lib/pacemaker/pacemaker-controld (deleted)'];
    for (const path of paths) {
      const { context, node: on, log } = await pretendStack();
      on().processes = [{ pid: 77, parent: 1, path, state: 'Ss' }];
      await FAULTS['daemon-kill'].inject(killed, context);
      expect(log, path).to.include('ha-host1: kill -KILL 77');
    }
  });

  it('is not meant with a child that is about to run an agent', async () => {
    const { context, node: on, log } = await pretendStack();
    on().processes.push({ pid: 312, parent: 311, path: '/usr/lib/pacemaker/pacemaker-execd', state: 'R' });
    await FAULTS['daemon-stop'].inject(halted, context);
    expect(log).to.include('ha-host1: kill -STOP 311');
  });

  it('that an interpreter runs is found by its unit', async () => {
    const { context, log } = await pretendStack();
    await FAULTS['daemon-kill'].inject({ kind: 'daemon-kill', node, daemon: 'pcsd' }, context);
    expect(log).to.include('ha-host1: systemctl show --property=MainPID pcsd.service');
    expect(log).to.include('ha-host1: kill -KILL 302');
  });

  it('that was killed stays in force though another was started at once, until it is undone', async () => {
    const { context, node: on } = await pretendStack();
    await FAULTS['daemon-kill'].inject(killed, context);
    on().processes.push({ pid: 500, parent: 301, path: '/usr/lib/pacemaker/pacemaker-controld', state: 'S' });
    expect(await FAULTS['daemon-kill'].isActive(killed, context)).to.equal(true);
    await FAULTS['daemon-kill'].undo(killed, context);
    expect(await FAULTS['daemon-kill'].isActive(killed, context)).to.equal(false);
    on().processes = [];
    expect(await FAULTS['daemon-kill'].isActive(killed, context), 'undone, and nothing runs').to.equal(true);
  });

  it('is killed again and again by a unit of the node, told by its executable; undone, the unit is ended first', async () => {
    const { context, node: on, log, asked } = await pretendStack();
    const fault = { ...killed, times: 5, everyMs: 500 } as const;
    await FAULTS['daemon-kill'].inject(fault, context);
    const [unit, shell, , script = '', ...words] =
      asked.find(({ argv }) => argv[0] === 'systemd-run')?.argv.slice(1) ?? [];
    expect([unit, shell]).to.deep.equal(['--unit=halab-kill-controld.service', '/bin/sh']);
    expect(script).to.match(/kill -KILL/);
    expect(words.slice(0, 4)).to.deep.equal(['kill', '5', '0.5', 'controld.service']);
    expect(words).to.include.members(['-lname', '*/pacemaker/pacemaker-controld', '*/pacemaker/crmd']);
    expect(log.some((line) => line.includes('kill -KILL'))).to.equal(true);
    on().processes.push({ pid: 500, parent: 301, path: '/usr/lib/pacemaker/pacemaker-controld', state: 'S' });
    expect(await FAULTS['daemon-kill'].isActive(fault, context)).to.equal(true);
    await FAULTS['daemon-kill'].undo(fault, context);
    const [ended, started] = ['systemctl stop halab-kill-controld.service', 'systemctl start pacemaker.service'].map(
      (line) => log.lastIndexOf(`ha-host1: ${line}`),
    );
    expect(ended)
      .to.be.above(0)
      .and.below(started ?? 0);
    expect(await FAULTS['daemon-kill'].isActive(fault, context)).to.equal(false);
    on().units.set('halab-kill-controld', 'active');
    expect(await FAULTS['daemon-kill'].isActive(fault, context), 'the unit still runs').to.equal(true);
  });

  it('that only its unit knows is killed so by its unit', async () => {
    const { context, asked } = await pretendStack();
    const fault = { ...killed, daemon: 'pcsd', times: 2, everyMs: 1000 } as const;
    await FAULTS['daemon-kill'].inject(fault, context);
    expect(asked.find(({ argv }) => argv[0] === 'systemd-run')?.argv.slice(-3)).to.deep.equal([
      '2',
      '1',
      'pcsd.service',
    ]);
  });

  it('brings back the units that ran before, and no others', async () => {
    const { context, node: on, log } = await pretendStack();
    const fault = { ...killed, daemon: 'corosync' } as const;
    on().units.set('pacemaker', 'inactive');
    await FAULTS['daemon-kill'].inject(fault, context);
    on().units.set('corosync', 'failed');
    await FAULTS['daemon-kill'].undo(fault, context);
    expect(log).to.include('ha-host1: systemctl start corosync.service');
    expect(log.some((line) => line.includes('start') && line.includes('pacemaker'))).to.equal(false);
  });

  it('brings back a unit that was only about to start', async () => {
    const { context, node: on, log } = await pretendStack();
    on().units.set('pacemaker', 'activating');
    await FAULTS['daemon-kill'].inject(killed, context);
    await FAULTS['daemon-kill'].undo(killed, context);
    expect(log).to.include('ha-host1: systemctl start pacemaker.service');
  });

  it('that does not run is refused, and then there is nothing to undo', async () => {
    const { context, node: on, log } = await pretendStack();
    on().processes = [];
    for (const fault of [killed, halted]) {
      expect(await failureOf(driverOf(fault).inject(fault, context))).to.have.property('code', 'fault-failed');
      await driverOf(fault).undo(fault, context);
      expect(await driverOf(fault).isActive(fault, context)).to.equal(false);
    }
    expect(log.some((line) => /: kill |systemctl start/.test(line))).to.equal(false);
  });

  it('that is halted goes on, whatever process it is by then', async () => {
    const { context, node: on, log } = await pretendStack();
    await FAULTS['daemon-stop'].inject(halted, context);
    on().processes = [{ pid: 600, parent: 301, path: '/usr/lib/pacemaker/pacemaker-execd', state: 'T' }];
    await FAULTS['daemon-stop'].undo(halted, context);
    expect(log).to.include('ha-host1: kill -CONT 600');
    expect(on().processes[0]?.state).to.equal('Ss');
  });

  it('that was killed for being halted is not halted any more', async () => {
    const { context, node: on } = await pretendStack();
    await FAULTS['daemon-stop'].inject(halted, context);
    on().processes = on().processes.filter(({ pid }) => pid !== 311);
    expect(await FAULTS['daemon-stop'].isActive(halted, context)).to.equal(false);
    await FAULTS['daemon-stop'].undo(halted, context);
  });
});

describe('a cluster', () => {
  const stopped = { kind: 'cluster-stop', node } as const;

  it('is stopped in order whatever becomes of quorum, and started again', async () => {
    const { context, log, node: on } = await pretendStack();
    await FAULTS['cluster-stop'].inject(stopped, context);
    expect(log).to.include('ha-host1: pcs cluster stop --force');
    await FAULTS['cluster-stop'].undo(stopped, context);
    expect(log.filter((line) => line.endsWith('pcs cluster start'))).to.have.length(1);
    expect(on().units.get('pacemaker')).to.equal('active');
  });

  it('that does not run cannot be stopped, and is not started by the undo', async () => {
    const { context, node: on, log } = await pretendStack();
    for (const unit of ['corosync', 'pacemaker']) on().units.set(unit, 'inactive');
    expect(await failureOf(FAULTS['cluster-stop'].inject(stopped, context))).to.have.property('code', 'fault-failed');
    await FAULTS['cluster-stop'].undo(stopped, context);
    expect(log.some((line) => line.includes('pcs'))).to.equal(false);
  });
});

describe('an attribute', () => {
  const set = { kind: 'standby', node } as const;

  it('is told to the node itself by crm_attribute, which every release has', async () => {
    const { context, log } = await pretendStack();
    await FAULTS.standby.inject(set, context);
    await FAULTS.maintenance.inject({ kind: 'maintenance', node }, context);
    const said = (name: string) =>
      `ha-host1: crm_attribute --node ha-host1 --name ${name} --lifetime forever --update on`;
    expect(log).to.include.members([said('standby'), said('maintenance')]);
  });

  it('is taken back by another node where its own does not run the cluster', async () => {
    const { context, node: on, attributes, log } = await pretendStack();
    await FAULTS.standby.inject(set, context);
    on().units.set('pacemaker', 'inactive');
    await FAULTS.standby.undo(set, context);
    expect(log.at(-1)).to.equal('ha-host2: crm_attribute --node ha-host1 --name standby --lifetime forever --delete');
    expect([...attributes]).to.deep.equal([]);
  });

  it('cannot be taken back where the cluster runs nowhere, and cannot be there where there is none', async () => {
    const { context, node: on } = await pretendStack();
    for (const name of ['ha-host1', 'ha-host2', 'ha-host3']) on(name).units.set('pacemaker', 'inactive');
    expect(await failureOf(FAULTS.standby.inject(set, context))).to.have.property('code', 'fault-failed');
    expect(await failureOf(FAULTS.standby.undo(set, context))).to.have.property('code', 'command-failed');
    on().hasCib = false;
    await FAULTS.standby.undo(set, context);
    expect(await FAULTS.standby.isActive(set, context)).to.equal(false);
  });

  it('is not looked for on a node that is in no cluster', async () => {
    const { context, node: on, log } = await pretendStack();
    on('iscsi-disks').units.set('pacemaker', 'inactive');
    const fault = { ...set, node: 'iscsi-disks' } as const;
    expect(await failureOf(FAULTS.standby.inject(fault, context))).to.have.property('code', 'fault-failed');
    await FAULTS.standby.undo(fault, context);
    expect(log.some((line) => line.includes('crm_attribute'))).to.equal(false);
  });

  it('of failures has an operation of its own, so that the cluster’s counts stay', async () => {
    const { context, attributes } = await pretendStack();
    const own = 'ha-host1 fail-count-vip#monitor_30000 reboot';
    attributes.set(own, '1');
    const fault = { kind: 'failcount', node, resource: 'vip', value: 3 } as const;
    await FAULTS.failcount.inject(fault, context);
    expect(Object.fromEntries(attributes)).to.deep.equal({
      [own]: '1',
      'ha-host1 fail-count-vip#halab_0 reboot': '3',
      'ha-host1 last-failure-vip#halab_0 reboot': '1795581000',
    });
    await FAULTS.failcount.undo(fault, context);
    expect([...attributes.keys()]).to.deep.equal([own]);
  });

  it('of failures of a resource that is not there is refused, by pacemaker’s own words', async () => {
    const { context } = await pretendStack();
    const fault = { kind: 'failcount', node, resource: 'vpi', value: 3 } as const;
    const failure = await failureOf(FAULTS.failcount.inject(fault, context));
    expect(failure).to.have.property('message').that.includes("Resource 'vpi' not found");
  });
});

describe('an address', () => {
  const gone = { kind: 'address-gone', node, address: '192.168.56.24' } as const;

  it('is deleted as the interface has it; coming back ends the fault, and healing adds nothing', async () => {
    const { context, node: on, log } = await pretendStack();
    await FAULTS['address-gone'].inject(gone, context);
    expect(log).to.include('ha-host1: ip addr del 192.168.56.24/24 dev eth1');
    expect(on().addresses).to.deep.equal([['eth1', '192.168.56.31/24']]);
    on().addresses.push(['eth1', '192.168.56.24/24']);
    expect(await FAULTS['address-gone'].isActive(gone, context)).to.equal(false);
    on().addresses.pop();
    await FAULTS['address-gone'].undo(gone, context);
    expect(await FAULTS['address-gone'].isActive(gone, context), 'wherever it is now').to.equal(false);
    expect(on().addresses).to.have.length(1);
  });

  it('is not taken from a node that does not have it, nor if it is a node’s own', async () => {
    const { context, node: on } = await pretendStack();
    on().addresses.pop();
    for (const address of ['192.168.56.24', '192.168.56.31', '10.0.0.32'])
      expect(await failureOf(FAULTS['address-gone'].inject({ ...gone, address }, context))).to.have.property(
        'code',
        'fault-failed',
      );
    expect(on().addresses).to.have.length(1);
  });
});
