import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import ssh2, { type SFTPWrapper } from 'ssh2';

const { OPEN_MODE, STATUS_CODE, flagsToString } = ssh2.utils.sftp;

/** What reading and writing whole files takes, on this machine's own files. */
export function serveFiles(sftp: SFTPWrapper): void {
  const handleOf = (fd: number) => Buffer.from(String(fd));
  const fdOf = (handle: Buffer) => Number(handle.toString());
  const trying = (id: number, work: () => void) => {
    try {
      work();
    } catch (error) {
      const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      sftp.status(id, missing ? STATUS_CODE.NO_SUCH_FILE : STATUS_CODE.FAILURE, (error as Error).message);
    }
  };
  sftp.on('OPEN', (id, path, flags, { mode }) =>
    trying(id, () => sftp.handle(id, handleOf(openSync(path, flagsToString(flags & ~OPEN_MODE.EXCL) ?? 'r', mode)))),
  );
  sftp.on('FSTAT', (id, handle) =>
    trying(id, () => {
      const { mode, uid, gid, size, atime, mtime } = fstatSync(fdOf(handle));
      sftp.attrs(id, { mode, uid, gid, size, atime: atime.getTime() / 1000, mtime: mtime.getTime() / 1000 });
    }),
  );
  sftp.on('FSETSTAT', (id) => sftp.status(id, STATUS_CODE.OK));
  sftp.on('READ', (id, handle, offset, length) =>
    trying(id, () => {
      const buffer = Buffer.alloc(length);
      const count = readSync(fdOf(handle), buffer, 0, length, offset);
      if (count === 0) sftp.status(id, STATUS_CODE.EOF);
      else sftp.data(id, buffer.subarray(0, count));
    }),
  );
  sftp.on('WRITE', (id, handle, offset, data) =>
    trying(id, () => {
      writeSync(fdOf(handle), data, 0, data.length, offset);
      sftp.status(id, STATUS_CODE.OK);
    }),
  );
  sftp.on('CLOSE', (id, handle) =>
    trying(id, () => {
      closeSync(fdOf(handle));
      sftp.status(id, STATUS_CODE.OK);
    }),
  );
}
