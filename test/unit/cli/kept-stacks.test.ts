import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'chai';
import { bootsWith, keptStacks, removeStack } from '../../../src/cli/stack/kept.js';
import type { Deb } from '../../../src/model/stack.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('the stacks that are kept', () => {
  const at = temporaryFolder();
  const put = (file: string, text = '') => {
    mkdirSync(dirname(at(file)), { recursive: true });
    writeFileSync(at(file), text);
  };
  const packages = (...files: readonly string[]) => JSON.stringify(files.map((file) => ({ file: at(file) })));
  const [OLD, NEW] = ['stacks/00000000000a', 'stacks/00000000000b'] as const;

  beforeEach(() => {
    put(`${OLD}/pacemaker_1.deb`);
    put(`${OLD}/corosync_1.deb`);
    put(`${NEW}/pacemaker_2.deb`);
    put('stacks/stack.building-47/copies/pacemaker_3.deb');
    put('images/debian-12-1/image.json', '{}');
    put('images/debian-12-1/stacks/1/packages.json', packages(`${OLD}/pacemaker_1.deb`));
    put('images/debian-12-1/stacks/2/packages.json', packages(`${NEW}/pacemaker_2.deb`));
    put('images/debian-12-1/stacks/3.building-47/tree');
  });

  it('are listed without those that are half copied', () => {
    expect(keptStacks(at('.')).map((each) => [each.name, each.packages])).to.deep.equal([
      ['stack-00000000000a', 2],
      ['stack-00000000000b', 1],
    ]);
    expect(keptStacks(at('nothing'))).to.deep.equal([]);
  });

  it('are removed with what was installed from them on top of images, and with nothing else', () => {
    removeStack(at('.'), at(OLD));
    const images = 'images/debian-12-1';
    const there = (paths: readonly string[]) => paths.filter((path) => existsSync(at(path)));
    expect(there([OLD, `${images}/stacks/1`])).to.deep.equal([]);
    const others = [NEW, `${images}/stacks/2`, `${images}/image.json`];
    expect(there(others)).to.deep.equal(others);
  });

  it('are used by the labs that boot with their packages', () => {
    const stack = { sources: ['./debs'], debs: [{ file: at(OLD, 'pacemaker_1.deb') } as Deb] };
    expect(bootsWith({ stack }, at(OLD))).to.equal(true);
    expect(bootsWith({ stack }, at(NEW))).to.equal(false);
    expect(bootsWith({}, at(OLD))).to.equal(false);
  });
});
