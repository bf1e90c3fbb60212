import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

interface DebOptions {
  readonly version: string;
  readonly needs?: string;
  /** Path on a node to content. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Builds a package in the folder. */
export function makeDeb(folder: string, name: string, { version, needs, files = {} }: DebOptions): void {
  const fields = {
    Package: name,
    Version: version,
    Architecture: 'all',
    Maintainer: 'none <none@example.org>',
    Description: name,
  };
  const control = Object.entries({ ...fields, ...(needs === undefined ? {} : { Depends: needs }) });
  inTree((tree) => {
    writeAll(tree, { ...files, 'DEBIAN/control': `${control.map((field) => field.join(': ')).join('\n')}\n` });
    build(tree, folder);
  });
}

/** The package in the file with another version, and with other contents of some of its files. */
export function repack(
  file: string,
  folder: string,
  version: string,
  change: Readonly<Record<string, (content: string) => string>>,
): void {
  inTree((tree) => {
    execFileSync('dpkg-deb', ['--raw-extract', file, tree]);
    const all = {
      ...change,
      'DEBIAN/control': (text: string) => text.replace(/^Version: .*$/m, `Version: ${version}`),
    };
    writeAll(
      tree,
      Object.fromEntries(
        Object.entries(all).map(([path, edit]) => [path, edit(readFileSync(join(tree, path), 'utf8'))]),
      ),
    );
    build(tree, folder);
  });
}

function inTree(work: (tree: string) => void): void {
  const tree = mkdtempSync(join(tmpdir(), 'halab-deb-'));
  try {
    work(tree);
  } finally {
    rmSync(tree, { recursive: true });
  }
}

function writeAll(tree: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), content);
  }
}

function build(tree: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  execFileSync('dpkg-deb', ['--root-owner-group', '-Znone', '--build', tree, folder], { stdio: 'pipe' });
}
