import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createHalab, type Halab, TOP } from '../support/halab.js';

const LIMIT_MS = 20_000;
const { exports } = JSON.parse(readFileSync(join(TOP, 'package.json'), 'utf8')) as {
  readonly exports: Readonly<Record<string, string>>;
};

/** What somebody else's test would begin with; the package knows itself by its name. */
const SUITE = `
import { expect, use } from 'chai';
import { clusterPlugin } from 'halab/chai';
import { instancesOf, parseCrmMonXml, parseStatusText, readAny } from 'halab/state';

use(clusterPlugin);
const state = readAny(process.argv[1]);
expect(state).to.be.quorate.and.have.nodesOnline('a', 'b');
expect(state).to.have.resource('vip').startedOn('a');
try {
  expect(state).to.have.resource('vip').startedOn('b');
} catch (error) {
  console.log(error.message);
}
console.log([instancesOf(state).length, typeof parseCrmMonXml, typeof parseStatusText].join(' '));
`;

const STATUS = `Cluster Summary:
  * Stack: corosync
  * Current DC: a (version 2.1.5-a3f44794f94) - partition with quorum
  * 2 nodes configured
  * 1 resource instance configured

Node List:
  * Online: [ a b ]

Full List of Resources:
  * vip	(ocf:heartbeat:IPaddr2):	 Started a
`;

describe('the package', function () {
  this.timeout(60_000);
  let halab: Halab;

  before(() => {
    halab = createHalab();
  });
  after(() => halab.remove());

  it('gives others the reading of a status, and chai the words for it', () => {
    const argv = ['--input-type=module', '--eval', SUITE, STATUS];
    const said = execFileSync(process.execPath, argv, { cwd: TOP, encoding: 'utf8', timeout: LIMIT_MS });
    expect(said.split('\n')).to.deep.equal([
      'expected vip to be started on b: vip Started on a',
      '1 function function',
      '',
    ]);
  });

  it('packs its program and all that it exports', () => {
    const argv = ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'];
    const said = execFileSync('npm', argv, { cwd: TOP, encoding: 'utf8', timeout: LIMIT_MS });
    const [{ files }] = JSON.parse(said) as [{ readonly files: readonly { readonly path: string }[] }];
    const paths = files.map(({ path }) => path);
    expect(paths).to.include.members(['bin/halab.js', 'dist/program/main.js']);
    expect(paths).to.include.members(Object.values(exports).map((path) => path.replace('./', '')));
  });
});
