import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { boxOf } from '../../backends/vagrant/boxes.js';
import { providerHere, vagrant } from '../../backends/vagrant/index.js';
import { ownBoxOf, vagrantOptionsOf } from '../../backends/vagrant/options.js';
import { renderLab } from '../../backends/vagrant/render.js';
import { shownPath } from '../../config/files.js';
import { LabError, messageOf } from '../../model/errors.js';
import { EXIT } from '../../model/verdict.js';
import { type LabFlags, labFromFlags, wantedInstance } from '../lab-session.js';
import { output } from '../output.js';
import type { Settings } from '../settings.js';
import { backendHost } from '../wire.js';

/** The name that the archive of packages has beside the Vagrantfile. */
const ARCHIVE = 'packages.tar';

export interface VagrantfileFlags extends LabFlags {
  readonly out?: string;
  readonly force?: boolean;
}

/** Writes a lab as files for Vagrant alone; nothing is started, and halab is not needed afterwards. */
export function vagrantfile(settings: Settings, flags: VagrantfileFlags): number {
  const ofVagrant = { ...flags, backend: vagrant.name };
  const lab = labFromFlags(settings, ofVagrant);
  const instance = wantedInstance(settings, ofVagrant, lab);
  const { name } = instance;
  const { provider = providerHere(backendHost(settings)), box, packages } = vagrantOptionsOf(instance);
  const rendered = renderLab({ instance: name, lab, provider, box, packages: packages && ARCHIVE });
  const files: readonly NewFile[] = [
    ...rendered,
    ...(packages === undefined ? [] : [{ path: ARCHIVE, copyOf: packages, mode: 0o644 }]),
  ];
  const folder = resolve(settings.cwd, flags.out ?? name);
  const shown = shownPath(folder, settings.cwd);
  writeOwnFiles(folder, files, { force: flags.force ?? false, shown });
  const answer = {
    folder,
    files: files.map(({ path }) => path),
    provider,
    box: boxOf(lab.image, provider, ownBoxOf(instance)).name,
    image: lab.image,
  };
  if (settings.json) output.answer('vagrantfile', answer);
  else {
    output.line(`${shown}: ${lab.name} for ${provider}, ${lab.nodes.length} machines of the box ${answer.box}`);
    output.line(`  cd ${shown} && vagrant up`);
  }
  return EXIT.passed;
}

/** A file to write below a folder: its text, or the path of what it is a copy of. Paths have slashes. */
export type NewFile = { readonly path: string; readonly mode: number } & (
  | { readonly content: string }
  | { readonly copyOf: string }
);

/** Records what halab wrote, so that a file that was changed since is recognised. */
const MEMORY = '.halab.json';

interface Memory {
  /** SHA-256 of each file as we left it, by path. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Writes the files, and removes those of an earlier call that are not among them. A file that is there, differs, and is not
 * as we left it is somebody's work: without `force` nothing at all is written. Throws LabError `usage`.
 */
export function writeOwnFiles(
  folder: string,
  files: readonly NewFile[],
  { force, shown }: { readonly force: boolean; readonly shown: string },
): void {
  if (existsSync(folder) && !statSync(folder).isDirectory()) {
    throw new LabError('usage', `${shown} exists and is not a folder`, { hint: 'choose another folder with --out' });
  }
  const known = readMemory(folder);
  const contents = new Map(files.map((file) => [file.path, bytesOf(file)]));
  const foreign = [...contents].filter(([path, bytes]) => isForeign(folder, path, bytes, known)).map(([path]) => path);
  if (foreign.length > 0 && !force) throw inTheWay(shown, foreign);
  for (const { path, mode } of files) {
    const file = pathOf(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, contents.get(path) ?? '');
    chmodSync(file, mode);
  }
  removeFormer(folder, known, contents);
  const hashes = Object.fromEntries([...contents].map(([path, bytes]) => [path, hashOf(bytes)]));
  writeFileSync(join(folder, MEMORY), `${JSON.stringify({ files: hashes } satisfies Memory, undefined, 2)}\n`);
}

function bytesOf(file: NewFile): Buffer {
  if ('content' in file) return Buffer.from(file.content);
  try {
    return readFileSync(file.copyOf);
  } catch (cause) {
    throw new LabError('usage', `cannot read ${file.copyOf}: ${messageOf(cause)}`, {
      hint: 'check the path and its permissions',
      cause,
    });
  }
}

function isForeign(folder: string, path: string, wanted: Buffer, known: Memory): boolean {
  const there = readIfThere(pathOf(folder, path));
  return there !== undefined && !there.equals(wanted) && known.files[path] !== hashOf(there);
}

/** Scripts of another image, say. What was changed since is left where it is. */
function removeFormer(folder: string, known: Memory, wanted: ReadonlyMap<string, Buffer>): void {
  for (const [path, hash] of Object.entries(known.files)) {
    const file = pathOf(folder, path);
    const there = wanted.has(path) || !isBelow(path) ? undefined : readIfThere(file);
    if (there !== undefined && hashOf(there) === hash) rmSync(file);
  }
}

function readMemory(folder: string): Memory {
  const text = readIfThere(join(folder, MEMORY))?.toString();
  if (text === undefined) return { files: {} };
  try {
    const { files } = JSON.parse(text) as Partial<Memory>;
    return { files: files ?? {} };
  } catch {
    // Damaged: then nothing is known to be ours, and nothing that differs is overwritten.
    return { files: {} };
  }
}

/** Anybody may edit the record, so a path in it must not lead out of the folder. */
function isBelow(path: string): boolean {
  return !path.startsWith('/') && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

function pathOf(folder: string, path: string): string {
  return join(folder, ...path.split('/'));
}

function readIfThere(file: string): Buffer | undefined {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file) : undefined;
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function inTheWay(shown: string, foreign: readonly string[]): LabError {
  const what = foreign.length === 1 ? 'is there already and is not' : 'are there already and are not';
  return new LabError('usage', `${foreign.join(', ')} in ${shown} ${what} as halab left them; nothing was written`, {
    hint: '--out names another folder; --force writes over them',
    data: { files: foreign },
  });
}
