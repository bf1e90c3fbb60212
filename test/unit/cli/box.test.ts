import { expect } from 'chai';
import { boxBuild } from '../../../src/cli/commands/box.js';
import { readSettings } from '../../../src/cli/settings.js';
import { isLabError } from '../../../src/model/errors.js';
import { problemsBy } from '../../support/json-schemas.js';

const settings = readSettings({}, {}, '/');

describe('halab box build', () => {
  for (const [provider, why] of [
    ['virtualbox', /VirtualBox starts no kernel from beside the disk/],
    ['hyperv', /no provider hyperv/],
  ] as const) {
    it(`refuses ${provider}, and says why`, async () => {
      const error = await boxBuild(settings, { provider }).catch((caught: unknown) => caught);
      expect(isLabError(error) && error.code).to.equal('usage');
      expect(String(error)).to.match(why);
    });
  }

  it('has an answer that tells both files or one', () => {
    const answer = { schema: 'halab.box/1', image: 'i', name: 'halab/i', provider: 'libvirt', box: '/i.box', bytes: 1 };
    expect(problemsBy('box', answer)).to.deep.equal([]);
    expect(problemsBy('box', { ...answer, packages: '/p.tar', packagesBytes: 1 })).to.deep.equal([]);
    expect(problemsBy('box', { ...answer, packages: '/p.tar' })).to.not.deep.equal([]);
  });
});
