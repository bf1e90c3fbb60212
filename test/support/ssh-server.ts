import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2, { type AuthContext, type Connection, type ServerChannel, type Session } from 'ssh2';
import { generateKeyPair } from '../../src/transports/keys.js';
import { serveFiles } from './ssh-server-files.js';

/** A real ssh server in this process, behind a unix socket in a folder of its own. */
export interface SshServer {
  readonly folder: string;
  readonly privateKey: string;
  readonly hostKey: string;
  dial(): Socket;
  /** Most sessions that were open at the same time on one connection. */
  mostSessions(): number;
  /** Drops every connection as a dead node does: without a word. */
  cut(): void;
  /** While closed, sessions that are asked for are neither opened nor refused. */
  mute(isMute: boolean): void;
  close(): Promise<void>;
}

/** As sshd's MaxSessions: the one too many is refused. */
const MAX_SESSIONS = 10;

export async function startSshServer(): Promise<SshServer> {
  const folder = mkdtempSync(join(tmpdir(), 'halab-ssh-'));
  const [user, host] = [generateKeyPair('user'), generateKeyPair('host')];
  const state = { isMute: false, most: 0 };
  const sockets = new Set<Socket>();
  const server = new ssh2.Server({ hostKeys: [host.privateKey] }, (client) => serve(client, user.publicKey, state));
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    server.injectSocket(socket);
  });
  const path = join(folder, 'ssh.sock');
  await new Promise<void>((resolve) => listener.listen(path, resolve));
  return {
    folder,
    privateKey: user.privateKey,
    hostKey: host.publicKey,
    dial: () => dial(path),
    mostSessions: () => state.most,
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    mute: (isMute) => {
      state.isMute = isMute;
    },
    close: () => end(listener, sockets, folder),
  };
}

async function end(listener: Server, sockets: ReadonlySet<Socket>, folder: string): Promise<void> {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => listener.close(resolve));
  rmSync(folder, { recursive: true });
}

function serve(client: Connection, publicKey: string, state: { isMute: boolean; most: number }): void {
  let open = 0;
  client.on('error', () => client.end());
  client.on('authentication', (context) => (isOurs(context, publicKey) ? context.accept() : context.reject()));
  client.on('session', (accept, reject) => {
    if (state.isMute) return;
    if (open >= MAX_SESSIONS) return void reject();
    open += 1;
    state.most = Math.max(state.most, open);
    const session = accept();
    session.on('close', () => {
      open -= 1;
    });
    serveSession(session);
  });
  client.on('tcpip', (accept, reject, { destIP, destPort }) => {
    const socket = dial(destPort, destIP);
    socket.once('error', () => reject());
    socket.once('connect', () => {
      socket.removeAllListeners('error').on('error', () => socket.destroy());
      const channel = accept();
      channel.pipe(socket).pipe(channel);
      channel.on('close', () => socket.destroy());
    });
  });
}

function isOurs(context: AuthContext, publicKey: string): boolean {
  const key = ssh2.utils.parseKey(publicKey);
  if (context.method !== 'publickey' || key instanceof Error) return false;
  if (!context.key.data.equals(key.getPublicSSH())) return false;
  return !context.signature || key.verify(context.blob ?? '', context.signature, context.hashAlgo) === true;
}

function serveSession(session: Session): void {
  session.on('exec', (accept, _reject, { command }) => runCommand(accept(), command));
  session.on('sftp', (accept) => serveFiles(accept()));
}

/**
 * The command as sshd runs it: one line for the user's shell, which is bash on every node, ended with its channel. This
 * machine's own `.bashrc` is none of ours.
 */
function runCommand(channel: ServerChannel, command: string): void {
  const child = spawn('bash', ['--norc', '-c', command], { detached: true, stdio: 'pipe' });
  child.stdin.on('error', () => child.stdin.destroy());
  channel.pipe(child.stdin);
  child.stdout.pipe(channel, { end: false });
  child.stderr.pipe(channel.stderr, { end: false });
  child.on('close', (code, signal) => {
    if (signal) channel.exit(signal.replace('SIG', ''));
    else channel.exit(code ?? 0);
    channel.end();
  });
  channel.on('close', () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL');
  });
}
