import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { parse } from 'yaml';
import { audits } from '../../../src/audits/index.js';
import { scenarioSchema } from '../../../src/config/scenario-schema.js';
import { scenarioFields } from '../../../src/fields/scenario-fields.js';
import { AUDITS } from '../../../src/model/audit.js';

const page = readFileSync(fileURLToPath(new URL('../../../docs/audits.md', import.meta.url)), 'utf8');

/** What stands below an audit's own title. */
function section(kind: string): string {
  return new RegExp(`^## ${kind}\\n([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, 'm').exec(page)?.[1] ?? '';
}

describe('the table of audits', () => {
  for (const kind of AUDITS) {
    it(`has ${kind} in both languages`, () => {
      const { holds, reads } = audits[kind];
      expect(audits[kind].kind).to.equal(kind);
      expect(holds.en).to.match(/^[A-Z].*\.$/);
      expect(holds.zh).to.match(/\p{Script=Han}.*。$/u);
      expect(reads.en).to.match(/^[^.]+[^.]$/);
      expect(reads.zh).to.match(/\p{Script=Han}/u);
    });

    it(`is explained in docs/audits.md: ${kind}`, () => {
      const text = section(kind).replace(/\s+/g, ' ');
      expect(text).to.include(audits[kind].holds.en);
      expect(text)
        .to.match(/\*\*Reads\*\*/)
        .and.match(/\*\*Violated\*\*/)
        .and.match(/\*\*Unknown\*\*/);
    });
  }

  it('is explained in its own order, and nothing else is', () => {
    const titles = [...page.matchAll(/^## ([a-z][a-z-]+)$/gm)].map(([, title]) => title);
    expect(titles).to.deep.equal([...AUDITS]);
  });

  it('has examples of steps that are valid', () => {
    const examples = [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, yaml = '']) => yaml);
    expect(examples).to.have.length(5);
    const { steps } = scenarioSchema(scenarioFields()).shape;
    for (const yaml of examples) {
      const { success, error } = steps.safeParse(parse(yaml));
      expect(success, error?.message).to.equal(true);
    }
  });
});
