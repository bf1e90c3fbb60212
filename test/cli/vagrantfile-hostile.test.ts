import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { networkOf } from '../../src/backends/vagrant/names.js';
import { readLabFile } from '../../src/config/lab.js';
import { isLabError } from '../../src/model/errors.js';
import type { Lab } from '../../src/model/lab.js';
import { inGuest } from '../support/pretend-guest.js';
import { needProgram, needRoot } from '../support/programs.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { type Told, toldVagrant, wordsOf } from '../support/told-vagrant.js';

type Raw = Record<string, unknown>;

/** JSON is YAML, so that any text can stand in any place. */
function labText(changes: Raw): string {
  return JSON.stringify({
    name: 'small',
    title: 'A lab',
    cluster: { name: 'small' },
    networks: { lan: { cidr: '192.168.56.0/24', carries: ['cluster'] } },
    nodes: {
      disks: { role: 'storage', disks: { shared: '1GiB' }, links: { eth1: '192.168.56.20' } },
      host1: { links: { eth1: '192.168.56.31' } },
    },
    ...changes,
  });
}

const users = (password: string): Raw => ({ users: { root: password, vagrant: 'vagrant' } });
const storage = (changes: Raw): Raw => ({
  nodes: {
    disks: { role: 'storage', links: { eth1: '192.168.56.20' }, ...changes },
    host1: { links: { eth1: '192.168.56.31' } },
  },
});

// biome-ignore lint/suspicious/noTemplateCurlyInString: it is for a shell to leave alone
const DOLLARS = '$HOME ${PATH}';

const PASSWORDS = [
  `pa"ss'word`,
  '#{system("id")}',
  '#$0 #@x',
  '`id`',
  '$(id)',
  DOLLARS,
  'back\\slash\\',
  '\\"; exit 1; "',
  "'; exit 1; '",
  ' blanks at both ends ',
  '*?[a-z]~!!',
  '-n',
  '%s %n',
  '&& exit 1 || # ; | < >',
];

const TITLES = [
  'two\nlines; system("id")',
  'x\n=end\nsystem("id")',
  'x\n__END__',
  'x\r\nsystem("id")',
  'x\rsystem("id")',
  'x\u2028system("id")\u2029`id`',
  '#{system("id")} \\',
  '-*- coding: us-ascii -*-',
  'frozen_string_literal: true',
  '三台集群主机、一个网络 🙂',
  '\u202eback to front\u202c',
  '<% system("id") %> <%= it %>',
];

const REFUSED: readonly (readonly [string, Raw])[] = [
  ['a password of two lines', users('a\nb')],
  ['a password with a colon', users('a:b')],
  ['a password in other letters', users('pässword')],
  ['an empty password', users('')],
  ['a user’s name', { users: { 'x"; system("id"); "': 'x' } }],
  ['a node’s name', { nodes: { 'x"; system("id")': { links: { eth1: '192.168.56.31' } } } }],
  ['a link’s name', { nodes: { host1: { links: { 'eth1"#{1}': '192.168.56.31' } } } }],
  ['a disk’s name', storage({ disks: { 's#{1}': '1GiB' } })],
  ['a disk’s size', storage({ disks: { shared: '1GiB"; system("id")' } })],
  ['a network’s name', { networks: { 'lan"; #': { cidr: '192.168.56.0/24', carries: ['cluster'] } } }],
  ['a network', { networks: { lan: { cidr: '192.168.56.0/24; id', carries: ['cluster'] } } }],
  ['an address', { nodes: { host1: { links: { eth1: '192.168.56.31 $(id)' } } } }],
  ['a floating address’s name', { addresses: { 'vip;id': '192.168.56.24/24' } }],
  ['the cluster’s name', { cluster: { name: '$(id)' } }],
  ['the lab’s name', { name: 'x"#{1}' }],
  ['an image', { image: '../../x' }],
  ['a box', { machines: { box: 'a"; system("id"); "' } }],
  ['a box that is an address', { machines: { box: 'http://example.org/x.box' } }],
  ['the firewall', { machines: { firewall: 'off; id' } }],
];

describe('what a lab file may hold', function () {
  this.timeout(30_000);
  const folder = temporaryFolder();
  before(function () {
    needProgram(this, 'ruby');
  });

  for (const [what, changes] of REFUSED) {
    it(`${what} that is more than that is refused, with its place`, () => {
      try {
        readLabFile('x.yaml', labText(changes));
      } catch (error) {
        if (!isLabError(error)) throw error;
        expect(error.code).to.equal('config-invalid');
        expect(error.message).to.match(/x\.yaml:\d+:\d+/);
        return;
      }
      expect.fail('it was taken');
    });
  }

  for (const password of PASSWORDS) {
    it(`the password ${password} is a word of the provisioning script`, () => {
      const { lab } = readLabFile('x.yaml', labText(users(password)));
      const told = toldVagrant(folder(), { instance: 'small', lab, provider: 'virtualbox' });
      const words = wordsOf(told.machines.host1, 'access');
      expect(words).to.deep.equal(['root', password, 'vagrant', 'vagrant']);
      expect(chpasswdGets(folder(), told)).to.equal(`root:${password}\nvagrant:vagrant\n`);
      expect(told.ran).to.deep.equal([]);
    });
  }

  it('passwords reach chpasswd byte for byte', function () {
    needRoot(this);
    for (const password of PASSWORDS) {
      const { lab } = readLabFile('x.yaml', labText(users(password)));
      const own = folder(String(PASSWORDS.indexOf(password)));
      const told = toldVagrant(own, { instance: 'small', lab, provider: 'virtualbox' });
      expect(chpasswdGets(own, told)).to.equal(`root:${password}\nvagrant:vagrant\n`);
    }
  });

  for (const title of TITLES) {
    it(`the title ${JSON.stringify(title)} is a comment`, () => {
      const { lab } = readLabFile('x.yaml', labText({ title: { en: title, zh: title } }));
      const plain = readLabFile('x.yaml', labText({})).lab;
      const told = (wanted: Lab) => toldVagrant(folder(), { instance: 'small', lab: wanted, provider: 'libvirt' });
      expect(told(lab)).to.deep.equal(told(plain));
      expect(told(lab).ran).to.deep.equal([]);
    });
  }
});

/** What no lab file can hold today: the templates do not rely on that. */
describe('a Vagrantfile of a lab of hostile words', function () {
  this.timeout(30_000);
  const folder = temporaryFolder();
  before(function () {
    needProgram(this, 'ruby');
  });

  for (const evil of [`"; system("id"); "`, '#{system("id")}', "'`id`$(id)\\", 'a\nb\tc\u2028d', '主机']) {
    for (const provider of ['virtualbox', 'libvirt'] as const) {
      it(`${JSON.stringify(evil)} is text and nothing else on ${provider}`, () => {
        const { lab } = readLabFile('x.yaml', labText({}));
        const nodes = lab.nodes.map((node) => ({
          ...node,
          name: `${evil}${node.name}`,
          links: node.links.map((link) => ({ ...link, name: evil, network: evil, address: evil })),
          disks: node.disks.map((disk) => ({ ...disk, name: evil })),
        }));
        const hostile: Lab = {
          ...lab,
          nodes,
          networks: [{ name: evil, cidr: evil, carries: ['cluster'] }],
          management: { cidr: evil, prefix: 24 },
          machines: { box: evil, firewall: 'on', fencing: 'none' },
        };
        const told = toldVagrant(folder(), { instance: evil, lab: hostile, provider, packages: evil });
        expect(told.ran).to.deep.equal([]);
        expect(told.set.box).to.equal(evil);
        expect(Object.keys(told.machines)).to.deep.equal(nodes.map(({ name }) => name));
        const disks = told.machines[`${evil}disks`];
        const network = disks?.calls.find(([what]) => what === 'network')?.[2] as Raw;
        expect(network).to.include({ ip: evil });
        if (provider === 'libvirt') {
          expect(network.libvirt__network_name).to.equal(networkOf(evil, evil));
          expect(disks?.providers.libvirt?.set).to.include({
            default_prefix: `halab-${evil}.`,
            management_network_address: evil,
          });
        } else {
          expect(disks?.providers.virtualbox?.set.name).to.equal(`halab-${evil}.${evil}disks`);
        }
        expect(wordsOf(disks, 'host')[0]).to.equal(`${evil}disks`);
        expect(wordsOf(disks, 'links').slice(1)).to.deep.equal([evil, `${evil}/24`]);
        expect(wordsOf(disks, 'disks').slice(0, 3)).to.deep.equal(['--link', evil, evil]);
        expect(disks?.calls.find(([, name]) => name === 'archive')?.[2]).to.include({ source: folder(evil) });
      });
    }
  }
});

/** Runs access.sh as Vagrant would, with a stand-in for chpasswd; to the bytes that chpasswd was given. */
function chpasswdGets(folder: string, { machines }: Told): string {
  const [, , options] = machines.host1?.calls.find(([, name]) => name === 'access') ?? [];
  const { args } = options as { args: string };
  const fakes = { chpasswd: `cat >> ${folder}/passwords`, id: 'exit 0', getent: 'exit 2' };
  // Past the passwords it asks for homes, which ends it here.
  inGuest(folder, fakes, `provision access ${args}`);
  return readFileSync(join(folder, 'passwords'), 'utf8');
}
