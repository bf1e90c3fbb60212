import { expect } from 'chai';
import { LabError } from '../../../src/model/errors.js';
import type { ProbeSpec } from '../../../src/model/scenario.js';
import type { ExecOptions, ExecResult, Transport } from '../../../src/ports/transport.js';
import { probeDriver } from '../../../src/probes/probe.js';
import { createMemoryClock } from '../../support/memory-clock.js';

const SPEC: ProbeSpec = { id: 'vip', kind: 'ping', target: '192.168.56.24', from: { kind: 'storage' }, everyMs: 20 };

interface FakeProgram {
  readonly transport: Transport;
  readonly argv: string[][];
  readonly stdin: string[];
  say(text: string): void;
  end(result: Partial<ExecResult>): void;
  readonly wasStopped: () => boolean;
}

/** A node on which the program prints what the test says, until it is stopped. */
function fakeProgram(records?: Partial<ExecResult>): FakeProgram {
  const argv: string[][] = [];
  const stdin: string[] = [];
  let options: ExecOptions | undefined;
  let end: (result: Partial<ExecResult>) => void = () => undefined;
  const exec = (words: readonly string[], given: ExecOptions) =>
    new Promise<ExecResult>((resolve, reject) => {
      argv.push([...words]);
      stdin.push(given.stdin ?? '');
      const answer = (result: Partial<ExecResult>) =>
        resolve({ exitCode: 0, stdout: '', stderr: '', durationMs: 0, ...result });
      if (words.includes('records') && records) return answer(records);
      options = given;
      end = answer;
      given.signal?.addEventListener('abort', () => reject(new LabError('interrupted', 'stopped')));
    });
  return {
    transport: { node: 'iscsi-disks', exec } as unknown as Transport,
    argv,
    stdin,
    say: (text) => options?.onStdout?.(text),
    end: (result) => end(result),
    wasStopped: () => options?.signal?.aborted === true,
  };
}

const sent = (sequence: number, ms: number) => `s ${sequence} ${ms * 1000} ${ms * 1000}\n`;
const answered = (sequence: number, ms: number, who = '') => `a ${sequence} ${ms * 1000} ${who}\n`;

describe('probeDriver', () => {
  it('starts with the first answer, and tells windows on the run’s clock', async () => {
    const clock = createMemoryClock();
    const program = fakeProgram();
    await clock.sleep(500);
    const starting = probeDriver.start(SPEC, program.transport, clock);
    program.say(sent(1, 9_000) + answered(1, 9_000));
    const probe = await starting;
    expect(probe.answersNow()).to.equal(true);
    // Lines come in pieces, and some of them late.
    await clock.sleep(400);
    program.say(sent(2, 9_020) + sent(3, 9_040).slice(0, 5));
    program.say(sent(3, 9_040).slice(5) + sent(4, 9_060) + answered(4, 9_060) + sent(5, 9_399));
    const result = await probe.stop();
    expect(program.argv[0]?.slice(0, 6)).to.deep.equal(['python3', '-', 'ping', '192.168.56.24', '--every', '20']);
    expect(program.stdin[0]).to.contain('import selectors');
    expect(result).to.deep.include({ probe: 'vip', kind: 'ping', sent: 4, answered: 2, everyMs: 20 });
    expect(result.windows.map(({ fromMs, toMs }) => [fromMs, toMs])).to.deep.equal([[510, 550]]);
    expect(result.largestGapMs).to.equal(319);
    expect(program.wasStopped()).to.equal(true);
  });

  it('starts with the first loss too, and does not answer until somebody does', async () => {
    const clock = createMemoryClock();
    const program = fakeProgram();
    const starting = probeDriver.start(SPEC, program.transport, clock);
    program.say(sent(1, 0));
    await clock.sleep(200);
    program.say(sent(2, 20) + sent(3, 200));
    const probe = await starting;
    expect(probe.answersNow()).to.equal(false);
    expect(probe.snapshot().windows.map(({ ended }) => ended)).to.deep.equal([false]);
    program.say(sent(4, 220) + answered(4, 221));
    expect(probe.answersNow()).to.equal(true);
    expect(probe.snapshot().windows.map(({ ended }) => ended)).to.deep.equal([true]);
    await probe.stop();
  });

  it('asks a port and a path where the kind has them', async () => {
    const program = fakeProgram();
    const spec: ProbeSpec = { ...SPEC, kind: 'http', port: 8080, path: '/health' };
    const starting = probeDriver.start(spec, program.transport, createMemoryClock());
    program.say(sent(1, 0) + answered(1, 1, 'ha-host1'));
    const probe = await starting;
    expect(program.argv[0]?.slice(-4)).to.deep.equal(['--port', '8080', '--path', '/health']);
    expect((await probe.stop()).answeredBy?.map(({ who }) => who)).to.deep.equal(['ha-host1']);
    expect(probe.account).to.equal(undefined);
  });

  describe('that writes', () => {
    const spec: ProbeSpec = { ...SPEC, kind: 'writer', port: 8080 };
    const write = async (records: Partial<ExecResult>) => {
      const program = fakeProgram(records);
      const starting = probeDriver.start(spec, program.transport, createMemoryClock());
      program.say(sent(1, 0) + answered(1, 1) + sent(2, 20) + answered(2, 21));
      const probe = await starting;
      await probe.stop();
      return { program, writes: await probe.account?.(new AbortController().signal) };
    };

    it('reads its own run back', async () => {
      const { program, writes } = await write({ stdout: 'r 1\n' });
      expect(writes).to.deep.equal({ acknowledged: 2, lost: [2], doubled: [], unacknowledged: 0 });
      const runOf = (argv: readonly string[] | undefined) => argv?.[argv.indexOf('--run') + 1];
      expect(runOf(program.argv[1])).to.equal(runOf(program.argv[0]));
    });

    it('knows nothing of losses where it could not', async () => {
      const { writes } = await write({ exitCode: 1, stderr: 'the records could not be read back: refused' });
      expect(writes).to.include({ acknowledged: 2, problem: 'the records could not be read back: refused' });
    });
  });

  it('says why it could not be started', async () => {
    const program = fakeProgram();
    const starting = probeDriver.start(SPEC, program.transport, createMemoryClock());
    program.end({ exitCode: 127, stderr: 'python3: command not found' });
    const failure = await starting.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).to.have.property('code', 'command-failed');
    expect(String(failure)).to.contain('exit code 127: python3: command not found');
  });

  it('gives up on a program that tells nothing', async () => {
    const clock = createMemoryClock();
    const program = fakeProgram();
    const failure = await probeDriver.start(SPEC, program.transport, clock).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).to.have.property('code', 'command-timeout');
    expect(clock.monotonicMs()).to.equal(10_000);
    expect(program.wasStopped()).to.equal(true);
  });

  it('keeps what it has when the node goes away under it', async () => {
    const program = fakeProgram();
    const starting = probeDriver.start(SPEC, program.transport, createMemoryClock());
    program.say(sent(1, 0) + answered(1, 1));
    const probe = await starting;
    program.end({ exitCode: 143 });
    expect((await probe.stop()).answered).to.equal(1);
  });
});
