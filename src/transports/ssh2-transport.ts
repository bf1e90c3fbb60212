import { createConnection } from 'node:net';
import type { Duplex } from 'node:stream';
import { Client, type ClientChannel, type ConnectConfig, type SFTPWrapper } from 'ssh2';
import { LabError, messageOf } from '../model/errors.js';
import type { SshLogin } from '../ports/backend-module.js';
import type { Transport } from '../ports/transport.js';
import { type Connection, createSlots, open, unreachable } from './connection.js';
import { exec, shell } from './exec.js';

interface Ssh2Options extends Omit<SshLogin, 'endpoint'> {
  /** A fresh stream to the node's sshd, or host and port. */
  readonly endpoint: { readonly sock: Duplex } | { readonly host: string; readonly port: number };
  /** A clock that never steps back, for how long commands took. */
  readonly nowMs: () => number;
}

const HOST_KEY_TYPE = 'ssh-ed25519';
/** sshd allows ten sessions a connection unless told otherwise; two are left for shells and forwards. */
const CHANNELS_AT_ONCE = 8;
const KEEPALIVE_MS = 2_000;
const KEEPALIVES_MISSED = 4;
/** How long an orderly goodbye may take before the stream is simply dropped. */
const GOODBYE_MS = 2_000;

/** Connects and checks the node's key where it is known. Throws LabError `node-unreachable`. */
export async function connectSsh2(options: Ssh2Options): Promise<Transport> {
  const client = new Client();
  const stream = streamTo(options.endpoint);
  // Every open channel listens for the end of the connection.
  client.setMaxListeners(0);
  const state: Connection = {
    node: options.node,
    client,
    lost: undefined,
    channels: createSlots(CHANNELS_AT_ONCE),
    nowMs: options.nowMs,
  };
  let shown = '';
  const onShown = (key: string) => {
    shown = key;
  };
  await new Promise<void>((resolve, reject) => {
    client.once('ready', resolve);
    client.on('error', (error) => {
      state.lost ??= unreachable(options.node, messageOf(error), error);
      reject(state.lost);
    });
    client.on('close', () => {
      state.lost ??= unreachable(options.node, 'the connection was closed');
      reject(state.lost);
    });
    client.connect({ ...configOf(options, onShown), sock: stream });
  });
  options.onHostKey?.(`${HOST_KEY_TYPE} ${shown}`);
  return {
    node: options.node,
    exec: (argv, execOptions) => exec(state, argv, execOptions),
    upload: (content, path, mode) => upload(state, content, path, mode),
    download: (path) => download(state, path),
    shell: (shellOptions) => shell(state, shellOptions),
    forward: (host, port) => forward(state, host, port),
    close: () => close(state, stream),
  };
}

function configOf(options: Ssh2Options, onShown: (key: string) => void): ConnectConfig {
  const pinned = options.hostKey?.split(/\s+/)[1];
  return {
    username: options.username,
    privateKey: options.privateKey,
    readyTimeout: options.timeoutMs,
    keepaliveInterval: KEEPALIVE_MS,
    keepaliveCountMax: KEEPALIVES_MISSED,
    hostVerifier: (key: Buffer) => {
      onShown(key.toString('base64'));
      return options.hostKey === undefined || key.toString('base64') === pinned;
    },
    algorithms: { serverHostKey: [HOST_KEY_TYPE] },
  };
}

function streamTo(endpoint: Ssh2Options['endpoint']): Duplex {
  return 'sock' in endpoint ? endpoint.sock : createConnection(endpoint.port, endpoint.host);
}

async function forward(state: Connection, host: string, port: number): Promise<Duplex> {
  return open<ClientChannel, Duplex>(
    state,
    (done) => state.client.forwardOut('127.0.0.1', 0, host, port, done),
    (channel) => channel,
  );
}

/** A node that is frozen acknowledges nothing. `client.destroy` does nothing once `end` was called, so the stream is dropped itself. */
async function close(state: Connection, stream: Duplex): Promise<void> {
  if (state.lost) return;
  const closed = new Promise<void>((resolve) => state.client.once('close', () => resolve()));
  state.client.end();
  const patience = setTimeout(() => stream.destroy(), GOODBYE_MS);
  await closed;
  clearTimeout(patience);
}

function upload(state: Connection, content: string | Buffer, path: string, mode = 0o644): Promise<void> {
  return withSftp(state, path, (sftp, done) => sftp.writeFile(path, content, { mode }, done));
}

function download(state: Connection, path: string): Promise<Buffer> {
  return withSftp<Buffer>(state, path, (sftp, done) => sftp.readFile(path, done));
}

function withSftp<T>(
  state: Connection,
  path: string,
  work: (sftp: SFTPWrapper, done: (error: Error | null | undefined, value?: T) => void) => void,
): Promise<T> {
  return open<SFTPWrapper, T>(
    state,
    (done) => state.client.sftp(done),
    (sftp) =>
      new Promise<T>((resolve, reject) => {
        work(sftp, (error, value) => {
          sftp.end();
          if (error) reject(fileFailed(state, path, error));
          else resolve(value as T);
        });
      }),
  );
}

function fileFailed(state: Connection, path: string, error: unknown): LabError {
  return new LabError('command-failed', `${path} on ${state.node}: ${messageOf(error)}`, {
    data: { node: state.node, path },
    cause: error,
  });
}
