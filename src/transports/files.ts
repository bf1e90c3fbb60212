import type { SFTPWrapper } from 'ssh2';
import { LabError, messageOf } from '../model/errors.js';
import { type Connection, open } from './connection.js';

export async function upload(state: Connection, content: string | Buffer, path: string, mode = 0o644): Promise<void> {
  const sftp = await open<SFTPWrapper>(state, (done) => state.client.sftp(done));
  try {
    await new Promise<void>((resolve, reject) => {
      sftp.writeFile(path, content, { mode }, (error) => (error ? reject(fileFailed(state, path, error)) : resolve()));
    });
  } finally {
    sftp.end();
  }
}

export async function download(state: Connection, path: string): Promise<Buffer> {
  const sftp = await open<SFTPWrapper>(state, (done) => state.client.sftp(done));
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      sftp.readFile(path, (error, data) => (error ? reject(fileFailed(state, path, error)) : resolve(data)));
    });
  } finally {
    sftp.end();
  }
}

function fileFailed(state: Connection, path: string, error: unknown): LabError {
  return new LabError('command-failed', `${path} on ${state.node}: ${messageOf(error)}`, { data: { node: state.node, path }, cause: error });
}
