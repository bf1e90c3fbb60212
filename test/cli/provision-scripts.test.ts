import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { inGuest } from '../support/pretend-guest.js';
import { needProgram, needRoot } from '../support/programs.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const SCRIPTS = resolve(import.meta.dirname, '../../Vagrantfile.templates/provision');

// biome-ignore lint/suspicious/noTemplateCurlyInString: it is shell, which says what was asked of it
const LOGGED = 'echo "${0##*/} $*" >> "$LOG"';
const SYSTEMCTL = `case "$*" in *is-active*) exit 3 ;; esac\n${LOGGED}`;

describe('provisioning scripts', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  /** Runs it, and fails with all it said where it fails. */
  function guest(fakes: Readonly<Record<string, string>>, script: string): string {
    const { exitCode, stdout, stderr } = inGuest(folder(), fakes, script);
    expect(exitCode, `${stdout}\n${stderr}`).to.equal(0);
    return stdout;
  }
  const log = () => (existsSync(folder('log')) ? readFileSync(folder('log'), 'utf8').trim().split('\n') : []);

  it('pass shellcheck, and say what they are', function () {
    needProgram(this, 'shellcheck');
    const scripts = readdirSync(SCRIPTS).map((name) => join(SCRIPTS, name));
    execFileSync('shellcheck', ['--shell=sh', ...scripts], { stdio: 'pipe' });
    for (const script of scripts) {
      expect(readFileSync(script, 'utf8'), script).to.match(/^#!\/bin\/sh\n# \S+\.sh.*\n(# .*\n)*set -eu\n/);
    }
  });

  describe('links.sh', () => {
    const A = '52:54:00:00:00:0a';
    const B = '52:54:00:00:00:0b';
    const WAY_IN = '52:54:00:00:00:01';
    const links = (pairs: readonly (readonly [string, string])[]) =>
      pairs
        .map(
          ([name, mac], index) =>
            `ip link add ${name} type veth peer name peer${index}; ip link set ${name} address ${mac}; ip link set ${name} up; ip link set peer${index} up`,
        )
        .join('\n');
    const SHOW = `ip -o -4 addr show | awk '{ print $2, $4 }' | grep -v '^lo '; ip -o link | awk '{ name = $2; sub(/[:@].*/, "", name); for (i = 1; i < NF; i++) if ($i == "link/ether" && name !~ /^peer/) print name, $(i + 1), ($0 ~ /[<,]UP[,>]/ ? "up" : "down") }' | sort`;
    const RUN = `provision links ${A.replaceAll(':', '').toUpperCase()} eth1 192.168.56.31/24 ${B} eth2 192.168.57.31/24 > /dev/null`;
    const WELL = [
      'eth1 192.168.56.31/24',
      'eth2 192.168.57.31/24',
      `eth0 ${WAY_IN} up`,
      `eth1 ${A} up`,
      `eth2 ${B} up`,
    ];

    const CASES: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
      [
        'that are in order',
        [
          ['eth0', WAY_IN],
          ['eth1', A],
          ['eth2', B],
        ],
      ],
      [
        'that have each other’s name',
        [
          ['eth0', WAY_IN],
          ['eth1', B],
          ['eth2', A],
        ],
      ],
      [
        'that have other names',
        [
          ['eth0', WAY_IN],
          ['enp0s8', B],
          ['enp0s9', A],
        ],
      ],
      [
        'of which one has the name of the way in',
        [
          ['eth1', WAY_IN],
          ['eth0', A],
          ['eth2', B],
        ],
      ],
      [
        'that all go round',
        [
          ['eth2', WAY_IN],
          ['eth0', B],
          ['eth1', A],
        ],
      ],
    ];
    for (const [what, pairs] of CASES) {
      it(`finds links ${what}`, function () {
        needRoot(this);
        expect(
          guest({ systemctl: SYSTEMCTL }, `${links(pairs)}\n${RUN}\n${SHOW}`)
            .trim()
            .split('\n'),
        ).to.have.members(WELL);
        expect(log()).to.deep.equal(['systemctl daemon-reload', 'systemctl enable lab-links.service']);
      });
    }

    it('does the same at a boot, and leaves alone what is right', function () {
      needRoot(this);
      const said = guest(
        { systemctl: SYSTEMCTL },
        `${links([
          ['eth0', WAY_IN],
          ['eth1', B],
          ['eth2', A],
        ])}
${RUN}
ip addr add 192.168.56.24/24 dev eth1
${RUN}
ip -o -4 addr show dev eth1 | awk '{ print $4 }'
echo boot
ip link set eth1 down; ip link set eth1 name old; ip addr flush dev old; ip addr flush dev eth2
lab-links
${SHOW}`,
      );
      const [before = '', after = ''] = said.split('boot\n');
      expect(before.trim().split('\n')).to.deep.equal(['192.168.56.31/24', '192.168.56.24/24']);
      expect(after.trim().split('\n')).to.have.members(WELL);
    });

    it('forgets an address that the lab no longer gives', function () {
      needRoot(this);
      const said = guest(
        { systemctl: SYSTEMCTL },
        `${links([['eth1', A]])}
provision links ${A} eth1 192.168.56.99/24 > /dev/null
provision links ${A} eth1 192.168.56.31/24 > /dev/null
ip -o -4 addr show dev eth1 | awk '{ print $4 }'`,
      );
      expect(said).to.equal('192.168.56.31/24\n');
    });

    it('says which interface is missing, and which there are', function () {
      needRoot(this);
      const finished = inGuest(
        folder(),
        { systemctl: SYSTEMCTL, sleep: 'exit 0' },
        `${links([['eth1', A]])}\nprovision links ${B} eth2 192.168.56.31/24`,
      );
      expect(finished.exitCode).to.equal(1);
      expect(finished.stderr).to.include(`no interface with the address ${B}, which is to be eth2`).and.include(A);
    });

    it('tells NetworkManager and networkd to keep off, and waits until NetworkManager has let go', function () {
      needRoot(this);
      const nmcli = `count=$(cat "$LOG.asked" 2> /dev/null || echo 0); echo $((count + 1)) > "$LOG.asked"
if [ "$count" -lt 2 ]; then echo "GENERAL.STATE:100 (connected)"; else echo "GENERAL.STATE:10 (unmanaged)"; fi`;
      const systemctl = `case "$*" in *is-active*) exit 0 ;; esac\n${LOGGED}`;
      const said = guest(
        { systemctl, nmcli, networkctl: LOGGED, sleep: 'exit 0' },
        `mkdir -p /etc/NetworkManager /etc/systemd/network
${links([
  ['eth1', A],
  ['eth2', B],
])}
${RUN}
cat /etc/NetworkManager/conf.d/99-lab-links.conf /etc/systemd/network/00-lab-links.network`,
      );
      expect(said).to.equal(
        `[keyfile]\nunmanaged-devices=mac:${A};mac:${B}\n[Match]\nMACAddress=${A} ${B}\n[Link]\nUnmanaged=yes\n`,
      );
      expect(log()).to.include.members(['systemctl reload NetworkManager', 'networkctl reload']);
      expect(readFileSync(folder('log.asked'), 'utf8').trim()).to.equal('4');
    });

    it('has a unit that systemd reads', function () {
      needRoot(this);
      needProgram(this, 'systemd-analyze');
      const said = guest(
        { systemctl: SYSTEMCTL },
        `${links([['eth1', A]])}
provision links ${A} eth1 192.168.56.31/24 > /dev/null
systemd-analyze verify --man=no /etc/systemd/system/lab-links.service 2>&1 | grep lab-links || true`,
      );
      expect(said).to.equal('');
    });
  });

  describe('access.sh', () => {
    const HOMES = `case $2 in root) echo "root:x:0:0::/root:/bin/sh" ;; *) echo "vagrant:x:1000:1000::/root/of-vagrant:/bin/sh" ;; esac`;
    const FAKES = { getent: HOMES, chpasswd: 'cat > /dev/null', systemctl: SYSTEMCTL, useradd: LOGGED };
    const PREPARE = `mkdir -p /root/of-vagrant/.ssh /root/.ssh /etc/ssh
echo 'ssh-ed25519 AAAAnew vagrant' > /root/of-vagrant/.ssh/authorized_keys
printf '%s\\n' 'ssh-rsa AAAAold vagrant insecure public key' 'ssh-ed25519 AAAAmine me' > /root/.ssh/authorized_keys`;

    it('lets root in with the key that Vagrant made, keeps others, and forgets the well-known one', function () {
      needRoot(this);
      const said = guest(
        FAKES,
        `${PREPARE}
printf 'Include /etc/ssh/sshd_config.d/*.conf\\nPermitRootLogin no\\n' > /etc/ssh/sshd_config
for turn in 1 2; do provision access root x; done
cat /root/.ssh/authorized_keys
stat -c %a /root/.ssh/authorized_keys
cat /etc/ssh/sshd_config.d/00-lab.conf`,
      );
      expect(said.trim().split('\n')).to.deep.equal([
        'ssh-ed25519 AAAAnew vagrant',
        'ssh-ed25519 AAAAmine me',
        '600',
        'PermitRootLogin yes',
        'PasswordAuthentication yes',
        'UseDNS no',
      ]);
    });

    it('puts its settings first, once, where sshd includes nothing', function () {
      needRoot(this);
      const said = guest(
        FAKES,
        `${PREPARE}
printf 'PasswordAuthentication no\\nMatch User x\\n' > /etc/ssh/sshd_config
for turn in 1 2; do provision access; done
cat /etc/ssh/sshd_config`,
      );
      expect(said).to.equal(
        '# For the lab:\nPermitRootLogin yes\nPasswordAuthentication yes\nUseDNS no\n\nPasswordAuthentication no\nMatch User x\n',
      );
    });

    it('makes users that are not there', function () {
      needRoot(this);
      guest(
        { ...FAKES, id: '[ "$2" = root ]' },
        `${PREPARE}\ntouch /etc/ssh/sshd_config\nprovision access root x student y`,
      );
      expect(log()).to.include('useradd --create-home --shell /bin/bash student').and.have.length(1);
    });
  });

  it('host.sh sets the name and writes all of /etc/hosts', function () {
    needRoot(this);
    const hosts = '127.0.0.1 localhost\n192.168.56.31 ha-host1\n';
    const said = guest({ hostnamectl: LOGGED }, `provision host ha-host1 '${hosts}'; cat /etc/hosts`);
    expect(said).to.equal(hosts);
    expect(log()).to.deep.equal(['hostnamectl set-hostname ha-host1']);
  });

  it('host.sh sets the name itself where systemd-hostnamed does not answer in time', function () {
    needRoot(this);
    const said = guest(
      { hostnamectl: 'echo Connection timed out >&2; exit 1', hostname: LOGGED },
      "provision host ha-host1 '127.0.0.1 localhost'; cat /etc/hostname",
    );
    expect(said).to.equal('ha-host1\n');
    expect(log()).to.deep.equal(['hostname ha-host1']);
  });

  describe('packages', () => {
    it('nothing is fetched where all is installed', function () {
      needRoot(this);
      guest(
        { 'dpkg-query': 'printf installed', 'apt-get': LOGGED, rpm: 'exit 0', dnf: LOGGED, yum: LOGGED },
        'for family in debian el9 el7; do provision packages-$family pcs corosync; done',
      );
      expect(log()).to.deep.equal([]);
    });

    it('on Debian only what is missing is, and nothing starts by itself meanwhile', function () {
      needRoot(this);
      const said = guest(
        {
          'dpkg-query': 'case "$*" in *pcs) printf installed ;; *) exit 1 ;; esac',
          'apt-get': `${LOGGED}; /usr/sbin/policy-rc.d; echo $?`,
        },
        'mkdir -p /usr/local/empty; mount -t tmpfs none /usr/sbin; provision packages-debian pcs corosync tgt; ls /usr/sbin',
      );
      expect(said).to.equal('101\n101\n');
      expect(log()).to.deep.equal(['apt-get update', 'apt-get install --yes --no-install-recommends corosync tgt']);
    });

    it('from an archive, apt reads it and nothing else', function () {
      needRoot(this);
      needProgram(this, 'dpkg-deb');
      makeArchive(folder());
      const said = guest(
        // The real apt, which is told to install nothing in the end.
        { 'apt-get': 'case "$*" in *" install "*) set -- --simulate "$@" ;; esac\nexec /usr/bin/apt-get "$@"' },
        `cp ${folder('packages.tar')} /var/tmp/lab-packages.tar
mount -t tmpfs none /usr/sbin
provision packages-debian lab-sample 2>&1
ls /var/tmp/lab-packages.tar 2> /dev/null || echo gone
ls /var/lib/apt/lists | grep -c lab-packages || true`,
      );
      expect(said).to.match(/Inst lab-sample \(1\.0 /);
      expect(said).to.not.match(/https?:/);
      expect(said).to.match(/gone\n0\n$/);
    });

    it('on EL 9 the repository of the cluster is switched on once', function () {
      needRoot(this);
      const dnf = `${LOGGED}; case "$*" in *repolist*) cat /etc/lab-repos 2> /dev/null || true ;; *set-enabled*) echo 'highavailability  HA' > /etc/lab-repos ;; esac`;
      guest({ rpm: 'exit 1', dnf }, 'for turn in 1 2; do provision packages-el9 pcs corosync; done');
      const install = 'dnf -y install --setopt=install_weak_deps=False pcs corosync';
      expect(log().filter((line) => !line.includes('repolist'))).to.deep.equal([
        'dnf -y install dnf-plugins-core',
        'dnf config-manager --set-enabled highavailability',
        install,
        install,
      ]);
    });

    it('on EL 7 the repositories are in the vault, and those of others are left alone', function () {
      needRoot(this);
      const repo = (host: string) => `[base]
mirrorlist=http://mirrorlist.${host}/?release=$releasever&arch=$basearch&repo=os&infra=$infra
#baseurl=http://mirror.${host}/centos/$releasever/os/$basearch/
`;
      const said = guest(
        { rpm: 'exit 1', yum: LOGGED },
        `mkdir -p /etc/yum.repos.d; cd /etc/yum.repos.d
printf '%s' '${repo('centos.org')}' > CentOS-Base.repo
printf '%s' '${repo('example.org')}' > CentOS-Other.repo
for turn in 1 2; do provision packages-el7 pcs; done
cat CentOS-Base.repo CentOS-Other.repo`,
      );
      expect(said).to.equal(`[base]
#mirrorlist=http://mirrorlist.centos.org/?release=$releasever&arch=$basearch&repo=os&infra=$infra
baseurl=http://vault.centos.org/7.9.2009/os/$basearch/
${repo('example.org')}`);
    });
  });

  describe('cluster.sh', () => {
    const CONF = '/etc/corosync/corosync.conf';
    const DPKG = `echo " ${CONF} $(printf 'of the package' | md5sum | cut -d ' ' -f 1)"`;
    const FAKES = { systemctl: SYSTEMCTL, 'dpkg-query': DPKG };

    it('removes the package’s own corosync.conf, and switches off what started from it', function () {
      needRoot(this);
      const said = guest(
        FAKES,
        `mkdir -p /etc/corosync /etc/iscsi; printf 'of the package' > ${CONF}
printf 'node.startup = manual\n#node.session.auth.username = x\nnode.session.auth.username = old\n' > /etc/iscsi/iscsid.conf
for turn in 1 2; do provision cluster iqn.2026-01.lab.halab:x.node.n1 lab secret; done
ls /etc/corosync; cat /etc/iscsi/initiatorname.iscsi /etc/iscsi/iscsid.conf`,
      );
      expect(said).to.equal(`InitiatorName=iqn.2026-01.lab.halab:x.node.n1
node.startup = manual
#node.session.auth.username = x
node.session.auth.authmethod = CHAP
node.session.auth.username = lab
node.session.auth.password = secret
`);
      expect(log()).to.include.members([
        'systemctl disable --now corosync.service',
        'systemctl disable --now sbd.service',
        'systemctl enable --now pcsd.service',
        'systemctl enable --now iscsid.service',
      ]);
    });

    it('changes nothing in a cluster that pcs made', function () {
      needRoot(this);
      const said = guest(
        FAKES,
        `mkdir -p /etc/corosync; printf 'of pcs' > ${CONF}; provision cluster iqn.x; cat ${CONF}`,
      );
      expect(said).to.equal('of pcs');
      expect(log().filter((line) => line.includes('disable'))).to.deep.equal([]);
    });
  });

  describe('firewall.sh', () => {
    const FAKES = { systemctl: SYSTEMCTL, 'firewall-cmd': LOGGED };

    it('opens services and ports, for good and at once', function () {
      needRoot(this);
      guest(FAKES, 'provision firewall on high-availability 3260/tcp');
      expect(log().filter((line) => !line.includes(' cat '))).to.deep.equal([
        'systemctl enable --now firewalld.service',
        'firewall-cmd --quiet --permanent --add-service=high-availability',
        'firewall-cmd --quiet --add-service=high-availability',
        'firewall-cmd --quiet --permanent --add-port=3260/tcp',
        'firewall-cmd --quiet --add-port=3260/tcp',
      ]);
    });

    it('switches it off where the lab says so, and is quiet where there is none', function () {
      needRoot(this);
      guest(FAKES, 'provision firewall off high-availability');
      guest({ ...FAKES, systemctl: 'exit 1' }, 'provision firewall on high-availability');
      expect(log().filter((line) => !line.includes(' cat '))).to.deep.equal([
        'systemctl disable --now firewalld.service',
      ]);
    });
  });

  describe('disks.sh', () => {
    /** A disk in use, two of one size without serial number, one with. */
    const LSBLK = `case "$*" in
  *NAME,TYPE,HCTL*) printf '%s\\n' 'zda disk ' 'zdd disk 2:0:1:0' 'zdb disk 2:0:0:0' 'zdc disk ' 'zr0 rom 1:0:0:0' ;;
  *SERIAL*zdc) echo second ;;
  *SERIAL*) echo ;;
  *SIZE*zda | *SIZE*zdb | *SIZE*zdd) echo ' 1073741824' ;;
  *SIZE*) echo 2147483648 ;;
  *MOUNTPOINT*zda) printf '\\n/boot\\n/\\n' ;;
  *MOUNTPOINT*) echo ;;
esac`;
    const WORDS =
      '--link 192.168.56.0/24 192.168.56.20 --chap lab 0123456789abcdef --initiator iqn.x:a --initiator iqn.x:b --disk iqn.x:first first 1024 --disk iqn.x:second second 64 --disk iqn.x:third third 1024 --disk iqn.x:fourth fourth 3';
    const served = (target: string, disk: string) =>
      `<target iqn.x:${target}>
    backing-store ${disk}
    initiator-address 192.168.56.0/24
    initiator-name iqn.x:a
    initiator-name iqn.x:b
    incominguser lab 0123456789abcdef
</target>
`;

    it('serves the disk with the serial number, else a free one of the size, else a file, and says so', function () {
      needRoot(this);
      const said = guest(
        { lsblk: LSBLK, systemctl: SYSTEMCTL, 'tgt-admin': LOGGED },
        `mkdir -p /etc/tgt/conf.d
provision disks ${WORDS} | grep -v '/dev/'
provision disks ${WORDS} > /dev/null
cat /etc/tgt/conf.d/*; stat -c '%a' /etc/tgt/conf.d/*; stat -c '%n %s' /var/lib/lab-disks/*`,
      );
      expect(said).to.equal(
        `no disk has the serial number fourth, and none of 3 MiB is free: /var/lib/lab-disks/fourth.img is served in its place\n${[
          served('first', '/dev/zdb'),
          served('second', '/dev/zdc'),
          served('third', '/dev/zdd'),
          served('fourth', '/var/lib/lab-disks/fourth.img'),
        ].join('')}600\n/var/lib/lab-disks/fourth.img 3145728\n`,
      );
      expect(log().filter((line) => line.startsWith('tgt-admin'))).to.deep.equal(
        Array(2).fill('tgt-admin --update ALL'),
      );
    });

    it('serves them with LIO where that is there, on the links of the lab', function () {
      needRoot(this);
      guest(
        { lsblk: LSBLK, systemctl: SYSTEMCTL, targetcli: `case "$*" in *status) exit 1 ;; esac\n${LOGGED}` },
        'provision disks --link 192.168.56.0/24 192.168.56.20 --chap lab secret --initiator iqn.x:a --initiator iqn.x:b --disk iqn.x:first first 1024 --disk iqn.x:fourth fourth 3',
      );
      expect(log().map((line) => line.replace(/^targetcli /, ''))).to.deep.equal([
        '/backstores/block create name=first dev=/dev/zdb',
        '/iscsi create iqn.x:first',
        '/iscsi/iqn.x:first/tpg1/luns create /backstores/block/first lun=1',
        '/iscsi/iqn.x:first/tpg1 set attribute authentication=1 generate_node_acls=0',
        '/iscsi/iqn.x:first/tpg1/acls create iqn.x:a',
        '/iscsi/iqn.x:first/tpg1/acls/iqn.x:a set auth userid=lab password=secret',
        '/iscsi/iqn.x:first/tpg1/acls create iqn.x:b',
        '/iscsi/iqn.x:first/tpg1/acls/iqn.x:b set auth userid=lab password=secret',
        '/iscsi/iqn.x:first/tpg1/portals create 192.168.56.20 3260',
        '/backstores/fileio create name=fourth file_or_dev=/var/lib/lab-disks/fourth.img',
        '/iscsi create iqn.x:fourth',
        '/iscsi/iqn.x:fourth/tpg1/luns create /backstores/fileio/fourth lun=1',
        '/iscsi/iqn.x:fourth/tpg1 set attribute authentication=1 generate_node_acls=0',
        '/iscsi/iqn.x:fourth/tpg1/acls create iqn.x:a',
        '/iscsi/iqn.x:fourth/tpg1/acls/iqn.x:a set auth userid=lab password=secret',
        '/iscsi/iqn.x:fourth/tpg1/acls create iqn.x:b',
        '/iscsi/iqn.x:fourth/tpg1/acls/iqn.x:b set auth userid=lab password=secret',
        '/iscsi/iqn.x:fourth/tpg1/portals create 192.168.56.20 3260',
        'saveconfig',
        'systemctl enable --now target.service',
      ]);
    });
  });
});

/** packages.tar with one package and its index. */
function makeArchive(folder: string): void {
  const tree = join(folder, 'tree');
  mkdirSync(join(tree, 'DEBIAN'), { recursive: true });
  const control =
    'Package: lab-sample\nVersion: 1.0\nArchitecture: all\nMaintainer: Lab <lab@localhost>\nDescription: A sample\n';
  writeFileSync(join(tree, 'DEBIAN/control'), control);
  const repository = join(folder, 'repository');
  mkdirSync(repository);
  execFileSync('dpkg-deb', ['--root-owner-group', '--build', tree, join(repository, 'lab-sample.deb')], {
    stdio: 'ignore',
  });
  const { length } = readFileSync(join(repository, 'lab-sample.deb'));
  const [sum] = execFileSync('sha256sum', [join(repository, 'lab-sample.deb')], { encoding: 'utf8' }).split(' ');
  writeFileSync(
    join(repository, 'Packages'),
    `${control}Filename: ./lab-sample.deb\nSize: ${length}\nSHA256: ${sum}\n\n`,
  );
  execFileSync('tar', ['-C', repository, '-cf', join(folder, 'packages.tar'), '.']);
}
