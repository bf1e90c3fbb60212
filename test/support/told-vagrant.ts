import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { RenderInput } from '../../src/backends/vagrant/render/data.js';
import { renderLab } from '../../src/backends/vagrant/render.js';

const STUB = resolve(import.meta.dirname, 'vagrant-stub.rb');

interface ToldProvider {
  readonly set: Readonly<Record<string, unknown>>;
  readonly calls: readonly (readonly unknown[])[];
}

/** What a Vagrantfile told a stand-in for Vagrant. */
export interface Told extends ToldProvider {
  readonly machines: Readonly<Record<string, Told>>;
  readonly providers: Readonly<Record<string, ToldProvider>>;
  /** Programs that Ruby was made to run while it read the file. */
  readonly ran: readonly unknown[];
  readonly provider: string;
}

export function writeRendered(folder: string, input: RenderInput): string {
  for (const { path, content, mode } of renderLab(input)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content, { mode });
  }
  return join(folder, 'Vagrantfile');
}

/** Renders the lab, and has Ruby read the Vagrantfile. */
export function toldVagrant(folder: string, input: RenderInput): Told {
  const file = writeRendered(folder, input);
  return JSON.parse(execFileSync('ruby', [STUB, file], { encoding: 'utf8', cwd: folder })) as Told;
}

/** The words that a provisioning script gets, as the shell in the machine takes them apart. */
export function wordsOf(machine: Told | undefined, script: string): readonly string[] {
  const call = machine?.calls.find(([what, name]) => what === 'provision' && name === script);
  const { args } = (call?.[2] ?? {}) as { args?: unknown };
  if (typeof args !== 'string') throw new Error(`${script} is not called with a string`);
  // printf would run once without any words.
  const shown = execFileSync('sh', ['-c', `words() { for word; do printf '%s\\0' "$word"; done; }; words ${args}`], {
    encoding: 'utf8',
  });
  return shown.split('\0').slice(0, -1);
}
