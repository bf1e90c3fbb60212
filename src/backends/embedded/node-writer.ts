import { chmodSync, lchownSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ID_BASE } from './names.js';

export interface NodeFile {
  readonly path: string;
  readonly content: string;
  readonly mode: number;
}

export type NodeWriter = ReturnType<typeof createWriter>;

/** Folders of the upper hide the mode and owner of those below, so they are made as the image has them. */
const FOLDER_MODES: Readonly<Record<string, number>> = { root: 0o700, 'root/.ssh': 0o700 };

/** Writes below the upper of a node's overlay, owned by the node's root. */
export function createWriter(upper: string) {
  const folder = (path: string): void => {
    if (path === '.') return;
    folder(dirname(path));
    mkdirSync(join(upper, path), { recursive: true });
    chmodSync(join(upper, path), FOLDER_MODES[path] ?? 0o755);
    lchownSync(join(upper, path), ID_BASE, ID_BASE);
  };
  const put = (path: string, write: (file: string) => void): void => {
    folder(dirname(path));
    write(join(upper, path));
    lchownSync(join(upper, path), ID_BASE, ID_BASE);
  };
  return {
    file: ({ path, content, mode }: NodeFile) => put(path, (file) => writeFileSync(file, content, { mode })),
    sparse: (path: string, sizeMiB: number) =>
      put(path, (file) => {
        writeFileSync(file, '', { mode: 0o600 });
        truncateSync(file, sizeMiB * 1024 ** 2);
      }),
    link: (path: string, target: string) => put(path, (file) => symlinkSync(target, file)),
  };
}
