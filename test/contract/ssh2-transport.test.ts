import { connect, createServer, type Socket } from 'node:net';
import { expect } from 'chai';
import { generateKeyPair } from '../../src/transports/keys.js';
import { connectSsh2 } from '../../src/transports/ssh2-transport.js';
import { startSshServer } from '../support/ssh-server.js';
import { describeTransport } from './transport.js';

const TIMEOUT_MS = 5_000;

function optionsFor(server: Awaited<ReturnType<typeof startSshServer>>, hostKey = server.hostKey) {
  return {
    node: 'ha-host1',
    username: 'root',
    privateKey: server.privateKey,
    hostKey,
    timeoutMs: TIMEOUT_MS,
    nowMs: () => performance.now(),
    endpoint: { sock: server.dial() },
  };
}

describeTransport('ssh2', async () => {
  const server = await startSshServer();
  return {
    folder: server.folder,
    connect: () => connectSsh2(optionsFor(server)),
    connectToImpostor: () => connectSsh2(optionsFor(server, generateKeyPair('other').publicKey)),
    cut: server.cut,
    hang: server.mute,
    close: server.close,
  };
});

describe('the ssh2 transport and sshd', () => {
  let server: Awaited<ReturnType<typeof startSshServer>>;
  before(async () => {
    server = await startSshServer();
  });
  after(() => server.close());

  it('stays below the sessions that sshd allows on one connection', async () => {
    const transport = await connectSsh2(optionsFor(server));
    await Promise.all(Array.from({ length: 40 }, () => transport.exec(['sleep', '0.05'], { timeoutMs: TIMEOUT_MS })));
    expect(server.mostSessions()).to.be.within(2, 8);
    await transport.close();
  });

  it('learns the key of a server that nobody knows yet, and only then takes any', async () => {
    const learnt: string[] = [];
    const unknown = { ...optionsFor(server), hostKey: undefined, onHostKey: (key: string) => learnt.push(key) };
    await (await connectSsh2(unknown)).close();
    expect(learnt).to.deep.equal([server.hostKey.split(' ').slice(0, 2).join(' ')]);
    const again = { ...optionsFor(server), hostKey: learnt[0] };
    expect(await (await connectSsh2(again)).exec(['true'], { timeoutMs: TIMEOUT_MS })).to.have.property('exitCode', 0);
    const stranger = { ...again, endpoint: { sock: server.dial() }, hostKey: generateKeyPair('other').publicKey };
    expect(await connectSsh2(stranger).catch((error: unknown) => error)).to.have.property('code', 'node-unreachable');
  });

  it('names the node and the reason where a key is refused', async () => {
    const options = { ...optionsFor(server), privateKey: generateKeyPair('stranger').privateKey };
    const failure = await connectSsh2(options).then(
      () => expect.fail('a stranger was let in'),
      (error: unknown) => error,
    );
    expect(failure).to.have.property('code', 'node-unreachable');
    expect(failure)
      .to.have.property('message')
      .that.matches(/^ha-host1 cannot be reached: .*auth/i);
  });

  it('is closed within seconds where the node is frozen, and takes no note of the goodbye', async () => {
    const passing: Socket[] = [];
    const between = createServer({ allowHalfOpen: true }, (near) => {
      const far = server.dial();
      near.pipe(far).pipe(near);
      passing.push(near, far);
    });
    const path = `${server.folder}/frozen.sock`;
    await new Promise<void>((resolve) => between.listen(path, resolve));
    const transport = await connectSsh2({ ...optionsFor(server), endpoint: { sock: connect(path) } });
    for (const socket of passing) socket.unpipe().pause();
    const startedMs = performance.now();
    await transport.close();
    expect(performance.now() - startedMs).to.be.below(4_000);
    for (const socket of passing) socket.destroy();
    await new Promise((resolve) => between.close(resolve));
  }).timeout(10_000);

  it('gives up on a server that never says hello', async () => {
    const silent = createServer((socket) => socket.resume());
    const path = `${server.folder}/silent.sock`;
    await new Promise<void>((resolve) => silent.listen(path, resolve));
    const options = { ...optionsFor(server), timeoutMs: 100, endpoint: { sock: connect(path) } };
    const failure = await connectSsh2(options).then(
      () => expect.fail('nobody was there'),
      (error: unknown) => error,
    );
    expect(failure).to.have.property('code', 'node-unreachable');
    await new Promise((resolve) => silent.close(resolve));
  });
});
