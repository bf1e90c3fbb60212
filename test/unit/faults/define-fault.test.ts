import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';

const TOP = resolve(import.meta.dirname, '../../..');

const TOY = (effect: string) => `import { defineFault } from '../../src/faults/define-fault.js';
import { onNode } from '../../src/faults/params.js';

export const toy = defineFault({
  kind: 'toy',
  params: { node: onNode() },
  needs: () => [],
  ${effect}
  describe: () => '',
  walk: { never: 'It is a toy.' },
  summary: { en: 'Nothing.' },
  expectedBehaviour: { en: 'Nothing.' },
  inject: async () => undefined,
  undo: async () => undefined,
  isActive: async () => false,
});
`;
const EFFECT = `effect: () => ({
    node: 'runs',
    stopsInOrder: true,
    isBetweenNodes: false,
    connectivity: { kind: 'kept' },
    breaks: { kind: 'nothing' },
  }),`;

/** What tsc says of a module beside the source. */
function compiled(text: string): string {
  const folder = mkdtempSync(join(TOP, 'test', 'toy-fault-'));
  try {
    writeFileSync(join(folder, 'toy.ts'), text);
    const config = {
      extends: join(TOP, 'tsconfig.json'),
      compilerOptions: { noEmit: true, rootDir: TOP },
      include: [],
      files: [join(folder, 'toy.ts')],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    return spawnSync(join(TOP, 'node_modules/.bin/tsc'), ['-p', folder], { cwd: TOP, encoding: 'utf8' }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the definition of a fault', () => {
  it('does not compile without its effect', function () {
    this.timeout(120_000);
    expect(compiled(TOY(EFFECT))).to.equal('');
    expect(compiled(TOY(''))).to.match(/toy\.ts.*error.*[\s\S]*Property 'effect' is missing/);
  });
});
