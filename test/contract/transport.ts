import { type AddressInfo, createServer, type Server } from 'node:net';
import { expect } from 'chai';
import { isLabError, type LabError } from '../../src/model/errors.js';
import type { ExecOptions, ExecResult, Transport } from '../../src/ports/transport.js';

/** A node to connect to, and how to treat it badly. */
export interface TransportFixture {
  connect(): Promise<Transport>;
  /** As `connect`, expecting a host key that is not the node's. */
  connectToImpostor(): Promise<Transport>;
  /** A folder that exists on the node. */
  readonly folder: string;
  /** Ends every connection as a dead node does: without a word. */
  cut(): void;
  /** Whether the node leaves new channels unanswered, as one that hangs does. */
  hang(isHanging: boolean): void;
  close(): Promise<void>;
}

const SOON_MS = 5_000;
const HOSTILE: readonly (readonly [what: string, word: string])[] = [
  ['empty', ''],
  ['blanks', '  two  blanks  '],
  ['single quotes', "it's 'quoted'"],
  ['double quotes', 'say "hello"'],
  ['backslashes', 'a\\b\\\\c\\'],
  ['newlines', 'one\ntwo\n'],
  ['tabs and carriage returns', 'one\ttwo\r'],
  ['command substitution', '$(echo no) `echo no`'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: meant for a shell
  ['variables', '$HOME ${PATH} $$'],
  ['operators', '; rm x & | > y < z && true || false'],
  ['globs', '* ? [a-z] {a,b} ~'],
  ['an option', '--help'],
  ['an assignment', 'PATH=/nowhere'],
  ['a comment', '# nothing'],
  ['history', '!!'],
  ['unicode', '集群 ✔ é 🖧'],
];

/** The promises of the Transport port, for every adapter that makes them. */
export function describeTransport(name: string, make: () => Promise<TransportFixture>): void {
  describe(`the ${name} transport`, () => {
    let fixture: TransportFixture;
    let transport: Transport;

    before(async () => {
      fixture = await make();
    });
    after(() => fixture.close());
    beforeEach(async () => {
      transport = await fixture.connect();
    });
    afterEach(async () => {
      fixture.hang(false);
      await transport.close();
    });

    const run = (argv: readonly string[], options: Partial<ExecOptions> = {}): Promise<ExecResult> =>
      transport.exec(argv, { timeoutMs: SOON_MS, ...options });
    const sh = (script: string, options: Partial<ExecOptions> = {}) => run(['sh', '-c', script], options);

    describe('exec', () => {
      for (const code of [0, 1, 42, 255]) {
        it(`resolves for exit code ${code}`, async () => {
          expect(await sh(`exit ${code}`)).to.have.property('exitCode', code);
        });
      }

      it('resolves to 128 + signal for a command that died of one', async () => {
        expect(await sh('kill -KILL $$')).to.have.property('exitCode', 137);
        expect(await sh('kill -TERM $$')).to.have.property('exitCode', 143);
      });

      it('resolves to 127 for a command that is not there', async () => {
        expect(await run(['no-such-command'])).to.have.property('exitCode', 127);
      });

      it('keeps stdout and stderr apart', async () => {
        const { stdout, stderr, durationMs } = await sh('echo out; echo err >&2');
        expect({ stdout, stderr }).to.deep.equal({ stdout: 'out\n', stderr: 'err\n' });
        expect(durationMs).to.be.within(0, SOON_MS);
      });

      it('hands stdin over whole and closes it', async () => {
        const stdin = `secret ✔\n${'x'.repeat(300_000)}`;
        expect((await run(['cat'], { stdin })).stdout).to.equal(stdin);
        expect((await run(['cat'])).stdout).to.equal('');
      });

      it('does not mind a command that leaves its stdin unread', async () => {
        expect(await run(['true'], { stdin: 'x'.repeat(300_000) })).to.have.property('exitCode', 0);
      });

      it('keeps characters whole that arrive in pieces', async () => {
        const text = '集群'.repeat(50_000);
        expect((await run(['cat'], { stdin: text })).stdout).to.equal(text);
      });

      it('shows stdout as it comes', async () => {
        const chunks: string[] = [];
        const stop = new AbortController();
        const running = sh('echo one; sleep 30', {
          signal: stop.signal,
          onStdout: (chunk) => {
            chunks.push(chunk);
            stop.abort();
          },
        });
        expect(await codeOf(running)).to.equal('interrupted');
        expect(chunks).to.deep.equal(['one\n']);
      });

      for (const [what, word] of HOSTILE) {
        it(`hands over unharmed: ${what}`, async () => {
          const { stdout } = await run(['printf', '%s|', word, 'end']);
          expect(stdout).to.equal(`${word}|end|`);
        });
      }
    });

    describe('deadlines', () => {
      it('end a command with its last words', async () => {
        const error = await failureOf(sh('echo so far; echo and this >&2; sleep 30', { timeoutMs: 500 }));
        expect(error.code).to.equal('command-timeout');
        expect(error.message)
          .to.include('so far')
          .and.include('and this')
          .and.include(transport.node)
          .and.include('500 ms');
      });

      it('end a command that has said nothing, and say so', async () => {
        const error = await failureOf(run(['sleep', '30'], { timeoutMs: 50 }));
        expect(error.message).to.include('it had printed nothing');
      });

      it('hold on a node that does not even open a channel', async () => {
        fixture.hang(true);
        expect(await codeOf(run(['true'], { timeoutMs: 100 }))).to.equal('command-timeout');
      });

      it('give their channels back', async () => {
        const late = Array.from({ length: 12 }, () => codeOf(run(['sleep', '30'], { timeoutMs: 50 })));
        expect(new Set(await Promise.all(late))).to.deep.equal(new Set(['command-timeout']));
        expect(await run(['true'])).to.have.property('exitCode', 0);
      });
    });

    describe('abort', () => {
      it('ends a running command', async () => {
        const stop = new AbortController();
        const running = sh('echo started; sleep 30', { signal: stop.signal, onStdout: () => stop.abort() });
        expect(await codeOf(running)).to.equal('interrupted');
      });

      it('before the start runs nothing', async () => {
        const path = `${fixture.folder}/must-not-be`;
        expect(await codeOf(run(['touch', path], { signal: AbortSignal.abort() }))).to.equal('interrupted');
        expect(await run(['test', '-e', path])).to.have.property('exitCode', 1);
      });

      it('ends a command that still waits for a channel', async () => {
        const stop = new AbortController();
        const holders = Array.from({ length: 30 }, () => new AbortController());
        const holding = holders.map(({ signal }) => codeOf(run(['sleep', '30'], { signal })));
        const waiting = codeOf(run(['true'], { signal: stop.signal }));
        stop.abort();
        expect(await waiting).to.equal('interrupted');
        for (const holder of holders) holder.abort();
        expect(new Set(await Promise.all(holding))).to.deep.equal(new Set(['interrupted']));
      });
    });

    describe('one connection', () => {
      it('carries many commands at once', async () => {
        const numbers = Array.from({ length: 60 }, (_, index) => String(index));
        const results = await Promise.all(numbers.map((number) => sh(`sleep 0.02; echo ${number}`)));
        expect(results.map(({ stdout }) => stdout.trim())).to.deep.equal(numbers);
      });

      it('never loses the exit code of a fast command', async () => {
        const codes = await Promise.all(Array.from({ length: 200 }, async () => (await run(['true'])).exitCode));
        expect(codes).to.deep.equal(Array(200).fill(0));
      }).timeout(30_000);

      it('that is lost fails what runs and what comes after with node-unreachable', async () => {
        const running = sh('echo started; sleep 30', { onStdout: () => fixture.cut() });
        const waiting = Array.from({ length: 20 }, () => codeOf(run(['sleep', '30'])));
        const error = await failureOf(running);
        expect(error.code).to.equal('node-unreachable');
        expect(error.message).to.include(transport.node);
        expect(error.hint).to.match(/halab/);
        expect(new Set(await Promise.all(waiting))).to.deep.equal(new Set(['node-unreachable']));
        expect(await codeOf(run(['true']))).to.equal('node-unreachable');
        expect(await codeOf(transport.download('/etc/hostname'))).to.equal('node-unreachable');
      });

      it('may be closed twice, and after it was lost', async () => {
        await transport.close();
        await transport.close();
        expect(await codeOf(run(['true']))).to.equal('node-unreachable');
      });
    });

    describe('files', () => {
      it('come back byte for byte', async () => {
        const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7919) % 256));
        await transport.upload(bytes, `${fixture.folder}/bytes`);
        expect((await transport.download(`${fixture.folder}/bytes`)).equals(bytes)).to.equal(true);
      });

      it('may be empty', async () => {
        await transport.upload('', `${fixture.folder}/empty`);
        expect(await transport.download(`${fixture.folder}/empty`)).to.have.length(0);
      });

      it('are cut to what was uploaded last, with the mode asked for', async () => {
        await transport.upload('a longer text', `${fixture.folder}/mode`, 0o600);
        await transport.upload('short', `${fixture.folder}/mode`, 0o600);
        expect((await transport.download(`${fixture.folder}/mode`)).toString()).to.equal('short');
        expect((await run(['stat', '-c', '%a', `${fixture.folder}/mode`])).stdout).to.equal('600\n');
      });

      it('that are not there are named', async () => {
        const error = await failureOf(transport.download(`${fixture.folder}/nothing`));
        expect(error.code).to.equal('command-failed');
        expect(error.message).to.include(`${fixture.folder}/nothing`).and.include(transport.node);
      });
    });

    describe('forward', () => {
      let server: Server;
      let port: number;
      before(async () => {
        server = createServer((socket) => socket.on('data', (data) => socket.end(`heard ${data}`)));
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        ({ port } = server.address() as AddressInfo);
      });
      after(() => server.close());

      it('gives a stream to a port as the node reaches it', async () => {
        const stream = await transport.forward('127.0.0.1', port);
        stream.write('hello');
        let heard = '';
        for await (const chunk of stream) heard += chunk;
        expect(heard).to.equal('heard hello');
      });

      it('says that nobody listens', async () => {
        await new Promise((resolve) => server.close(resolve));
        expect(await codeOf(transport.forward('127.0.0.1', port))).to.equal('node-unreachable');
      });
    });

    it('is not opened to a node with another host key', async () => {
      const error = await failureOf(fixture.connectToImpostor());
      expect(error.code).to.equal('node-unreachable');
      expect(error.message).to.match(/host (?:key|denied)|verif/i);
    });
  });
}

async function failureOf(work: Promise<unknown>): Promise<LabError> {
  try {
    await work;
  } catch (error) {
    if (isLabError(error)) return error;
    throw error;
  }
  return expect.fail('it did not fail');
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return (await failureOf(work)).code;
}
