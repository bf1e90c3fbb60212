import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { circlesOf, importsOf, readSources, type Sources } from './imports.js';

/** A question that a reader has, and the file where the answer begins. All but the last, a collection, take ten files at most. */
export const THOUGHTS: readonly (readonly [thought: string, file: string])[] = [
  ['read a status text', 'src/cluster/status-text.ts'],
  ['run one step', 'src/runner/execute-step.ts'],
  ['judge a node expectation', 'src/checks/node.ts'],
  ['inject a link-down', 'src/faults/link-down.ts'],
  ['read a scenario file', 'src/config/scenario.ts'],
  ['converge a vagrant lab', 'src/backends/vagrant/converge.ts'],
  ['all audits', 'src/audits/index.ts'],
];

/** The file and everything that it imports from its own module, types included: what one reads to follow it. */
export function filesToRead(file: string, sources: Sources): readonly string[] {
  const read = new Set<string>();
  const open = [file];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const text = sources.get(next);
    if (text === undefined || read.has(next)) continue;
    read.add(next);
    const targets = importsOf(next, text).flatMap(({ target }) => target ?? []);
    open.push(...targets.filter((target) => moduleOf(target) === moduleOf(file)));
  }
  return [...read];
}

/** The size of src and of each module, its import circles, and the files that each thought takes; a line each. */
export function structureOf(sources: Sources): readonly string[] {
  const files = [...sources.keys()];
  const lines = (of: readonly string[]) => of.map((file) => linesOf(sources.get(file) ?? ''));
  const lengths = lines(files).sort((a, b) => a - b);
  const longest = files.find((file) => lines([file])[0] === lengths.at(-1));
  const imports = [...sources].flatMap(([file, text]) => importsOf(file, text));
  const row = (name: string, of: readonly string[]) =>
    `${name.padEnd(26)}${String(of.length).padStart(5)} files ${String(sum(lines(of))).padStart(6)} lines`;
  return [
    row('src', files),
    `median ${lengths[Math.floor(lengths.length / 2)]} lines, longest ${lengths.at(-1)} (${longest}), ${lengths.filter((each) => each <= 20).length} files of at most 20 lines`,
    `import circles, types counted: ${circlesOf(imports).length}`,
    '',
    ...[...new Set(files.map(moduleOf))].map((name) =>
      row(
        name,
        files.filter((file) => moduleOf(file) === name),
      ),
    ),
    '',
    ...THOUGHTS.map(([thought, file]) => row(thought, filesToRead(file, sources))),
  ];
}

function moduleOf(file: string): string {
  return file.split('/')[1] ?? '';
}

function linesOf(text: string): number {
  return text.split('\n').length - 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const top = join(fileURLToPath(import.meta.url), '../..');
  process.stdout.write(`${structureOf(readSources(top, ['src'])).join('\n')}\n`);
}
