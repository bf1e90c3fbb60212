import { resolve } from 'node:path';
import { expect } from 'chai';
import { loadLab } from '../../../src/config/files.js';
import { readLabFile } from '../../../src/config/lab.js';
import { loadScenarios } from '../../../src/config/scenario-files.js';
import type { Lab } from '../../../src/model/lab.js';

const ROOT = resolve(import.meta.dirname, '../../..');
const dirs = { cwd: ROOT, root: ROOT };

function lab(rest: string): Lab {
  const text = `
name: mine
title: A lab of one's own
cluster: { name: c }
networks: { lan: { cidr: 192.168.56.0/24, carries: [cluster, service] } }
nodes:
  n1: { links: { eth1: 192.168.56.21 } }
  n2: { links: { eth1: 192.168.56.22 } }
  n3: { links: { eth1: 192.168.56.23 } }
${rest}`;
  return readLabFile('mine.yaml', text).lab;
}

const CLIENT = '  box: { role: client, links: { eth1: 192.168.56.9 } }\n';
const OWN_NAME = 'addresses: { floating: 192.168.56.24/24 }\n';

function misfits(of: Lab): Readonly<Record<string, string | undefined>> {
  const { selected } = loadScenarios([], of, dirs);
  return Object.fromEntries(selected.map(({ id, misfit }) => [id, misfit]));
}

describe('the library in a lab of another making', () => {
  it('skips what has no address or no client, with that reason, and refuses nothing', () => {
    const found = misfits(lab(''));
    expect(found).to.include({ 'form-cluster': undefined, 'fencing-on': undefined, clone: undefined });
    expect(found['interface-down']).to.equal('needs a floating address, and lab mine has none');
    expect(found['target-lost']).to.equal('lab mine has no storage node');
    expect(misfits(lab(OWN_NAME))).to.include({
      'virtual-ip': 'needs a client, and lab mine has no node of role client or storage',
      'virtual-ip-fenced': undefined,
    });
  });

  it('takes the first address, whatever its name, and asks from the client', () => {
    const of = lab(CLIENT + OWN_NAME);
    const { selected } = loadScenarios(['interface-down'], of, dirs);
    expect(selected[0]?.misfit).to.equal(undefined);
    expect(selected[0]?.steps[0]?.probes[0]).to.include({ target: '192.168.56.24' });
    expect(selected[0]?.steps[0]?.probes[0]?.from).to.deep.equal({ kind: 'client' });
    const others = Object.entries(misfits(of)).filter(([, why]) => why !== undefined);
    expect(others.map(([id]) => id)).to.include.members(['shared-storage', 'redundant-links']);
    for (const [id, why] of others)
      expect(why, id).to.match(/serves no disk|link of|has no storage node|unknown node|unknown address|unknown disk/);
  });

  it('is whole in the labs that it comes with', () => {
    const { selected } = loadScenarios([], loadLab('linuxha', dirs).lab, dirs);
    const found = selected.filter(({ misfit, needs }) => misfit !== undefined && needs.lab === undefined);
    expect(found.map(({ id }) => id)).to.deep.equal([]);
  });

  it('still tells the author of a scenario what in it does not fit', () => {
    const text = 'id: own\ntitle: t\nsteps:\n  - { id: a, expect: [{ address: "{address}", on-exactly: 1 }] }\n';
    const read = (written: string) =>
      loadScenarios([], lab(''), dirs, { written: [{ file: 'own.yaml', text: written }] });
    expect(() => read(text)).to.throw(/own\.yaml:4:.*lab mine has no floating address/);
    const [scenario] = read(text.replace('steps', 'needs: { addresses: 1 }\nsteps')).selected;
    expect(scenario?.misfit).to.equal('needs a floating address, and lab mine has none');
  });
});
