import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, win32 } from 'node:path';
import { expect } from 'chai';
import { requireMachine, requireRights } from '../../../src/cli/preflight.js';
import { type Machine, readSettings } from '../../../src/cli/settings.js';
import type { Backend, Prerequisite } from '../../../src/ports/backend.js';
import type { JournalEntry } from '../../../src/ports/store.js';
import { loadInstance, saveInstance } from '../../../src/store/instances.js';
import { createFaultJournal } from '../../../src/store/journal.js';
import { livenessOn, takeLock } from '../../../src/store/lock.js';
import { createRunFolder, runIdOf } from '../../../src/store/run-folder.js';
import { createMemoryClock } from '../../support/memory-clock.js';
import { createMemoryBackend } from '../../support/memory-lab.js';
import { rejection } from '../../support/rejection.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { testLab } from '../cluster/test-lab.js';

const PLATFORMS: readonly NodeJS.Platform[] = ['linux', 'darwin', 'win32'];
/** What this machine can walk for another: a Mac has no /proc, Windows cannot sync a folder either. */
const WALKABLE = PLATFORMS.slice(PLATFORMS.indexOf(process.platform));
const LINUX: Machine = { platform: 'linux', home: '/home/lee', isRoot: false };
const ROOT: Machine = { platform: 'linux', home: '/root', isRoot: true };
const MAC: Machine = { platform: 'darwin', home: '/Users/Lee Smith', isRoot: false };
const WINDOWS: Machine = { platform: 'win32', home: 'C:\\Users\\Lee Smith', isRoot: false };

const read = (machine: Machine, env: NodeJS.ProcessEnv = {}) => readSettings({}, env, '/work', machine);

describe('where things are kept', () => {
  const cases: readonly (readonly [
    what: string,
    machine: Machine,
    env: NodeJS.ProcessEnv,
    places: Readonly<Record<'stateDir' | 'cacheDir' | 'runDir', string>>,
  ])[] = [
    ['root on Linux', ROOT, {}, { stateDir: '/var/lib/halab', cacheDir: '/var/cache/halab', runDir: '/run' }],
    [
      'root on Linux, whatever XDG says',
      ROOT,
      { XDG_STATE_HOME: '/x', XDG_RUNTIME_DIR: '/run/user/0' },
      { stateDir: '/var/lib/halab', cacheDir: '/var/cache/halab', runDir: '/run' },
    ],
    [
      'a user on Linux',
      LINUX,
      {},
      {
        stateDir: '/home/lee/.local/state/halab',
        cacheDir: '/home/lee/.cache/halab',
        runDir: '/home/lee/.local/state/halab/run',
      },
    ],
    [
      'a user on Linux with XDG folders, one of them no path',
      LINUX,
      { XDG_STATE_HOME: '/s', XDG_CACHE_HOME: 'relative', XDG_RUNTIME_DIR: '/run/user/1000' },
      { stateDir: '/s/halab', cacheDir: '/home/lee/.cache/halab', runDir: '/run/user/1000/halab' },
    ],
    [
      'macOS',
      MAC,
      {},
      {
        stateDir: '/Users/Lee Smith/Library/Application Support/halab',
        cacheDir: '/Users/Lee Smith/Library/Caches/halab',
        runDir: '/Users/Lee Smith/Library/Application Support/halab/run',
      },
    ],
    [
      'Windows',
      WINDOWS,
      { LOCALAPPDATA: 'D:\\Local' },
      {
        stateDir: 'D:\\Local\\halab\\state',
        cacheDir: 'D:\\Local\\halab\\cache',
        runDir: 'D:\\Local\\halab\\state\\run',
      },
    ],
    [
      'Windows without LOCALAPPDATA',
      WINDOWS,
      {},
      {
        stateDir: 'C:\\Users\\Lee Smith\\AppData\\Local\\halab\\state',
        cacheDir: 'C:\\Users\\Lee Smith\\AppData\\Local\\halab\\cache',
        runDir: 'C:\\Users\\Lee Smith\\AppData\\Local\\halab\\state\\run',
      },
    ],
  ];
  for (const [what, machine, env, places] of cases) {
    it(`${what}`, () => expect(read(machine, env)).to.include(places));
  }

  it('is moved by absolute paths as the machine writes them', () => {
    const moved = (machine: Machine, path: string) => read(machine, { HALAB_STATE_DIR: path }).stateDir;
    expect(moved(LINUX, '/s/')).to.equal('/s');
    expect(moved(MAC, '/Volumes/My Disk/halab')).to.equal('/Volumes/My Disk/halab');
    expect(moved(WINDOWS, 'E:\\my labs\\')).to.equal('E:\\my labs');
    expect(moved(WINDOWS, 'E:/labs')).to.equal('E:\\labs');
    expect(moved(WINDOWS, '\\\\server\\share\\labs')).to.equal('\\\\server\\share\\labs');
  });

  it('takes locks along where the state folder has them', () => {
    const moved = (machine: Machine, env: NodeJS.ProcessEnv) => read(machine, { HALAB_STATE_DIR: '/s', ...env }).runDir;
    expect(moved(MAC, {})).to.equal('/s/run');
    expect(moved(LINUX, {})).to.equal('/s/run');
    expect(moved(LINUX, { XDG_RUNTIME_DIR: '/run/user/1000' })).to.equal('/run/user/1000/halab');
    expect(moved(ROOT, {})).to.equal('/run');
  });

  it('is not moved by a path that is none there', () => {
    const wrong: readonly (readonly [Machine, string])[] = [
      [LINUX, 'state'],
      [LINUX, '/a b'],
      [LINUX, 'C:\\labs'],
      [MAC, './state'],
      [WINDOWS, 'state'],
      [WINDOWS, 'C:state'],
    ];
    for (const [machine, path] of wrong) {
      expect(() => read(machine, { HALAB_CACHE_DIR: path }), `${machine.platform} ${path}`)
        .to.throw('HALAB_CACHE_DIR')
        .with.property('code', 'usage');
    }
    expect(() => read(WINDOWS, { HALAB_STATE_DIR: 'x' }))
      .to.throw()
      .with.property('hint')
      .that.not.contains('overlay');
  });

  it('goes with the backend that can run there', () => {
    expect([LINUX, MAC, WINDOWS].map((machine) => read(machine).backend)).to.deep.equal([
      'embedded',
      'vagrant',
      'vagrant',
    ]);
  });
});

describe('a lock', () => {
  const at = temporaryFolder();
  const doing = (file: string) => (JSON.parse(readFileSync(file, 'utf8')) as { doing: string }).doing;

  for (const platform of WALKABLE) {
    it(`of a live process is refused, of a dead one taken over: ${platform}`, () => {
      const file = at('run', 'lock', 'halab-x.lock');
      const liveness = livenessOn(platform);
      const release = takeLock(file, 'up', liveness);
      expect(() => takeLock(file, 'down', liveness))
        .to.throw('is at work')
        .with.property('code', 'lab-busy');
      release();
      const { pid } = spawnSync(process.execPath, ['--version']);
      writeFileSync(file, JSON.stringify({ pid, startTime: 'alive', doing: 'up' }));
      takeLock(file, 'heal', liveness);
      expect(doing(file)).to.equal('heal');
    });
  }

  it('that has no folder to stand in is no bug', () => {
    writeFileSync(at('file'), '');
    expect(() => takeLock(at('file', 'lock', 'halab-x.lock'), 'up'))
      .to.throw('cannot make a lock')
      .with.property('code', 'usage');
  });

  it('of another user’s process is refused too', () => {
    const signal = (code: string): typeof process.kill => {
      return () => {
        throw Object.assign(new Error(code), { code });
      };
    };
    expect(livenessOn('darwin', signal('EPERM')).markOf(1)).to.be.a('string');
    expect(livenessOn('win32', signal('ESRCH')).markOf(1)).to.equal(undefined);
    expect(() => livenessOn('darwin', signal('EINVAL')).markOf(1)).to.throw('EINVAL');
  });
});

describe('what is kept on disk', () => {
  const at = temporaryFolder();
  const clock = createMemoryClock();
  const entry: JournalEntry = {
    id: 'run/1',
    at: '2026-11-23T08:31:55.000Z',
    run: 'run',
    fault: { kind: 'freeze', node: 'ha-host1' },
  };

  for (const platform of WALKABLE) {
    it(`a journal that was cut off goes on: ${platform}`, () => {
      const file = at('halab-x', 'faults.jsonl');
      const journal = createFaultJournal(file, clock, platform);
      journal.open(entry);
      writeFileSync(file, `${readFileSync(file, 'utf8')}{"kind":"ope`);
      journal.open({ ...entry, id: 'run/2' });
      expect(journal.pending().map(({ id }) => id)).to.deep.equal(['run/1', 'run/2']);
    });
  }

  it('a lab comes back from a folder with blanks in its path', () => {
    const folder = at('Application Support', 'halab');
    saveInstance(folder, { name: 'x', backend: 'vagrant', lab: testLab });
    expect(loadInstance(folder, 'x')?.backend).to.equal('vagrant');
  });

  it('no run folder, and nothing in it, has a name that Windows refuses', () => {
    const id = runIdOf('2026-11-23T08:31:55.123Z', 'C:\\labs\\my run?.yaml');
    expect(id).to.equal('20261123-083155-c-labs-my-run-yaml');
    const folder = createRunFolder({ root: at('reports'), id, clock });
    expect(folder.write(join('evidence', 'ha-host1', 'cib.xml'), '')).to.equal('evidence/ha-host1/cib.xml');
    folder.close();
    for (const name of readdirSync(at('reports'), { recursive: true, encoding: 'utf8' })) {
      expect(win32.basename(name)).to.match(/^[^<>:"|?*\\]*[^ .]$/);
    }
  });

  describe('where no link can be made', () => {
    const refuse = (code: string) => () => {
      throw Object.assign(new Error(`${code}: operation not permitted`), { code });
    };
    const make = (link?: () => void) => {
      const folder = createRunFolder({ root: at('reports'), id: 'run', clock, ...(link ? { link } : {}) });
      folder.close();
      return folder.id;
    };

    it('latest.txt names the newest run, and no old link is left', () => {
      make();
      const id = make(refuse('EPERM'));
      expect(readFileSync(at('reports', 'latest.txt'), 'utf8')).to.equal(`${id}\n`);
      expect(existsSync(at('reports', 'latest'))).to.equal(false);
      expect(readdirSync(at('reports')).toSorted()).to.deep.equal(['latest.txt', 'run', 'run-2']);
    });

    it('another failure is one all the same', () => {
      expect(() => make(refuse('ENOSPC')))
        .to.throw()
        .with.property('code', 'disk-full');
    });
  });
});

describe('asking a backend what it needs', () => {
  const testInstance = { name: 'x', backend: 'memory', lab: testLab };
  const backendWith = (...findings: readonly Prerequisite[]): Backend => ({
    ...createMemoryBackend().backend,
    preflight: async () => findings,
  });
  const lacking = (id: string, argv?: readonly string[]): Prerequisite => ({
    id,
    ok: false,
    weight: 'required',
    text: `${id} is not there`,
    fix: { text: `get ${id}`, ...(argv ? { argv } : {}) },
  });

  it('takes down without root where the backend does not ask for it', async () => {
    await requireRights(backendWith(lacking('program:vagrant')), testInstance);
    await requireRights(backendWith({ ...lacking('root'), ok: true }), testInstance);
    const error = await rejection(requireRights(backendWith(lacking('root')), testInstance));
    expect(error).to.include({ code: 'not-root', hint: 'get root' });
  });

  it('speaks of apt only where apt has it', async () => {
    const hintOf = async (finding: Prerequisite) =>
      (await rejection(requireMachine(backendWith(finding), testInstance))).hint;
    expect(await hintOf(lacking('program:ip', ['apt-get', 'install', '-y', 'iproute2']))).to.contain('--fix');
    expect(await hintOf(lacking('program:vagrant'))).to.not.contain('apt');
  });
});
