import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Command } from 'commander';
import { parse } from 'yaml';
import { createProgram } from '../../../src/cli/program.js';

const TOP = fileURLToPath(new URL('../../../', import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(TOP, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
};
const program = createProgram(() => undefined);
const page = readFileSync(join(TOP, 'docs/ci.md'), 'utf8');
const blocks = [...page.matchAll(/^```yaml workflow\n([\s\S]*?)^```/gm)].map(([, text]) => text ?? '');

interface Workflow {
  readonly name: string;
  readonly on: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly 'runs-on': string;
  readonly 'timeout-minutes': number;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

const workflows = blocks.map((text) => parse(text) as Workflow);
const jobs = workflows.flatMap(({ jobs: each }) => Object.values(each));
const lines = jobs.flatMap(({ steps }) => steps.flatMap(({ run }) => run?.trim().split('\n') ?? []));

/** Words up to where the shell takes over again. */
function wordsAfter(marker: string): readonly (readonly string[])[] {
  return lines
    .filter((line) => line.includes(marker))
    .map((line) => line.slice(line.indexOf(marker) + marker.length).split(/ (?:\|\||>|&&) /)[0] ?? '')
    .map((line) => line.trim().split(/ +/));
}

function commandNamed(name: string): Command | undefined {
  return program.commands.find((command) => command.name() === name);
}

describe('docs/ci.md', () => {
  it('has a workflow for each system, each with an end in time', () => {
    expect(jobs.map((job) => job['runs-on'])).to.deep.equal(['ubuntu-24.04', 'macos-15', 'windows-2025']);
    for (const job of jobs) expect(job['timeout-minutes']).to.be.within(1, 60);
    for (const { on } of workflows) expect(on).to.deep.equal(['push']);
  });

  it('has steps that either use an action or run something', () => {
    for (const { uses, run } of jobs.flatMap(({ steps }) => steps)) {
      expect([uses, run].filter((each) => each !== undefined)).to.have.length(1);
      if (uses !== undefined) expect(uses).to.match(/^actions\/[\w-]+@v\d+$/);
    }
  });

  it('runs npm scripts and files that are there', () => {
    for (const [script = ''] of wordsAfter('npm run ')) expect(scripts).to.have.property(script);
    for (const [file = ''] of wordsAfter('node tools/'))
      expect(existsSync(join(TOP, 'tools', file)), file).to.equal(true);
  });

  it('runs commands of halab with flags that they have', () => {
    const calls = wordsAfter('npx halab ');
    expect(calls).to.have.length.above(4);
    for (const [name = '', ...words] of calls) {
      const command = commandNamed(name);
      const flags = (command ?? expect.fail(`halab has no command ${name}`)).options.map(({ long }) => long);
      for (const flag of words.filter((word) => word.startsWith('--'))) expect(flags, name).to.include(flag);
    }
  });

  it('names scenarios that are there', () => {
    const paths = wordsAfter('npx halab run ').flatMap((words) =>
      words.filter((word) => word.startsWith('scenarios/')),
    );
    expect(paths).to.have.length.above(0);
    for (const path of paths) expect(existsSync(join(TOP, path)), path).to.equal(true);
  });
});
