import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const TOP = fileURLToPath(new URL('../../../', import.meta.url));
const LIMIT_MS = 60_000;

/** The kind that docs/extending.md shows, which halab does not have. */
const TOY = /^```ts toy-fault\n([\s\S]*?)^```/m.exec(readFileSync(join(TOP, 'docs/extending.md'), 'utf8'))?.[1] ?? '';
const NEEDED = ['src', 'tools', 'schemas', 'docs', 'labs', 'test', 'package.json', 'tsconfig.json', 'node-programs'];

/** A copy of halab with one file more and, in the table, one line more. */
describe('a new kind of fault', function () {
  this.timeout(2 * LIMIT_MS);
  let folder = '';

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'halab-toy-fault-'));
    for (const name of NEEDED) cpSync(join(TOP, name), join(folder, name), { recursive: true });
    symlinkSync(join(TOP, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'src/faults/jam.ts'), TOY);
    const table = join(folder, 'src/faults/index.ts');
    const text = readFileSync(table, 'utf8').replace('const KINDS = [', 'const KINDS = [\n  jam,');
    writeFileSync(table, `import { jam } from './jam.js';\n${text}`);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is one file and one line: the compiler asks for nothing else', () => {
    expect(compile('tsconfig.json')).to.equal('');
  });

  it('does not compile without what everything else asks of it', () => {
    const members = ['effect', 'needs', 'describe', 'walk', 'undo', 'isActive'];
    for (const member of members) {
      // From the member to the next one.
      const text = TOY.replace(new RegExp(`^ {2}${member}:[^]*?\\n(?= {2}\\S| *\\}\\);)(?! {2}\\})`, 'm'), '');
      writeFileSync(join(folder, `src/faults/jam-without-${member}.ts`), text);
    }
    const files = members.map((member) => `src/faults/jam-without-${member}.ts`);
    writeFileSync(
      join(folder, 'tsconfig.toys.json'),
      JSON.stringify({ extends: './tsconfig.json', include: [], files }),
    );
    const errors = compile('tsconfig.toys.json');
    for (const file of files) rmSync(join(folder, file));
    for (const member of members) expect(errors).to.include(`Property '${member}' is missing`);
  });

  it('has a row in the table of docs/faults.md', () => {
    run('tools/faults.ts');
    const read = (top: string) => readFileSync(join(top, 'docs/faults.md'), 'utf8').split('\n');
    const before = read(TOP);
    expect(read(folder).filter((line) => !before.includes(line))).to.deep.equal([
      '| [`jam`](#jam) | nothing | `resource`, `jars` |',
    ]);
  });

  it('can be written in a file, given by flags, drawn by a walk and explained by an audit', () => {
    run('tools/schemas.ts');
    const { file, flags, schema, walk, audit } = JSON.parse(run('test/unit/faults/support/jam-run.ts'));
    const jam = { kind: 'jam', resource: 'vip', jars: 3 };
    expect(file.action).to.deep.equal({ kind: 'fault', fault: { ...jam, node: { kind: 'dc', was: false } } });
    expect(file.text).to.equal('fault jam 3 of vip on {dc}');
    expect(file.problems).to.have.length(2);
    expect(flags).to.deep.equal([{ ...jam, node: 'ha-host1' }, 'jam needs --jars']);
    expect(readFileSync(join(folder, 'schemas/scenario.schema.json'), 'utf8')).to.include('"jars"');
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

  function run(program: string): string {
    const argv = ['--import', 'tsx', program];
    return execFileSync(process.execPath, argv, { cwd: folder, encoding: 'utf8', timeout: LIMIT_MS });
  }

  function compile(config: string): string {
    try {
      const argv = [join(TOP, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', config];
      execFileSync(process.execPath, argv, { cwd: folder, encoding: 'utf8', timeout: LIMIT_MS });
      return '';
    } catch (error) {
      return (error as { readonly stdout: string }).stdout;
    }
  }
});
