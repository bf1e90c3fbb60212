import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createHalabInProcess, type Halab, inTurns, TOP } from '../support/halab.js';

const PAGE = join(TOP, 'docs/status.md');
const BLOCK = /^```console\n\$ halab (.+)\n([\s\S]*?)^```/gm;
/** Set to write what the commands print into the page, instead of comparing. */
const isWriting = process.env.HALAB_WRITE_DOCS === '1';

describe('the examples in docs/status.md', function () {
  this.timeout(30_000);
  let halab: Halab;
  const page = readFileSync(PAGE, 'utf8');
  const blocks = [...page.matchAll(BLOCK)].map(([, command = '', output = '']) => ({ command, output }));

  before(() => {
    halab = createHalabInProcess();
  });
  after(() => halab.remove());

  it('are of three outputs, in both languages', () => {
    const files = blocks.map(({ command }) => /--from (\S+)/.exec(command)?.[1]);
    expect(blocks).to.have.length(6);
    expect(new Set(files)).to.have.property('size', 3);
    expect(blocks.filter(({ command }) => command.endsWith(' --lang zh'))).to.have.length(3);
  });

  it('are what the program prints', async () => {
    const printed = await inTurns(blocks, async ({ command }) => {
      const { exitCode, stdout, stderr } = await halab.run(command.split(' '), { cwd: TOP });
      expect([exitCode, stderr], command).to.deep.equal([0, '']);
      return stdout;
    });
    if (isWriting) {
      let next = 0;
      const written = page.replace(
        BLOCK,
        (_all, command: string) => `\`\`\`console\n$ halab ${command}\n${printed[next++]}\`\`\``,
      );
      writeFileSync(PAGE, written);
    } else expect(printed).to.deep.equal(blocks.map(({ output }) => output));
  });
});
