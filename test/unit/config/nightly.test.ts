import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { findMatrix, readMatrix } from '../../../src/config/nightly.js';
import { TOP } from '../../support/halab.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('a matrix file', () => {
  const at = temporaryFolder();
  const dirs = () => ({ root: TOP, cwd: at() });
  const read = (text: string) => {
    writeFileSync(at('nightly.yaml'), text);
    return readMatrix(at('nightly.yaml'), dirs());
  };

  it('has images, labs and repeats even where it says nothing about them', () => {
    expect(read('set: ci\n')).to.deep.equal({ set: 'ci', images: ['debian-12'], repeat: 1, skip: [] });
  });

  it('names files beside itself', () => {
    writeFileSync(at('mine.yaml'), 'id: mine\ntitle: mine\nsteps:\n  - { id: a, expect: [{ quorum: true }] }\n');
    expect(read('scenarios: [./mine.yaml, interface-down]\n').scenarios).to.deep.equal([
      at('mine.yaml'),
      'interface-down',
    ]);
  });

  it('is that of halab where the user has none', () => {
    expect(findMatrix(undefined, dirs())).to.equal(`${TOP}/nightly.yaml`);
    read('set: ci\n');
    expect(findMatrix(undefined, dirs())).to.equal(at('nightly.yaml'));
    expect(readMatrix(`${TOP}/nightly.yaml`, dirs()).images).to.deep.equal(['debian-11', 'debian-12', 'debian-13']);
    expect(() => findMatrix('none.yaml', dirs()))
      .to.throw('there is no file none.yaml')
      .with.property('code', 'usage');
  });

  for (const [what, text, problem] of [
    [
      'an unknown key',
      'set: ci\nimage: [debian-12]\n',
      "nightly.yaml:2:1: unknown key 'image', did you mean 'images'?",
    ],
    ['an unknown image', 'set: ci\nimages:\n  - debian-2\n', "nightly.yaml:3:5: unknown image 'debian-2'"],
    [
      'an image twice',
      'set: ci\nimages: [debian-12, debian-12]\n',
      "nightly.yaml:2:21: 'debian-12' is in the list already",
    ],
    [
      'an unknown scenario',
      'scenarios: [interface-dwn]\n',
      "nightly.yaml:1:13: no scenario 'interface-dwn', did you mean 'interface-down'?",
    ],
    [
      'an unknown lab',
      'set: ci\nlabs: [linuxhb]\n',
      "nightly.yaml:2:8: no lab named 'linuxhb', did you mean 'linuxha'?",
    ],
    ['too many repeats', 'set: ci\nrepeat: 1000\n', 'nightly.yaml:2:9: 1000 is too big'],
    [
      'a reason without a scenario',
      'set: ci\nskip: [{ because: it is slow }]\n',
      "nightly.yaml:2:8: missing key 'scenario'",
    ],
    [
      'a scenario to skip that there is not',
      'set: ci\nskip: [{ scenario: cu, because: slow }]\n',
      "nightly.yaml:2:20: unknown scenario 'cu'",
    ],
    ['nothing to run', 'images: [debian-12]\n', 'nightly.yaml:1:1: neither set nor scenarios says what is run'],
    ['broken YAML', 'set: [\n', 'nightly.yaml:2:1: not valid YAML'],
  ] as const)
    it(`is refused with ${what}`, () => {
      expect(() => read(text))
        .to.throw(problem)
        .with.property('code', 'config-invalid');
    });
});
