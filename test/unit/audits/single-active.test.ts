import { expect } from 'chai';
import { node, primitive } from '../checks/states.js';
import { cibOf, cloneOf, configured, FENCING, groupOf, NODES, VIP } from './support/configuration.js';
import {
  but,
  butAll,
  judged,
  SILENT,
  showing,
  silent,
  split,
  stopped,
  subjectsOf,
  unread,
  VIP_ADDRESS,
  well,
} from './support/input.js';

const HAS_VIP = { device: 'eth1', address: VIP_ADDRESS, prefix: 24, up: true };
const withVip = (up = true) => ({ addresses: [{ ...HAS_VIP, up }] });

describe('audit single-active', () => {
  it('holds where the cluster and the nodes agree on one place', () => {
    expect(judged('single-active', well())).to.deep.equal([]);
  });

  describe('by the cluster’s word', () => {
    it('is broken by one view with two places, told once for all who have it', () => {
      const now = showing(well(), {
        resources: [primitive('vip', undefined, { role: 'Started', nodes: ['ha-host1', 'ha-host2'] })],
      });
      expect(judged('single-active', but(now, 'ha-host2', withVip()))).to.include(
        'failed: vip is active on ha-host1 and ha-host2, by the view of ha-host1, ha-host2 and ha-host3',
      );
    });

    it('is broken by two partitions that each have it', () => {
      const now = split(well({ vipOn: 'ha-host2' }), ['ha-host1'], { resources: [primitive('vip', 'ha-host1')] });
      expect(judged('single-active', but(now, 'ha-host1', withVip()))).to.deep.equal([
        'failed: vip is active in 2 partitions: on ha-host1 by the view of ha-host1; on ha-host2 by the view of ha-host2 and ha-host3',
        'failed: vip is on ha-host1 and ha-host2 by their own reports: each has the address 192.168.56.24',
      ]);
    });

    it('does not count what a view still says of nodes outside its partition', () => {
      const stale = [primitive('vip', 'ha-host2', { unclean: true })];
      expect(
        judged('single-active', split(well({ vipOn: 'ha-host2' }), ['ha-host1'], { resources: stale })),
      ).to.deep.equal([]);
    });

    it('leaves a live migration, clones, and fencing devices of two partitions alone', () => {
      const guest = cibOf([configured('guest', 'ocf:heartbeat:VirtualDomain')]);
      const twice = (role: 'Migrating' | 'Started') =>
        well({
          cib: guest,
          vipOn: '',
          resources: [primitive('guest', undefined, { role, nodes: ['ha-host1', 'ha-host2'] })],
        });
      expect(judged('single-active', twice('Migrating'))).to.deep.equal([]);
      expect(judged('single-active', twice('Started'))).to.have.length(1);
      const device = (on: string) => [primitive('fence-1', on, { agent: FENCING.agent })];
      const cib = cibOf([FENCING]);
      const parted = split(well({ cib, vipOn: '', resources: device('ha-host2') }), ['ha-host1'], {
        resources: device('ha-host1'),
      });
      expect(judged('single-active', parted)).to.deep.equal([]);
    });

    it('does not count a fencing device on a node that is still to be fenced, and any other resource there', () => {
      const seen = (id: string, agent: string, unclean: boolean) =>
        judged(
          'single-active',
          showing(well({ cib: cibOf([agent === FENCING.agent ? FENCING : configured(id, agent)]), vipOn: '' }), {
            nodes: NODES.map((name) => node(name, { unclean: unclean && name === 'ha-host2' })),
            resources: [primitive(id, undefined, { agent, role: 'Started', nodes: ['ha-host1', 'ha-host2'] })],
          }),
        );
      expect(seen('fence-1', FENCING.agent, true)).to.deep.equal([]);
      expect(seen('fence-1', FENCING.agent, false)).to.have.length(1);
      expect(seen('job', 'ocf:pacemaker:Dummy', true)).to.not.deep.equal([]);
    });
  });

  describe('by the nodes’ own word', () => {
    it('is broken by an address that two nodes have, whatever the cluster says', () => {
      const now = but(well(), 'ha-host2', withVip());
      expect(judged('single-active', now)[0]).to.equal(
        'failed: vip is on ha-host1 and ha-host2 by their own reports: each has the address 192.168.56.24',
      );
      expect(subjectsOf('single-active', now)[0]).to.include.members(['vip', VIP_ADDRESS, 'ha-host1', 'ha-host2']);
    });

    it('does not count an address on an interface that is down, as nobody reaches it there', () => {
      expect(judged('single-active', but(well(), 'ha-host2', withVip(false)))).to.deep.equal([]);
    });

    it('knows an IPv6 address however it is written', () => {
      const cib = cibOf([configured('v6', 'ocf:heartbeat:IPaddr2', { ip: 'fd00:0:0::24' })]);
      const has = { addresses: [{ device: 'eth1', address: 'fd00::24', prefix: 64, up: true }] };
      const now = butAll(well({ cib, resources: [primitive('v6', 'ha-host1')] }), has);
      expect(judged('single-active', now)[0]).to.match(/^failed: v6 is on ha-host1, ha-host2 and ha-host3/);
    });

    it('catches a unit that is enabled and runs everywhere', () => {
      const web = configured('web', 'systemd:nginx');
      const now = butAll(well({ cib: cibOf([web]), vipOn: '', resources: [primitive('web', 'ha-host1')] }), {
        activeUnits: ['nginx'],
      });
      expect(judged('single-active', now)).to.deep.equal([
        'failed: web is on ha-host1, ha-host2 and ha-host3 by their own reports: each has the unit nginx active',
        'failed: ha-host2 has the unit nginx active, but the cluster says that web is active on ha-host1',
        'failed: ha-host3 has the unit nginx active, but the cluster says that web is active on ha-host1',
      ]);
      const cloned = well({ cib: cibOf([cloneOf('webs', web)]), vipOn: '', resources: [] });
      expect(judged('single-active', butAll(cloned, { activeUnits: ['nginx'] }))).to.deep.equal([]);
    });

    it('catches a file system mounted on two nodes, unless it is a cluster file system', () => {
      const data = (fstype: string) =>
        cibOf([configured('data', 'ocf:heartbeat:Filesystem', { device: '/dev/sdb1', directory: '/srv/', fstype })]);
      const mounted = (fsType: string) =>
        butAll(well({ cib: data(fsType), vipOn: '', resources: [primitive('data', 'ha-host1')] }), {
          mounts: [
            { source: '/dev/sda1', target: '/', fsType: 'ext4' },
            { source: '/dev/sdb1', target: '/srv', fsType },
          ],
        });
      expect(judged('single-active', mounted('ext4'))[0]).to.match(/each has a file system on \/srv$/);
      expect(judged('single-active', mounted('gfs2'))).to.deep.equal([]);
      const waiting = { mounts: [{ source: 'auto', target: '/srv', fsType: 'autofs' }] };
      expect(
        judged('single-active', but(but(mounted('ext4'), 'ha-host2', waiting), 'ha-host3', waiting)),
      ).to.deep.equal([]);
    });

    it('does not count the address of a real server behind a load balancer', () => {
      const cib = (lvs_support: string) => cibOf([{ ...VIP, parameters: { ...VIP.parameters, lvs_support } }]);
      const real = (on: string) =>
        but(well({ cib: cib(on) }), 'ha-host2', { addresses: [{ ...HAS_VIP, device: 'lo' }] });
      expect(judged('single-active', real('true'))).to.deep.equal([]);
      expect(judged('single-active', real('false'))).to.have.length(2);
      expect(judged('single-active', but(well({ cib: cib('true') }), 'ha-host2', withVip()))).to.have.length(2);
    });

    it('looks at groups, not at what stands in clones', () => {
      const now = but(well({ cib: cibOf([groupOf('services', [VIP])]) }), 'ha-host3', withVip());
      expect(judged('single-active', now)[0]).to.match(/^failed: vip is on ha-host1 and ha-host3/);
    });
  });

  describe('the one against the other', () => {
    it('holds where a fault in force has taken the address from that node', () => {
      const now = but(well(), 'ha-host1', { addresses: [] });
      const gone = { kind: 'address-gone', node: 'ha-host1', address: '192.168.56.24' } as const;
      expect(judged('single-active', now, { faults: [gone] })).to.deep.equal([]);
      expect(judged('single-active', now, { faults: [{ ...gone, node: 'ha-host2' }] })).to.have.length(1);
    });

    it('holds where a fault in force has killed what runs there, by the name of its process or unit', () => {
      const shown = (agent: string) =>
        well({ cib: cibOf([configured('web', agent)]), vipOn: '', resources: [primitive('web', 'ha-host1')] });
      const kill = (process: string, on = 'ha-host1') => ({ kind: 'process-kill', node: on, process }) as const;
      for (const [agent, process] of [
        ['ocf:heartbeat:nginx', 'nginx'],
        ['ocf:heartbeat:apache', 'apache2'],
        ['ocf:heartbeat:pgsql', 'postgres'],
        ['ocf:heartbeat:tomcat', 'java'],
        ['ocf:heartbeat:mariadb', 'mariadbd'],
        ['systemd:web', 'web'],
      ] as const) {
        expect(judged('single-active', shown(agent)), agent).to.have.length(1);
        expect(judged('single-active', shown(agent), { faults: [kill(process)] }), agent).to.deep.equal([]);
        for (const other of [kill('ntpd'), kill(process, 'ha-host2')])
          expect(judged('single-active', shown(agent), { faults: [other] }), agent).to.have.length(1);
      }
      const own = configured('web', 'ocf:heartbeat:redis', { bin: '/opt/keydb-server' });
      const now = well({ cib: cibOf([own]), vipOn: '', resources: [primitive('web', 'ha-host1')] });
      expect(judged('single-active', now, { faults: [kill('keydb-server')] })).to.deep.equal([]);
    });

    it('holds where a fault in force ends the unit of that resource there', () => {
      const cib = cibOf([configured('job', 'systemd:e2e-job')]);
      const now = well({ cib, vipOn: '', resources: [primitive('job', 'ha-host1')] });
      const failing = { kind: 'monitor-fail', node: 'ha-host1', resource: 'job' } as const;
      expect(judged('single-active', now, { faults: [failing] })).to.deep.equal([]);
      for (const change of [{ node: 'ha-host2' }, { resource: 'vip' }, { kind: 'start-fail' as const }])
        expect(judged('single-active', now, { faults: [{ ...failing, ...change }] })).to.have.length(1);
      const away = but(well(), 'ha-host1', { addresses: [] });
      const vip = { ...failing, resource: 'vip' };
      expect(judged('single-active', away, { faults: [vip] }), 'an agent says so while it runs').to.have.length(1);
    });

    it('is broken where the cluster has it active and the node has it not', () => {
      const now = but(well(), 'ha-host1', { addresses: [] });
      expect(judged('single-active', now)).to.deep.equal([
        'failed: the cluster says that vip is active on ha-host1 (so say ha-host1, ha-host2 and ha-host3), but ha-host1 does not have the address 192.168.56.24',
      ]);
      expect(judged('single-active', but(now, 'ha-host1', withVip(false)))).to.deep.equal([]);
    });

    it('is broken where a node has it and the cluster says otherwise', () => {
      const now = showing(well(), { resources: [primitive('vip', undefined)] });
      expect(judged('single-active', now)).to.deep.equal([
        'failed: ha-host1 has the address 192.168.56.24, but the cluster says that vip is active on no node',
      ]);
    });

    it('is not judged by the views of others of a node that is cut off and whose own was not read', () => {
      const parted = split(well({ vipOn: 'ha-host1', resources: [primitive('vip', undefined)] }), ['ha-host1']);
      expect(judged('single-active', unread(parted, 'ha-host1', 'status'))).to.deep.equal([
        'unknown: the status of ha-host1 could not be read: timed out',
      ]);
      expect(judged('single-active', parted)[0]).to.match(/^failed: ha-host1 has the address/);
    });

    it('is broken by what a stopped cluster left behind', () => {
      const before = well();
      const now = ['ha-host1', 'ha-host2', 'ha-host3'].reduce((sum, name) => stopped(sum, name), before);
      expect(judged('single-active', now, { before })).to.deep.equal([
        'failed: ha-host1 has the address 192.168.56.24, but the cluster says that vip is active on no node',
      ]);
    });

    it('is not judged of what the cluster does not look after, nor of what it says has failed', () => {
      const gone = but(well(), 'ha-host1', { addresses: [] });
      for (const change of [{ managed: false }, { maintenance: true }, { failed: true }, { blocked: true }]) {
        const now = showing(gone, { resources: [primitive('vip', 'ha-host1', change)] });
        expect(judged('single-active', now), JSON.stringify(change)).to.deep.equal([]);
      }
      const kept = cibOf([VIP], { properties: { 'maintenance-mode': 'true' } });
      expect(judged('single-active', butAll(gone, { cib: kept }))).to.deep.equal([]);
      const unmanaged = cibOf([groupOf('services', [VIP], { 'is-managed': 'false' })]);
      expect(judged('single-active', butAll(gone, { cib: unmanaged }))).to.deep.equal([]);
    });

    it('is broken by another holder of what has failed', () => {
      const gone = showing(but(well(), 'ha-host1', { addresses: [] }), {
        resources: [primitive('vip', 'ha-host1', { failed: true })],
      });
      expect(judged('single-active', but(gone, 'ha-host2', withVip()))).to.deep.equal([
        'failed: ha-host2 has the address 192.168.56.24, but the cluster says that vip is active on ha-host1',
      ]);
    });

    it('is not judged of a holder that is in maintenance', () => {
      const kept = NODES.map((name) => node(name, { maintenance: name === 'ha-host1' }));
      const now = showing(well(), { resources: [primitive('vip', undefined)], nodes: kept });
      expect(judged('single-active', now)).to.deep.equal([]);
      expect(
        judged('single-active', but(but(now, 'ha-host1', { addresses: [] }), 'ha-host2', withVip())),
      ).to.have.length(1);
    });

    it('is inconclusive while the cluster is not idle', () => {
      const now = but(well(), 'ha-host1', { addresses: [] });
      expect(judged('single-active', now, { unsettled: 'vip is starting' })[0]).to.match(
        /^unknown: the cluster says that vip .*; but the cluster is not idle \(vip is starting\)$/,
      );
    });

    it('does not take an init script that systemd did not start for a resource that is not there', () => {
      const shown = (agent: string) =>
        well({ cib: cibOf([configured('old', agent)]), vipOn: '', resources: [primitive('old', 'ha-host1')] });
      expect(judged('single-active', shown('lsb:old'))).to.deep.equal([]);
      expect(judged('single-active', shown('systemd:old'))).to.have.length(1);
    });
  });

  describe('who was not heard', () => {
    it('might run anything, unless its machine is known to be off', () => {
      expect(judged('single-active', silent(well(), 'ha-host3', 'running'))).to.deep.equal([
        'unknown: ha-host3 did not answer (its machine is running; no answer within 30 s): it could be running anything',
      ]);
      expect(judged('single-active', silent(well(), 'ha-host3', 'stopped'))).to.deep.equal([]);
    });

    it('leaves open what is configured', () => {
      const blind = { ...well(), nodes: well().nodes.map(({ cib, ...rest }) => rest) };
      expect(judged('single-active', blind)).to.deep.equal([
        'unknown: what is configured is not known: no CIB could be read on ha-host1, ha-host2 and ha-host3',
      ]);
      const nowhere = NODES.reduce((sum, name) => stopped(sum, name), well());
      expect(judged('single-active', nowhere)).to.deep.equal([]);
    });

    it('leaves its part open, and what is known to be broken stays so', () => {
      expect(judged('single-active', unread(well(), 'ha-host2', 'addresses'))).to.deep.equal([
        'unknown: whether ha-host2 has vip is not known: timed out',
      ]);
      expect(judged('single-active', unread(well(), 'ha-host2', 'mounts'))).to.deep.equal([]);
      const twice = silent(but(well(), 'ha-host2', withVip()), 'ha-host3');
      expect(judged('single-active', twice)).to.include(SILENT('ha-host3')).and.to.have.length(3);
    });
  });
});

describe('audit single-active, by processes', () => {
  const nginx = configured('web', 'ocf:heartbeat:nginx', { configfile: '/etc/nginx/web.conf' });
  const runs = (args: string) => ({
    processes: ['/sbin/init', args].map((each, pid) => ({ pid, ageS: 60, args: each })),
  });
  const looked = (resources = [nginx], shown = 'ha-host1') =>
    well({ cib: cibOf(resources), vipOn: '', resources: resources.map(({ id }) => primitive(id, shown)) });
  const MASTER = 'nginx: master process /usr/sbin/nginx -c /etc/nginx/web.conf';

  it('holds where only the node that the cluster says runs it', () => {
    expect(judged('single-active', but(looked(), 'ha-host1', runs(MASTER)))).to.deep.equal([]);
  });

  it('is broken by two nodes that run it', () => {
    expect(judged('single-active', butAll(looked(), runs(MASTER)))[0]).to.equal(
      'failed: web is on ha-host1, ha-host2 and ha-host3 by their own reports: each has a process of nginx',
    );
  });

  it('does not take a mention of it, or one with another configuration, for the daemon', () => {
    const now = but(looked(), 'ha-host1', runs(MASTER));
    for (const args of [
      'less nginx: master process',
      'nginx: master process nginx -c /etc/nginx/other.conf',
      'tail -f nginx',
    ])
      expect(judged('single-active', but(now, 'ha-host2', runs(args))), args).to.deep.equal([]);
  });

  describe('that are left of a daemon whose main process has ended', () => {
    const listening = (port: number, ...args: readonly string[]) => ({
      processes: args.map((each, index) => ({ pid: 10 + index, ageS: 60, args: each })),
      listeners: [
        { port: 22, pids: [1] },
        { port, pids: args.map((_, index) => 10 + index) },
      ],
    });
    const WORKER = 'nginx: worker process';
    const moved = but(looked([nginx], 'ha-host2'), 'ha-host2', listening(80, MASTER, WORKER));

    it('is broken by the port that both answer on', () => {
      const now = but(moved, 'ha-host1', listening(80, WORKER, WORKER));
      const left = 'ha-host1 has a process of nginx without its main one, which answers on port 80';
      expect(judged('single-active', now)).to.deep.equal([
        `failed: web is on ha-host1 and ha-host2 by their own reports: each has a process of nginx; ${left}`,
        `failed: ${left}, but the cluster says that web is active on ha-host2`,
      ]);
    });

    it('is broken by what is left where none runs, by the port of before if that is known', () => {
      const stoppedNow = looked([nginx]);
      const nowhere = showing(stoppedNow, { resources: [primitive('web', undefined)] });
      const now = but(nowhere, 'ha-host1', listening(80, WORKER));
      const found = [
        'failed: ha-host1 has a process of nginx without its main one, which answers on port 80, but the cluster says that web is active on no node',
      ];
      expect(judged('single-active', now)).to.deep.equal(found);
      expect(judged('single-active', now, { before: moved })).to.deep.equal(found);
      const other = but(nowhere, 'ha-host1', listening(8080, WORKER));
      expect(judged('single-active', other, { before: moved })).to.deep.equal([]);
    });

    it('holds if it answers on another port, has a main process of its own, or does not answer', () => {
      const other = 'nginx: master process nginx -c /etc/nginx/other.conf';
      for (const legal of [
        listening(8080, WORKER),
        listening(80, other, WORKER),
        { ...listening(80, WORKER), listeners: [] },
        { processes: listening(80, WORKER).processes },
      ])
        expect(judged('single-active', but(moved, 'ha-host1', legal)), JSON.stringify(legal)).to.deep.equal([]);
    });
  });

  it('is left alone where processes cannot be distinguished', () => {
    const two = looked([nginx, configured('web2', 'ocf:heartbeat:nginx')]);
    expect(judged('single-active', butAll(two, runs(MASTER)))).to.deep.equal([]);
    const container = looked([nginx, configured('box', 'ocf:heartbeat:podman')]);
    expect(judged('single-active', butAll(container, runs(MASTER)))).to.deep.equal([]);
  });

  const DAEMONS: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ['apache', {}, '/usr/sbin/apache2 -k start'],
    ['apache', { httpd: '/opt/web/bin/frontd' }, '/opt/web/bin/frontd -DSTATUS -f /etc/frontd.conf'],
    ['mysql', { datadir: '/srv/mysql' }, '/usr/sbin/mysqld --defaults-file=/etc/my.cnf --datadir=/srv/mysql'],
    ['mariadb', {}, '/usr/sbin/mariadbd --user=mysql'],
    ['pgsql', { pgdata: '/srv/pg' }, '/usr/lib/postgresql/15/bin/postgres -D /srv/pg -c config_file=/etc/pg.conf'],
    ['redis', {}, '/usr/bin/redis-server 127.0.0.1:6379'],
    ['named', {}, '/usr/sbin/named -u bind'],
    ['dhcpd', { config: '/etc/dhcpd.conf' }, '/usr/sbin/dhcpd -cf /etc/dhcpd.conf eth1'],
    [
      'tomcat',
      { catalina_base: '/srv/t' },
      'java -Dcatalina.base=/srv/t -cp x org.apache.catalina.startup.Bootstrap start',
    ],
    ['Squid', { squid_exe: '/usr/sbin/squid', squid_conf: '/etc/squid.conf' }, '/usr/sbin/squid -f /etc/squid.conf'],
    ['dovecot', {}, '/usr/sbin/dovecot -c /etc/dovecot/dovecot.conf'],
    ['rsyncd', { conffile: '/etc/rsyncd.conf' }, 'rsync --daemon --config /etc/rsyncd.conf'],
    ['vsftpd', {}, '/usr/sbin/vsftpd /etc/vsftpd.conf'],
  ];
  for (const [agent, parameters, args] of DAEMONS) {
    it(`knows ${args} for ${agent}`, () => {
      const now = looked([configured('it', `ocf:heartbeat:${agent}`, parameters)]);
      expect(judged('single-active', but(now, 'ha-host1', runs(args)))).to.deep.equal([]);
      expect(judged('single-active', now)[0]).to.match(/but ha-host1 does not have a process of/);
    });
  }
});
