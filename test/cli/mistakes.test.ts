import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadLab } from '../../src/config/files.js';
import { saveInstance } from '../../src/store/instances.js';
import { createHalabInProcess, type Finished, type Halab, inTurns, jsonOf, TOP } from '../support/halab.js';
import { problemsBy } from '../support/json-schemas.js';

interface Mistake {
  readonly name: string;
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly code: string;
  /** Of message and hint together. */
  readonly says: readonly RegExp[];
}

/** Nothing could be started even if one of these were let through. */
const NO_PROGRAMS = { PATH: '/nonexistent' };

const MISTAKES: readonly Mistake[] = [
  { name: 'unknown command', argv: ['upp'], code: 'usage', says: [/unknown command 'upp'/, /Did you mean up\?/] },
  { name: 'unknown flag', argv: ['up', '--nmae', 'x'], code: 'usage', says: [/'--nmae'/, /Did you mean --name\?/] },
  { name: 'missing argument', argv: ['ssh'], code: 'usage', says: [/missing required argument 'node'/] },
  { name: 'a run of nothing', argv: ['run'], code: 'usage', says: [/no scenario is named/, /--random N/] },
  {
    name: 'a random walk beside a scenario',
    argv: ['run', 'interface-down', '--random', '3'],
    code: 'usage',
    says: [/interface-down is asked for as well/, /--given/],
  },
  {
    name: 'a random walk of a set',
    argv: ['run', '--random', '3', '--set', 'ci'],
    code: 'usage',
    says: [/--set picks among scenario files/],
  },
  {
    name: 'steps without keys',
    argv: ['run', 'interface-down', '--step'],
    code: 'usage',
    says: [/--step waits for keys, and stdin and stderr are not a terminal/, /leave --step out/],
  },
  {
    name: 'steps and a reporter of mocha',
    argv: ['run', 'interface-down', '--step', '--reporter', 'dot'],
    code: 'usage',
    says: [/--step and --reporter both lead through the run/],
  },
  { name: 'no lab at all', argv: ['up', '--count', '0'], code: 'usage', says: [/--count/, /from 1 to 99/] },
  {
    name: 'a number of labs and a roster',
    argv: ['up', '--count', '2', '--roster', 'class.txt'],
    code: 'usage',
    says: [/--count and --roster both say how many labs/],
  },
  {
    name: 'a roster that is not there',
    argv: ['up', '--roster', './class.txt'],
    code: 'usage',
    says: [/the roster .*class\.txt cannot be read/, /one name on each line/],
  },
  { name: 'no walk at all', argv: ['run', '--random', '0'], code: 'usage', says: [/--random/, /from 1 to 1000/] },
  { name: 'too long a walk', argv: ['run', '--random', '1001'], code: 'usage', says: [/--random/, /from 1 to 1000/] },
  {
    name: 'a set-up for no walk',
    argv: ['run', 'interface-down', '--given', 'form-cluster'],
    code: 'usage',
    says: [/--given is for random walks/],
  },
  {
    name: 'a walk on no set-up',
    argv: ['run', '--random', '3', '--given', ' , '],
    code: 'usage',
    says: [/names no set-up/],
  },
  {
    name: 'a walk on an unknown set-up',
    argv: ['run', '--random', '3', '--given', 'form-clutser', '--dry-run'],
    code: 'scenario-not-found',
    says: [/did you mean 'form-cluster'/],
  },
  {
    name: 'a walk that cannot be written',
    argv: ['run', '--random', '3', '--write', './no/such/folder/walk.yaml', '--dry-run'],
    code: 'usage',
    says: [/cannot write the walk/, /--write/],
  },
  { name: 'one argument too many', argv: ['up', 'linuxha', 'two-node'], code: 'usage', says: [/too many arguments/] },
  {
    name: 'unknown lab',
    argv: ['up', 'linuhxa'],
    code: 'lab-not-found',
    says: [/did you mean 'linuxha'\?/, /halab list/],
  },
  {
    name: 'unknown lab by flag',
    argv: ['up', '--lab', 'twonode'],
    code: 'lab-not-found',
    says: [/did you mean 'two-node'\?/],
  },
  {
    name: 'unknown lab file',
    argv: ['doctor', '--lab', './mine.yaml'],
    code: 'lab-not-found',
    says: [/no lab file \.\/mine\.yaml/],
  },
  {
    name: 'unknown scenario',
    argv: ['run', 'interface-dwon'],
    code: 'scenario-not-found',
    says: [/did you mean 'interface-down'\?/, /halab scenarios/],
  },
  { name: 'unknown scenario file', argv: ['run', './nope.yaml'], code: 'scenario-not-found', says: [/\.\/nope\.yaml/] },
  {
    name: 'unknown set',
    argv: ['run', 'interface-down', '--set', 'weekly'],
    code: 'scenario-not-found',
    says: [/'weekly'/, /Sets there/],
  },
  {
    name: 'unknown role',
    argv: ['run', './role.yaml'],
    code: 'config-invalid',
    says: [/role\.yaml:5:\d+: .*hodler/, /holder of/],
  },
  {
    name: 'unknown node',
    argv: ['ssh', 'ha-hots1', '--name', 'known'],
    code: 'node-not-found',
    says: [/ha-hots1/, /ha-host1/],
  },
  {
    name: 'unknown node of a fault',
    argv: ['fault', 'inject', 'freeze', 'ha-hots1', '--name', 'known'],
    code: 'node-not-found',
    says: [/did you mean 'ha-host1'\?/],
  },
  {
    name: 'a role of a fault that is none',
    argv: ['fault', 'inject', 'freeze', '{holdr of vip}', '--name', 'known'],
    code: 'usage',
    says: [/is not a role, did you mean '\{holder of vip\}'/],
  },
  {
    name: 'an address to probe that is none',
    argv: ['fault', 'inject', 'freeze', 'ha-host1', '--probe', 'vpi', '--name', 'known'],
    code: 'usage',
    says: [/--probe vpi: neither an IPv4 address nor/, /the lab has vip/],
  },
  {
    name: 'unknown fault',
    argv: ['fault', 'inject', 'frezee', 'ha-host1', '--name', 'known'],
    code: 'usage',
    says: [/did you mean 'freeze'\?/, /link-down/],
  },
  {
    name: 'unknown means',
    argv: ['fault', 'inject', 'link-down', 'ha-host1', '--by', 'amdin', '--name', 'known'],
    code: 'usage',
    says: [/did you mean 'admin'\?/],
  },
  {
    name: 'a fault without what it needs',
    argv: ['fault', 'inject', 'daemon-kill', 'ha-host1', '--name', 'known'],
    code: 'usage',
    says: [/needs --daemon/],
  },
  {
    name: 'unknown daemon',
    argv: ['fault', 'inject', 'daemon-stop', 'ha-host1', '--daemon', 'contrld', '--name', 'known'],
    code: 'usage',
    says: [/did you mean 'controld'\?/],
  },
  {
    name: 'a node that cannot receive itself',
    argv: ['fault', 'inject', 'one-way-loss', 'ha-host1', '--from', 'ha-host1', '--name', 'known'],
    code: 'usage',
    says: [/--from ha-host1: a node always/],
  },
  {
    name: "a node's own address to be taken",
    argv: ['fault', 'inject', 'address-gone', 'ha-host1', '--address', '192.168.56.31', '--name', 'known'],
    code: 'usage',
    says: [/ha-host1's own address/],
  },
  {
    name: 'no number of failures',
    argv: ['fault', 'inject', 'failcount', 'ha-host1', '--resource', 'vip', '--value', '0', '--name', 'known'],
    code: 'usage',
    says: [/--value 0: 0 is too small/, /at least 1/],
  },
  {
    name: 'a daemon of the stack to be killed as if it were a service',
    argv: ['fault', 'inject', 'process-kill', 'ha-host1', '--process', 'corosync', '--name', 'known'],
    code: 'usage',
    says: [/use daemon-kill/],
  },
  {
    name: 'a folder that must not be full',
    argv: ['fault', 'inject', 'disk-full', 'ha-host1', '--path', '/proc', '--name', 'known'],
    code: 'usage',
    says: [/could not be healed/],
  },
  { name: 'unknown backend', argv: ['up', '--backend', 'embeded'], code: 'usage', says: [/did you mean 'embedded'\?/] },
  {
    name: 'unknown image',
    argv: ['up', '--image', 'debian-21'],
    code: 'usage',
    says: [/did you mean 'debian-1[123]'\?/, /debian-12/],
  },
  {
    name: 'unknown image of a dry run',
    argv: ['run', 'interface-down', '--image', 'centos', '--dry-run'],
    code: 'usage',
    says: [/debian-12/],
  },
  { name: 'unknown language', argv: ['status', '--lang', 'fr'], code: 'usage', says: [/no language fr/, /--lang zh/] },
  {
    name: 'unknown value of --keep',
    argv: ['run', 'interface-down', '--keep', 'nonsense'],
    code: 'usage',
    says: [/'nonsense'/, /on-failure/],
  },
  {
    name: 'a name that is none',
    argv: ['up', '--name', 'Über lab'],
    code: 'usage',
    says: [/cannot be the name of a lab/, /a-z/],
  },
  {
    name: 'a name that is none in a dry run',
    argv: ['run', 'interface-down', '--name', '../x', '--dry-run'],
    code: 'usage',
    says: [/cannot be the name/],
  },
  {
    name: 'a repeat that is no number',
    argv: ['run', 'interface-down', '--repeat', 'twice'],
    code: 'usage',
    says: [/--repeat/, /above 0/],
  },
  {
    name: 'a seed out of range',
    argv: ['run', 'interface-down', '--seed', '-1'],
    code: 'usage',
    says: [/--seed/, /4294967295/],
  },
  {
    name: 'a reporter beside --json',
    argv: ['run', 'interface-down', '--reporter', 'spec'],
    code: 'usage',
    says: [/--json and --reporter/],
  },
  {
    name: 'a port that is none',
    argv: ['forward', 'vip:http', '--name', 'known'],
    code: 'usage',
    says: [/\[LOCAL:\]HOST:PORT/],
  },
  {
    name: 'a relative state folder',
    argv: ['status'],
    env: { HALAB_STATE_DIR: 'state' },
    code: 'usage',
    says: [/HALAB_STATE_DIR/, /absolute/],
  },
  {
    name: 'a state folder that overlayfs cannot take',
    argv: ['status'],
    env: { HALAB_STATE_DIR: '/a:b' },
    code: 'usage',
    says: [/colons/],
  },
  {
    name: 'a variable with a bad value',
    argv: ['run', 'interface-down'],
    env: { HALAB_KEEP: 'nonsense' },
    code: 'usage',
    says: [/'nonsense'/],
  },
];

const BAD_ROLE = `id: role
title: A role that nobody has
steps:
  - id: cut
    fault: { kind: power-off, node: "{hodler of vip}" }
    expect: [{ quorum: true }]
`;

describe('mistakes on the command line', function () {
  this.timeout(180_000);
  let halab: Halab;
  const answers = new Map<string, Finished>();

  before(async () => {
    halab = createHalabInProcess();
    const files = join(halab.folder, 'files');
    mkdirSync(files);
    writeFileSync(join(files, 'role.yaml'), BAD_ROLE);
    const { lab } = loadLab('linuxha', { cwd: TOP, root: TOP });
    saveInstance(halab.stateDir, { name: 'known', backend: 'embedded', lab });
    await inTurns(MISTAKES, async ({ name, argv, env }) => {
      answers.set(name, await halab.run([...argv, '--json'], { cwd: files, env: { ...NO_PROGRAMS, ...env } }));
    });
  });
  after(() => halab.remove());

  for (const { name, code, says } of MISTAKES) {
    it(`${name}: exit code 2, ${code}, and what is near`, () => {
      const answer = answers.get(name) ?? expect.fail('it was not run');
      expect(answer.exitCode, answer.stderr).to.equal(2);
      for (const pattern of says) expect(answer.stderr).to.match(pattern);
      expect(answer.stderr).to.not.match(/ {4}at /);
      const json = jsonOf(answer);
      expect(problemsBy('error', json)).to.deep.equal([]);
      expect(json.error).to.have.property('code', code);
    });
  }

  it('leave no trace', () => {
    expect(halab.touched()).to.deep.equal([join(halab.stateDir, 'halab-known')]);
  });
});
