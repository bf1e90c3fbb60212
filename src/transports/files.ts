import type { SFTPWrapper } from 'ssh2';
import { LabError, messageOf } from '../model/errors.js';
import { type Connection, open } from './connection.js';

export function upload(state: Connection, content: string | Buffer, path: string, mode = 0o644): Promise<void> {
  return withSftp(state, path, (sftp, done) =>
    sftp.writeFile(path, content, { mode }, (error) => done(error ?? undefined)),
  );
}

export async function download(state: Connection, path: string): Promise<Buffer> {
  let content: Buffer = Buffer.alloc(0);
  await withSftp(state, path, (sftp, done) =>
    sftp.readFile(path, (error, data) => {
      if (!error) content = data;
      done(error ?? undefined);
    }),
  );
  return content;
}

function withSftp(
  state: Connection,
  path: string,
  work: (sftp: SFTPWrapper, done: (error: Error | undefined) => void) => void,
): Promise<void> {
  return open<SFTPWrapper, void>(
    state,
    (done) => state.client.sftp(done),
    (sftp) =>
      new Promise<void>((resolve, reject) => {
        work(sftp, (error) => {
          sftp.end();
          if (error) reject(fileFailed(state, path, error));
          else resolve();
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
