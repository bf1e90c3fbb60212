import { connect as connectPlain } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { expect } from 'chai';
import { type Answer, halab, halabJson, type Running, startHalab, untilSays } from '../../support/real-lab/halab.js';
import { laneLab } from '../../support/real-lab/labs.js';
import { needsMachine } from '../../support/real-lab/machine.js';
import { onNode, saidOn } from '../../support/real-lab/on-node.js';
import { resize, startOnTerminal } from '../../support/real-lab/terminal.js';
import { until } from '../../support/real-lab/until.js';

const LAB = laneLab(import.meta.dirname);
const ON = ['--name', LAB];

describe('the management connection', function () {
  this.timeout(120_000);

  before(async function () {
    needsMachine(this);
    await halabJson(['up', ...ON]);
  });

  it('gives the exit code of the remote command and keeps its streams apart', async () => {
    const answer = await ssh('ha-host1', ['sh', '-c', 'echo out; echo err >&2; exit 7']);
    expect(answer).to.include({ exitCode: 7, stdout: 'out\n', stderr: 'err\n' });
  });

  it('passes every argument on as it is, and standard input to its end', async () => {
    const words = ['a b', `it's`, '$HOME', '', '*', '"', 'ü'];
    const answer = await ssh('ha-host1', ['printf', '<%s>\\n', ...words]);
    expect(answer.stdout).to.equal(words.map((word) => `<${word}>\n`).join(''));
    const sent = 'x'.repeat(300_000);
    expect((await ssh('ha-host2', ['wc', '-c'], sent)).stdout.trim()).to.equal('300000');
  });

  it('gives one word to the shell of the node, as ssh does', async () => {
    const line = (text: string, stdin?: string) => ssh('ha-host1', [text], stdin);
    expect((await line(`printf 'one\\ntwo\\n' | tac`)).stdout).to.equal('two\none\n');
    expect((await line(`echo "$(hostname)" '$HOME' {a,b}`)).stdout).to.equal('ha-host1 $HOME a b\n');
    expect((await line('A=1; test "$A" = 2 || exit 6')).exitCode).to.equal(6);
    expect((await line('cat >/tmp/sent; wc -c </tmp/sent', 'abc')).stdout).to.equal('3\n');
  });

  it('says that a command was killed, as a shell would', async () => {
    const answer = await ssh('ha-host1', ['sh', '-c', 'kill -KILL $$']);
    expect(answer.exitCode).to.equal(137);
  });

  it('gives a real terminal: its size, a new size, Ctrl-C to the other side', async () => {
    const shell = startOnTerminal(['ssh', 'ha-host1', ...ON], { rows: 31, columns: 101 });
    shell.stdin.write('stty size; tty\n');
    await untilSays(shell, /\b31 101\s+\/dev\/pts\/\d/);
    resize(shell, { rows: 45, columns: 133 });
    await until('the new size', async () => asksUntil(shell, 'stty size\n', /\b45 133\b/), {
      withinMs: 30_000,
      seen: () => shell.said.stdout,
    });
    shell.stdin.write(`sh -c 'trap "echo caught-$((1 + 1)); exit 5" INT; echo arm''ed; while :; do sleep 1; done'\n`);
    await untilSays(shell, /armed/);
    shell.stdin.write('\x03');
    await untilSays(shell, /caught-2/);
    shell.stdin.write('exit 9\n');
    expect((await shell.ended).exitCode).to.equal(9);
  });

  it('tells a person who logs in where this is, and has what one works with', async () => {
    const shell = startOnTerminal(['ssh', 'ha-host1', ...ON], { rows: 30, columns: 100 });
    await untilSays(shell, new RegExp(`halab · lab ${LAB} · ha-host1 · eth1 192\\.168\\.56\\.31`));
    expect(shell.said.stdout).to.include('→  pcs host auth HOST…').and.not.include('Last login');
    shell.stdin.write('pcs resource cre\t--help | head -3; echo $LANG\n');
    await untilSays(shell, /pcs resource create --help[\s\S]*Usage: pcs resource create[\s\S]*C\.UTF-8/);
    shell.stdin.write('command -v vim nano less tcpdump arping crm | wc -l; man pcs | head -1; exit\n');
    await untilSays(shell, /\b6\s+PCS\(8\)/);
    await shell.ended;
  });

  it('gives a command a terminal where a person sits at one', async () => {
    const running = startOnTerminal(['ssh', 'ha-host1', ...ON, '--', 'tty'], { rows: 24, columns: 80 });
    await untilSays(running, /\/dev\/pts\/\d/);
    expect((await running.ended).exitCode).to.equal(0);
  });

  for (const user of ['root', 'vagrant']) {
    it(`lets ${user} log in with the password over the network, and not with another`, async () => {
      const right = await loginWith(user, 'vagrant');
      expect(right.stdout.trim(), right.stderr).to.equal(`ha-host1 ${user}`);
      const wrong = await loginWith(user, 'wrong');
      expect(wrong.exitCode).to.not.equal(0);
      expect(wrong.stderr).to.include('Permission denied');
    });
  }

  it('lets vagrant become root', async () => {
    expect((await saidOn(LAB, 'ha-host1', ['su', 'vagrant', '-c', 'sudo -n id -u'])).trim()).to.equal('0');
  });

  it('forwards a local port to pcsd', async () => {
    await saidOn(LAB, 'ha-host1', ['systemctl', 'start', 'pcsd']);
    const running = startHalab(['forward', 'ha-host1:2224', ...ON, '--json']);
    const port = await portOf(running);
    let cipher = '';
    await until(
      'pcsd behind the forwarded port',
      async () => {
        cipher = await shakeHands(port);
        return true;
      },
      { withinMs: 60_000 },
    );
    expect(cipher).to.match(/^TLSv1\./);
    running.kill('SIGINT');
    expect((await running.ended).exitCode).to.be.oneOf([0, 130]);
    await expectRefused(port);
  });

  it('says so when there is nothing at the other end', async () => {
    const running = startHalab(['forward', 'no-such-host:80', ...ON, '--json']);
    const port = await portOf(running);
    expect(await bytesFrom(port)).to.equal(0);
    await until('a message about the host', () => /no-such-host:80: .*cannot be reached/.test(running.said.stderr), {
      withinMs: 30_000,
      seen: () => running.said.stderr,
    });
    running.kill('SIGINT');
    await running.ended;
  });

  it('refuses a target that is none', async () => {
    const answer = await halab(['forward', 'nonsense', ...ON]);
    expect(answer.exitCode).to.equal(2);
    expect(answer.stderr).to.include('[LOCAL:]HOST:PORT');
  });
});

/** The program itself, for it is under test here; questions go by onNode. */
function ssh(node: string, argv: readonly string[], stdin = ''): Promise<Answer> {
  return halab(['ssh', node, ...ON, '--', ...argv], { stdin });
}

async function asksUntil(shell: Running, question: string, words: RegExp): Promise<boolean> {
  shell.stdin.write(question);
  return words.test(shell.said.stdout);
}

/** From the storage node over eth1, as a student would: OpenSSH asks a program for the password where it has no terminal. */
function loginWith(user: string, password: string) {
  const options = [
    'PubkeyAuthentication=no',
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'NumberOfPasswordPrompts=1',
  ];
  const login = `ssh ${options.map((option) => `-o ${option}`).join(' ')} ${user}@ha-host1 'echo $(hostname) $(id -un)'`;
  const lines = [
    `printf '#!/bin/sh\\necho ${password}\\n' > /tmp/ask && chmod 700 /tmp/ask`,
    `SSH_ASKPASS=/tmp/ask SSH_ASKPASS_REQUIRE=force timeout 30 ${login}`,
  ];
  return onNode(LAB, 'iscsi-disks', ['sh', '-c', lines.join('\n')]);
}

async function portOf(running: Running): Promise<number> {
  await untilSays(running, /\}\s*$/);
  return Number(JSON.parse(running.said.stdout).listen.split(':')[1]);
}

function shakeHands(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket: TLSSocket = connectTls(
      { host: '127.0.0.1', port, rejectUnauthorized: false, timeout: 10_000 },
      () => {
        resolve(socket.getProtocol() ?? '');
        socket.destroy();
      },
    );
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed before the handshake was done')));
    socket.once('timeout', () => socket.destroy(new Error('no answer')));
  });
}

/** How much comes before the other side closes. */
function bytesFrom(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let count = 0;
    const socket = connectPlain({ host: '127.0.0.1', port });
    socket.on('data', (chunk) => {
      count += chunk.length;
    });
    socket.once('error', reject);
    socket.once('close', () => resolve(count));
  });
}

async function expectRefused(port: number): Promise<void> {
  const outcome = await bytesFrom(port).then(
    () => 'answered',
    (error: NodeJS.ErrnoException) => error.code,
  );
  expect(outcome).to.equal('ECONNREFUSED');
}
