import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readLabFile } from '../../../src/config/lab.js';
import type { Lab } from '../../../src/model/lab.js';

const LAB = `name: own
title: Own things
cluster: { name: c }
networks: { lan: { cidr: 192.168.56.0/24, carries: [cluster, service] } }
`;

describe('what a lab file adds to nodes', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'halab-extras-'));
    for (const [name, mode] of [
      ['all.sh', 0o755],
      ['ha.sh', 0o755],
      ['plain.sh', 0o644],
    ] as const) {
      writeFileSync(join(folder, name), `#!/bin/sh\necho ${name}\n`);
      chmodSync(join(folder, name), mode);
    }
    writeFileSync(join(folder, 'no-shebang.sh'), 'echo\n', { mode: 0o755 });
    writeFileSync(join(folder, 'motd'), 'welcome\n');
    writeFileSync(join(folder, 'other-motd'), 'go away\n');
    writeFileSync(join(folder, 'binary'), Buffer.from([0, 1, 255]));
  });
  after(() => rmSync(folder, { recursive: true }));

  const read = (rest: string): Lab => readLabFile('own.yaml', LAB + rest, folder).lab;

  it('is what all have, then what the role has, then its own', () => {
    const lab = read(`roles:
  all: { packages: [tcpdump], files: { /etc/motd: motd }, provision: all.sh }
  ha: { packages: [drbd-utils, tcpdump], provision: ha.sh, modules: [drbd] }
nodes:
  n1: { links: { eth1: 192.168.56.21 }, packages: [lvm2], files: { /etc/motd: other-motd }, image: debian-13 }
  box: { role: client, links: { eth1: 192.168.56.9 } }
`);
    const [n1, box] = lab.nodes;
    expect(n1?.image).to.equal('debian-13');
    expect(n1?.extras?.packages).to.deep.equal([
      { name: 'tcpdump', at: 'own.yaml:6:21' },
      { name: 'drbd-utils', at: 'own.yaml:7:20' },
      { name: 'lvm2', at: 'own.yaml:9:52' },
    ]);
    expect(n1?.extras?.scripts.map(({ name, at }) => `${name} ${at}`)).to.deep.equal([
      'all.sh own.yaml:6:70',
      'ha.sh own.yaml:7:53',
    ]);
    expect(n1?.extras?.files).to.deep.equal([{ path: '/etc/motd', content: 'go away\n', mode: 0o644 }]);
    expect(n1?.extras?.modules.map(({ name }) => name)).to.deep.equal(['drbd']);
    expect(box?.extras?.packages.map(({ name }) => name)).to.deep.equal(['tcpdump']);
    expect(box?.extras?.scripts[0]?.content).to.equal('#!/bin/sh\necho all.sh\n');
  });

  it('is nothing where the file says nothing', () => {
    expect(read('nodes: { n1: { links: { eth1: 192.168.56.21 } } }\n').nodes[0]).to.not.have.any.keys(
      'extras',
      'image',
    );
  });

  const node = (own: string) => `nodes: { n1: { links: { eth1: 192.168.56.21 }, ${own} } }\n`;
  const wrong: Readonly<Record<string, RegExp>> = {
    'provision: gone.sh': /own\.yaml:5:59: there is no file gone\.sh/,
    'provision: plain.sh': /own\.yaml:5:59: plain\.sh is not executable; chmod \+x plain\.sh/,
    'provision: no-shebang.sh':
      /no-shebang\.sh has no first line that names its interpreter; begin it with #!\/bin\/sh/,
    'provision: .': /\. is not a file/,
    'files: { /etc/x: binary }': /binary is not text/,
    'files: { etc/x: motd }': /'etc\/x' is not a path on the node/,
    'files: { /etc/../x: motd }': /is not a path on the node/,
    'files: { /run/x: motd }': /would be hidden: \/run\/ is empty at each boot/,
    'packages: [Foo bar]': /'Foo bar' cannot be a package's name/,
    'packages: [a=1.0]': /'a=1.0' cannot be a package's name/,
    'modules: [a.ko]': /'a.ko' cannot be a module's name/,
    'image: debian-1': /unknown image 'debian-1'/,
  };
  for (const [own, message] of Object.entries(wrong)) {
    it(`has one clear problem with ${own}`, () => {
      expect(() => read(node(own)))
        .to.throw(message)
        .with.property('message')
        .that.matches(/^1 problem in/);
    });
  }

  it('reports a file of a role once, however many nodes have it', () => {
    const two = 'nodes: { n1: { links: { eth1: 192.168.56.21 } }, n2: { links: { eth1: 192.168.56.22 } } }\n';
    expect(() => read(`roles: { ha: { provision: gone.sh } }\n${two}`)).to.throw(/^1 problem in .*\n.*own\.yaml:5:27/);
  });
});
