import { expect } from 'chai';
import { BACKENDS } from '../../../src/backends/index.js';
import { selectedBackend, usualBackendOn } from '../../../src/cli/backend-flags.js';
import { instanceToBringUp, type LabFlags, wantedInstance } from '../../../src/cli/lab-session.js';
import { createProgram } from '../../../src/cli/program.js';
import { whereOf } from '../../../src/cli/run/walk-plan.js';
import { readSettings } from '../../../src/cli/settings.js';
import { backendOf, backendsHere } from '../../../src/cli/wire.js';
import { isLabError } from '../../../src/model/errors.js';
import type { BackendModule } from '../../../src/ports/backend-module.js';
import { saveInstance } from '../../../src/store/instances.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { toys } from '../../support/toy-backend/index.js';
import { testLab } from '../cluster/test-lab.js';

type Flags = LabFlags & Readonly<Record<string, string | undefined>>;

/** All that a further backend takes beside its folder is a line in the table; here that line is added for the tests. */
describe('a backend that is one folder and one line', () => {
  const at = temporaryFolder();
  const settings = () => readSettings({}, { HALAB_STATE_DIR: at('state') }, at());
  const wanted = (flags: Flags) => wantedInstance(settings(), flags, testLab);
  const table = BACKENDS as BackendModule[];
  before(() => table.push(toys));
  after(() => table.pop());

  function helpOf(command: string): string {
    const found = createProgram(() => undefined).commands.find((each) => each.name() === command);
    return found?.helpInformation() ?? '';
  }

  it('is named by --help, with its own flags under a heading of their own on the commands that it names', () => {
    expect(helpOf('up')).to.include('toys (nodes to play with)');
    expect(helpOf('up')).to.match(/\nOptions of the toys backend:\n +--toy <toy> +what to play with/);
    expect(helpOf('up')).to.include('--colour <colour>');
    expect(helpOf('doctor')).to.include('--toy <toy>').and.not.include('--colour');
    for (const command of ['ssh', 'status', 'heal', 'vagrantfile']) expect(helpOf(command)).to.not.include('--toy');
  });

  it('is selected by its name, or by a flag that says so', () => {
    expect(selectedBackend({ backend: 'toys' })?.name).to.equal('toys');
    expect(wanted({ toy: 'cars' })).to.deep.include({ backend: 'toys', options: { toy: 'cars' } });
    expect(wanted({ backend: 'toys' })).to.deep.include({ options: { toy: 'bricks' } });
  });

  it('is the only one that takes its flags', () => {
    const refusal = (flags: Flags) => {
      try {
        wanted(flags);
      } catch (error) {
        if (isLabError(error) && error.code === 'usage') return `${error.message}; ${error.hint}`;
        throw error;
      }
      return 'none';
    };
    expect(refusal({ backend: 'vagrant', toy: 'cars' })).to.include('--toy is a flag of the toys backend');
    expect(refusal({ backend: 'toys', box: 'a/b' })).to.include('add --backend vagrant, or leave --box out');
    expect(refusal({ backend: 'tois' })).to.include("did you mean 'toys'?");
  });

  it('keeps a lab where it is, and only what may change changes', () => {
    saveInstance(settings().stateDir, instanceToBringUp(settings(), { lab: 'two-node', toy: 'cars' } as Flags));
    const again = (flags: Flags) => instanceToBringUp(settings(), { lab: 'two-node', ...flags });
    expect(again({})).to.deep.include({ backend: 'toys', options: { toy: 'cars' } });
    expect(again({ colour: 'red' }).options).to.deep.equal({ toy: 'cars', colour: 'red' });
    expect(() => again({ toy: 'dolls' })).to.throw('two-node is up already as two-node with debian-12 on toys cars');
    expect(() => again({ backend: 'vagrant' })).to.throw('is up already');
  });

  it('makes the labs that were made with it, and is asked for what is left', async () => {
    const backend = await backendOf(wanted({ toy: 'cars' }), settings());
    expect(backend.name).to.equal('toys');
    expect((await backendsHere(settings())).map(({ name }) => name)).to.include('toys');
  });

  it('is written into the command that repeats a random walk', () => {
    const flags: Flags = { backend: 'toys', toy: 'cars' };
    expect(whereOf(flags, wanted(flags))).to.equal(`--lab ${testLab.name} --backend toys --toy cars`);
  });

  it('comes after those that run on the platform and stand before it', () => {
    expect(usualBackendOn('linux')).to.equal('embedded');
    expect(usualBackendOn('darwin')).to.equal('vagrant');
    expect(usualBackendOn('win32')).to.equal('vagrant');
  });
});
