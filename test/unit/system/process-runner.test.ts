import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { isLabError, type LabError } from '../../../src/model/errors.js';
import type { ProcessOptions } from '../../../src/ports/process.js';
import { createProcessRunner } from '../../../src/system/process-runner.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const processes = createProcessRunner();
const run = (argv: readonly string[], options: Partial<ProcessOptions> = {}) =>
  processes.run(argv, { timeoutMs: 5_000, ...options });
const sh = (script: string, options: Partial<ProcessOptions> = {}) => run(['sh', '-c', script], options);

async function failureOf(work: Promise<unknown>): Promise<LabError> {
  try {
    await work;
  } catch (error) {
    if (isLabError(error)) return error;
    throw error;
  }
  return expect.fail('it did not fail');
}

/** Until a condition that another process brings about holds; bounded. */
async function eventually(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!holds()) {
    if (performance.now() > deadline) expect.fail('it never came');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('the process runner', () => {
  const at = temporaryFolder();

  it('resolves for any exit code, streams apart and unshortened', async () => {
    const { exitCode, stdout, stderr } = await sh('echo out; echo err >&2; exit 3');
    expect({ exitCode, stdout, stderr }).to.deep.equal({ exitCode: 3, stdout: 'out\n', stderr: 'err\n' });
  });

  it('hands over argv unharmed, and stdin', async () => {
    expect((await run(['printf', '%s|', "it's", '$(no)', ''])).stdout).to.equal("it's|$(no)||");
    expect((await run(['cat'], { stdin: 'hello ✔' })).stdout).to.equal('hello ✔');
    expect((await run(['cat'])).stdout).to.equal('');
  });

  it('adds to the environment, and starts where it is told', async () => {
    const { stdout } = await sh('echo "$GREETING $PWD"; test -n "$PATH"', { env: { GREETING: 'hi' }, cwd: at() });
    expect(stdout).to.equal(`hi ${at()}\n`);
  });

  it('shows lines as they come', async () => {
    const lines: string[] = [];
    await sh('echo one; echo two >&2', { onLine: (line) => lines.push(line) });
    expect(lines).to.have.members(['one', 'two']);
  });

  it('names a program that is not there', async () => {
    const error = await failureOf(run(['no-such-program']));
    expect(error).to.include({
      code: 'package-missing',
      message: 'the program no-such-program is not on this machine',
    });
  });

  it('ends what takes too long, with its last words, and its children too', async () => {
    const error = await failureOf(sh(`echo so far; (sleep 30; touch ${at('late')}) & wait`, { timeoutMs: 200 }));
    expect(error.code).to.equal('process-failed');
    expect(error.message).to.include('did not end within 200 ms').and.include('so far');
  });

  it('does not wait for a grandchild that holds the pipe', async () => {
    const started = performance.now();
    await failureOf(sh('sleep 30 & echo $! >&2; sleep 30', { timeoutMs: 100 }));
    expect(performance.now() - started).to.be.below(4_000);
  });

  it('is interrupted by its signal, before and while it runs', async () => {
    expect(await failureOf(run(['sleep', '30'], { signal: AbortSignal.abort() }))).to.have.property(
      'code',
      'interrupted',
    );
    const stop = new AbortController();
    const running = sh('echo started; sleep 30', { signal: stop.signal, onLine: () => stop.abort() });
    expect(await failureOf(running)).to.have.property('code', 'interrupted');
  });

  it('interrupts alone what must not be cut off, not its children, and lets it finish', async () => {
    const stop = new AbortController();
    const child = `trap "touch ${at('hit')}" INT; echo started; sleep 0.2; sleep 0.1`;
    const script = `trap 'touch ${at('tidied')}' INT; sh -c '${child}'; true`;
    const running = sh(script, { signal: stop.signal, graceMs: 4_000, onLine: () => stop.abort() });
    expect(await failureOf(running)).to.have.property('code', 'interrupted');
    expect([existsSync(at('tidied')), existsSync(at('hit'))]).to.deep.equal([true, false]);
  });

  it('kills what does not end by itself within its grace, after a deadline too', async () => {
    const started = performance.now();
    const error = await failureOf(sh("trap '' INT; echo so far; sleep 30", { timeoutMs: 200, graceMs: 200 }));
    expect(error.message).to.include('did not end within 200 ms').and.include('so far');
    expect(performance.now() - started)
      .to.be.above(350)
      .and.below(4_500);
  });

  it('says by which signal a program died', async () => {
    const error = await failureOf(sh('kill -KILL $$'));
    expect(error.code).to.equal('process-failed');
    expect(error.message).to.include('SIGKILL');
  });

  describe('start', () => {
    it('leaves a process behind that has a session of its own and writes to its log', async () => {
      const { pid } = await processes.start(['sh', '-c', 'echo "session $(ps -o sid= -p $$) of $$"; exec sleep 30'], {
        logFile: at('logs', 'daemon.log'),
      });
      try {
        await eventually(
          () => existsSync(at('logs', 'daemon.log')) && /of/.test(readFileSync(at('logs', 'daemon.log'), 'utf8')),
        );
        const [, session, own] = /session\s+(\d+) of (\d+)/.exec(readFileSync(at('logs', 'daemon.log'), 'utf8')) ?? [];
        expect(Number(own)).to.equal(pid);
        expect(session).to.equal(own);
      } finally {
        process.kill(pid, 'SIGKILL');
      }
    });

    it('names a program that is not there', async () => {
      expect(await failureOf(processes.start(['no-such-program'], { logFile: at('log') }))).to.have.property(
        'code',
        'package-missing',
      );
    });
  });
});
