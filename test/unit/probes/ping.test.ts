import { expect } from 'chai';
import { LabError } from '../../../src/model/errors.js';
import type { ExecOptions, ExecResult, Transport } from '../../../src/ports/transport.js';
import { pingProbe } from '../../../src/probes/ping.js';
import { createMemoryClock } from '../../support/memory-clock.js';

const SPEC = { id: 'vip', target: '192.168.56.24', everyMs: 20 };

interface FakePing {
  readonly transport: Transport;
  readonly argv: string[][];
  say(text: string): void;
  end(result: Partial<ExecResult>): void;
  readonly wasStopped: () => boolean;
}

/** A node on which ping prints what the test says, until it is stopped. */
function fakePing(): FakePing {
  const argv: string[][] = [];
  let options: ExecOptions | undefined;
  let end: (result: Partial<ExecResult>) => void = () => undefined;
  const exec = (words: readonly string[], given: ExecOptions) =>
    new Promise<ExecResult>((resolve, reject) => {
      argv.push([...words]);
      options = given;
      end = (result) => resolve({ exitCode: 0, stdout: '', stderr: '', durationMs: 0, ...result });
      given.signal?.addEventListener('abort', () => reject(new LabError('interrupted', 'stopped')));
    });
  return {
    transport: { node: 'iscsi-disks', exec } as unknown as Transport,
    argv,
    say: (text) => options?.onStdout?.(text),
    end: (result) => end(result),
    wasStopped: () => options?.signal?.aborted === true,
  };
}

const stamped = (ms: number, text: string) => `[${(1_790_000_000 + ms / 1000).toFixed(6)}] ${text}\n`;
const answered = (ms: number, sequence: number) =>
  stamped(ms, `64 bytes from 192.168.56.24: icmp_seq=${sequence} ttl=64 time=0.000 ms`);
const lost = (ms: number, sequence: number) => stamped(ms, `no answer yet for icmp_seq=${sequence}`);

describe('pingProbe', () => {
  it('starts with the first answer, and tells windows on the run’s clock', async () => {
    const clock = createMemoryClock();
    const ping = fakePing();
    await clock.sleep(500);
    const starting = pingProbe.start(SPEC, ping.transport, clock);
    ping.say('PING 192.168.56.24 (192.168.56.24) 56(84) bytes of data.\n');
    ping.say(answered(0, 1));
    const probe = await starting;
    // Lines come in pieces, and some of them late.
    await clock.sleep(100);
    ping.say(lost(40, 2) + lost(60, 3).slice(0, 9));
    ping.say(`${lost(60, 3).slice(9)}${answered(80, 4)}`);
    const result = await probe.stop();
    expect(ping.argv).to.deep.equal([['ping', '-n', '-D', '-O', '-i', '0.02', '192.168.56.24']]);
    expect(result).to.deep.include({ probe: 'vip', sent: 4, answered: 2, everyMs: 20 });
    expect(result.windows.map(({ fromMs, toMs }) => [Math.round(fromMs), Math.round(toMs)])).to.deep.equal([
      [520, 580],
    ]);
    expect(ping.wasStopped()).to.equal(true);
  });

  it('starts with the first loss too, and sees the window open until the answer', async () => {
    const clock = createMemoryClock();
    const ping = fakePing();
    const starting = pingProbe.start(SPEC, ping.transport, clock);
    ping.say(lost(20, 1));
    const probe = await starting;
    ping.say(lost(40, 2));
    expect(probe.snapshot().windows.map(({ ended }) => ended)).to.deep.equal([false]);
    ping.say(answered(60, 3));
    expect(probe.snapshot().windows.map(({ ended }) => ended)).to.deep.equal([true]);
    await probe.stop();
  });

  it('owns up to not having been scheduled, at the end too', async () => {
    const clock = createMemoryClock();
    const ping = fakePing();
    const starting = pingProbe.start(SPEC, ping.transport, clock);
    ping.say(answered(0, 1));
    const probe = await starting;
    ping.say(answered(320, 2));
    expect(Math.round(probe.snapshot().largestGapMs)).to.equal(300);
    await clock.sleep(2_000);
    expect(Math.round((await probe.stop()).largestGapMs)).to.be.at.least(1_980);
  });

  it('says why ping could not be started', async () => {
    const ping = fakePing();
    const starting = pingProbe.start(SPEC, ping.transport, createMemoryClock());
    ping.end({ exitCode: 127, stderr: 'ping: command not found' });
    const failure = await starting.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).to.have.property('code', 'command-failed');
    expect(String(failure)).to.contain('exit code 127: ping: command not found');
  });

  it('gives up on a ping that prints nothing', async () => {
    const clock = createMemoryClock();
    const ping = fakePing();
    const failure = await pingProbe.start(SPEC, ping.transport, clock).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).to.have.property('code', 'command-timeout');
    expect(clock.monotonicMs()).to.equal(10_000);
    expect(ping.wasStopped()).to.equal(true);
  });

  it('keeps what it has when the node goes away under it', async () => {
    const ping = fakePing();
    const starting = pingProbe.start(SPEC, ping.transport, createMemoryClock());
    ping.say(answered(0, 1));
    const probe = await starting;
    ping.end({ exitCode: 143 });
    expect((await probe.stop()).answered).to.equal(1);
  });
});
