import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readPool } from '../../../src/config/pool.js';
import { isLabError } from '../../../src/model/errors.js';

describe('a pool file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'halab-pool-'));
  after(() => rmSync(folder, { recursive: true }));

  const read = (text: string) => {
    writeFileSync(join(folder, 'pool.yaml'), text);
    return readPool('pool.yaml', { cwd: folder, root: folder });
  };
  const problemsOf = (text: string): string => {
    try {
      read(text);
    } catch (error) {
      if (isLabError(error)) return error.message;
      throw error;
    }
    return expect.fail('it has no problem');
  };

  it('has defaults for all but the machines and the head', () => {
    const { machines, ...rest } = read(
      'head: 10.0.0.1\nmachines:\n  m1: {}\n  m2: {ssh: root@10.0.0.12, memory: 4GiB}\n',
    );
    expect(machines).to.deep.equal([
      { name: 'm1', ssh: 'm1', address: 'm1' },
      { name: 'm2', ssh: 'root@10.0.0.12', address: '10.0.0.12', memoryMiB: 4_096 },
    ]);
    expect(rest).to.deep.include({ head: '10.0.0.1', partition: 'nightly', halab: ['halab'], shared: [], sbatch: [] });
  });

  it('may name the partition of a cluster that is there already', () => {
    const pool = read('partition: labs\nsbatch: [--account=ha]\nshared: [/srv]\n');
    expect(pool).to.deep.include({ machines: [], partition: 'labs', sbatch: ['--account=ha'], shared: ['/srv'] });
  });

  for (const [what, text, place, words] of [
    ['nothing', 'halab: [halab]\n', '1:1', 'neither machines nor partition'],
    ['both', 'head: a\nmachines: {m1: {}}\npartition: x\nshared: [/s]\n', '3:1', 'a partition of their own'],
    ['no head', 'machines: {m1: {}}\n', '1:1', "missing key 'head'"],
    ['no machine', 'head: a\nmachines: {}\n', '2:11', 'there is no machine'],
    ['a machine twice', 'head: a\nmachines:\n  m1: {ssh: b}\n  m2: {ssh: b}\n', '4:7', 'the same machine as m1'],
    ['no way home', 'partition: x\n', '1:1', 'could not come home'],
    ['a name that Slurm would divide', 'head: a\nmachines:\n  m1: {ssh: "a, b"}\n', '3:13', "'a, b'"],
    ['a flag for ssh', 'head: a\nmachines:\n  m1: {ssh: -oProxyCommand=x}\n', '3:13', "'-oProxyCommand=x'"],
    ['a wrong name', 'head: a\nmachines:\n  M_1: {}\n', '3:3', "'M_1' cannot be the name"],
    ['too little memory', 'head: a\nmachines:\n  m1: {memory: 300MiB}\n', '3:16', 'too little for a lab'],
    ['a relative folder', 'partition: x\nshared: [srv]\n', '2:10', 'not an absolute path'],
    ['an unknown key', 'head: a\nmachines:\n  m1: {core: 2}\n', '3:8', 'core'],
  ] as const)
    it(`with ${what} is refused, with the place`, () => {
      expect(problemsOf(text)).to.include(`pool.yaml:${place}`).and.to.include(words);
    });

  it('that is not there is refused', () => {
    expect(() => readPool('none.yaml', { cwd: folder, root: folder })).to.throw('cannot read none.yaml');
  });
});
