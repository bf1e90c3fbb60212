import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { COPY_TEST_MS, type CopyOfHalab, copyOfHalab, TOP } from '../../support/copy-of-halab.js';

/** The kind that docs/extending.md shows, which halab does not have. */
const TOY = /^```ts toy-fault\n([\s\S]*?)^```/m.exec(readFileSync(join(TOP, 'docs/extending.md'), 'utf8'))?.[1] ?? '';
const NEEDED = ['src', 'tools', 'schemas', 'docs', 'labs', 'test', 'node-programs'];

/** A copy of halab with one file more and, in the table, one line more. */
describe('a new kind of fault', function () {
  this.timeout(COPY_TEST_MS);
  let copy: CopyOfHalab;

  before(() => {
    copy = copyOfHalab(NEEDED);
    writeFileSync(copy.path('src/faults/jam.ts'), TOY);
    const table = copy.path('src/faults/index.ts');
    const text = readFileSync(table, 'utf8').replace('const KINDS = [', 'const KINDS = [\n  jam,');
    writeFileSync(table, `import { jam } from './jam.js';\n${text}`);
  });
  after(() => copy?.remove());

  it('is one file and one line: the compiler asks for nothing else', () => {
    expect(copy.compile('tsconfig.json')).to.equal('');
  });

  it('does not compile without what everything else asks of it', () => {
    const members = ['effect', 'needs', 'describe', 'walk', 'undo', 'isActive'];
    for (const member of members) {
      // From the member to the next one.
      const text = TOY.replace(new RegExp(`^ {2}${member}:[^]*?\\n(?= {2}\\S| *\\}\\);)(?! {2}\\})`, 'm'), '');
      writeFileSync(copy.path(`src/faults/jam-without-${member}.ts`), text);
    }
    const files = members.map((member) => `src/faults/jam-without-${member}.ts`);
    writeFileSync(copy.path('tsconfig.toys.json'), JSON.stringify({ extends: './tsconfig.json', include: [], files }));
    const errors = copy.compile('tsconfig.toys.json');
    for (const file of files) rmSync(copy.path(file));
    for (const member of members) expect(errors).to.include(`Property '${member}' is missing`);
  });

  it('has a row in the table of docs/faults.md', () => {
    copy.run('tools/faults.ts');
    const rowsOf = (page: string) => readFileSync(page, 'utf8').split('\n');
    const before = rowsOf(join(TOP, 'docs/faults.md'));
    expect(rowsOf(copy.path('docs/faults.md')).filter((line) => !before.includes(line))).to.deep.equal([
      '| [`jam`](#jam) | nothing | `resource`, `jars` |',
    ]);
  });

  it('can be written in a file, given by flags, drawn by a walk and explained by an audit', () => {
    copy.run('tools/schemas.ts');
    const { file, flags, schema, walk, audit } = JSON.parse(copy.run('test/unit/faults/support/jam-run.ts'));
    const jam = { kind: 'jam', resource: 'vip', jars: 3 };
    expect(file.action).to.deep.equal({ kind: 'fault', fault: { ...jam, node: { kind: 'dc', was: false } } });
    expect(file.text).to.equal('fault jam 3 of vip on {dc}');
    expect(file.problems).to.have.length(2);
    expect(flags).to.deep.equal([{ ...jam, node: 'ha-host1' }, 'jam needs --jars']);
    expect(readFileSync(copy.path('schemas/scenario.schema.json'), 'utf8')).to.include('"jars"');
    expect(schema[0]).to.deep.equal([]);
    expect(schema[1]).to.include('/fault/jars must be <= 9');
    expect(walk.filter((each: { kind?: string }) => each.kind === 'jam')).to.have.length(4);
    expect(audit.unexplained).to.equal('failed');
    expect(audit.explained.noFailures).to.equal('passed');
    expect(audit.explained.commands).to.include.members([
      'ha-host1: touch /run/halab-jam',
      'ha-host1: rm -f /run/halab-jam',
    ]);
  });
});
