import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Command } from 'commander';
import { parse } from 'yaml';
import { createProgram } from '../../../src/cli/program.js';
import { TOP } from '../../support/halab.js';

const FOLDER = join(TOP, 'docs/nightly');
const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8');
const program = createProgram(() => undefined);

/** The words of every call of halab in a file. */
function callsIn(text: string): readonly (readonly string[])[] {
  return [...text.matchAll(/npx halab ([^\n]*)/g)].map(([, words = '']) => words.trim().split(/\s+/));
}

/** `nightly run` has a command of its own below `nightly`. */
function commandOf(words: readonly string[], within: Command = program): Command {
  const [name, ...others] = words;
  const found = within.commands.find((command) => command.name() === name);
  if (found === undefined) return within;
  return found.commands.length > 0 ? commandOf(others, found) : found;
}

describe('the files in docs/nightly', () => {
  for (const file of readdirSync(FOLDER))
    it(`${file} calls commands that there are, with flags that they have`, () => {
      const calls = callsIn(read(file));
      if (!file.endsWith('.timer')) expect(calls).to.have.length.above(0);
      for (const words of calls) {
        const command = commandOf(words);
        expect(command, words.join(' ')).to.not.equal(program);
        const flags = command.options.map(({ long }) => long);
        for (const word of words.filter((each) => each.startsWith('--')))
          expect(flags, words.join(' ')).to.include(word);
      }
    });

  it('cut the plan into as many parts as are run and merged', () => {
    const github = parse(read('github.yaml'));
    const parts: readonly number[] = github.jobs.part.strategy.matrix.part;
    expect(read('github.yaml')).to.include(`--shards ${parts.length}`).and.to.include(`}}/${parts.length} `);
    for (const { steps } of Object.values(github.jobs) as { steps: { uses?: string; run?: string }[] }[])
      for (const { uses, run } of steps) expect([uses, run].filter((each) => each !== undefined)).to.have.length(1);
    const gitlab = parse(read('gitlab-ci.yaml'));
    expect(gitlab.plan.script[0]).to.include(`--shards ${gitlab.night.parallel}`);
    const folders = Array.from({ length: gitlab.night.parallel }, (_, index) => `reports-${index + 1}`);
    expect(gitlab.report.script[0]).to.include(`merge ${folders.join(' ')} `);
    expect(gitlab.stages).to.deep.equal(['plan', 'night', 'report']);
  });

  it('have a timer for the service of its name', () => {
    expect(read('halab-nightly.timer')).to.match(/^OnCalendar=/m);
    expect(read('halab-nightly.service')).to.match(/^ExecStart=.* --resume /m);
  });
});
