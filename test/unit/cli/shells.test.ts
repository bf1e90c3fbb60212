import { expect } from 'chai';
import { layoutFor } from '../../../src/cli/commands/learn/shell-layout.js';
import { openShells, tmuxArgv, tmuxHere } from '../../../src/cli/commands/learn/shells.js';
import { LabError } from '../../../src/model/errors.js';
import type { LabInstance } from '../../../src/model/lab.js';
import type { ProcessRunner } from '../../../src/ports/process.js';
import { LINUXHA } from '../../support/memory-lab.js';

const ENV = { TMUX: '/tmp/tmux-0/default,1,0', TMUX_PANE: '%0', HALAB_STATE_DIR: '/state', HOME: '/root' };
const HALAB = ['node', 'halab.js'];

/** A tmux whose window has this size and so many panes. */
function tmuxOf(size: string) {
  const calls: (readonly string[])[] = [];
  const processes: Pick<ProcessRunner, 'run'> = {
    async run(argv) {
      calls.push(argv.slice(1));
      const stdout = argv[1] === 'display-message' ? size : `%${calls.length}\n`;
      return { exitCode: 0, stdout, stderr: '', durationMs: 1 };
    },
  };
  return { calls, processes };
}

const instance = (): LabInstance => ({ name: 'mine', backend: 'embedded', lab: LINUXHA });
const named = (calls: readonly (readonly string[])[], command: string) => calls.filter(([first]) => first === command);

describe('the shells beside an exercise', () => {
  it('stand to the right where there is room, below where there is not, and else in windows', () => {
    expect(layoutFor(160, 40)).to.include({ name: 'main-vertical', main: 88 });
    expect(layoutFor(141, 24)).to.include({ name: 'main-vertical', main: 80 });
    expect(layoutFor(120, 40)).to.include({ name: 'main-horizontal', main: 24 });
    expect(layoutFor(120, 60)).to.include({ name: 'main-horizontal', main: 36 });
    expect(layoutFor(80, 24)).to.equal(undefined);
  });

  it('are one for each HA node, with the settings that halab reads, and are closed again', async () => {
    const { calls, processes } = tmuxOf('200 50 1');
    const shells = await openShells({ processes, halab: HALAB, instance: instance(), env: ENV, language: 'en' });
    const splits = named(calls, 'split-window');
    expect(splits.map((words) => words.slice(-7))).to.deep.equal(
      ['ha-host1', 'ha-host2', 'ha-host3'].map((node) => ['halab.js', 'ssh', node, '--name', 'mine', '--lang', 'en']),
    );
    for (const words of splits) expect(words.join(' ')).to.contain('-e HALAB_STATE_DIR=/state').and.not.contain('HOME');
    expect(named(calls, 'select-layout').at(-1)).to.deep.equal(['select-layout', '-t', '%0', 'main-vertical']);
    expect(shells.note.en).to.contain('beside this');
    await shells.close();
    expect(named(calls, 'kill-pane')).to.have.length(3);
  });

  it('leave the panes of somebody else as they are', async () => {
    const { calls, processes } = tmuxOf('200 50 2');
    const { note } = await openShells({ processes, halab: HALAB, instance: instance(), env: ENV, language: 'en' });
    expect(named(calls, 'new-window').map((words) => words[2])).to.deep.equal(['ha-host1', 'ha-host2', 'ha-host3']);
    expect(named(calls, 'select-layout')).to.deep.equal([]);
    expect(note.en).to.contain('Ctrl-b n');
  });

  it('need tmux, which is started where halab does not run in it', async () => {
    const { processes } = tmuxOf('');
    expect(await tmuxHere({ processes, env: ENV })).to.equal('inside');
    expect(await tmuxHere({ processes, env: {} })).to.equal('outside');
    const missing = {
      run: async () => {
        throw new LabError('process-failed', 'no tmux');
      },
    };
    expect(await tmuxHere({ processes: missing, env: ENV })).to.equal('none');
    expect(tmuxArgv({ halab: HALAB, instance: instance(), env: ENV }, ['learn', 'coach'])).to.deep.equal([
      'tmux',
      'new-session',
      '-s',
      'halab-mine',
      '-e',
      'HALAB_STATE_DIR=/state',
      'node',
      'halab.js',
      'learn',
      'coach',
    ]);
  });
});
