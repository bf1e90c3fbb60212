import { expect } from 'chai';
import { numberedNames, peopleIn, readRoster, rosterNames } from '../../../src/cli/roster.js';
import { LAB_NAME } from '../../../src/model/lab.js';
import { rejection } from '../../support/rejection.js';

const namesOf = (people: readonly string[], labs: Parameters<typeof rosterNames>[2] = []) =>
  rosterNames(people, 'linuxha', labs).map(({ name }) => name);

describe('the names of several labs', () => {
  it('are numbered, and never too long', () => {
    expect(numberedNames('linuxha', 3).map(({ name }) => name)).to.deep.equal(['linuxha-1', 'linuxha-2', 'linuxha-3']);
    const long = numberedNames('a-name-of-21-letters-', 12).at(-1)?.name ?? '';
    expect(long).to.match(LAB_NAME).and.match(/-12$/);
  });

  it('are those of a roster, as far as a lab can have them', () => {
    expect(namesOf(['Anna', 'José María', '2nd group', 'O’Neill, B.'])).to.deep.equal([
      'anna',
      'jose-maria',
      'nd-group',
      'o-neill-b',
    ]);
    for (const name of namesOf(['Maximiliane-Antoinette von Hohenzollern', 'Ö', 'x'.repeat(50)]))
      expect(name).to.match(LAB_NAME);
  });

  it('are numbers for people whose names have no Latin letters', () => {
    expect(namesOf(['王伟', 'Anna', '李娜'])).to.deep.equal(['linuxha-1', 'anna', 'linuxha-3']);
  });

  it('differ where people are called alike, and from labs that are there', () => {
    expect(namesOf(['Anna', 'anna', 'ANNA'])).to.deep.equal(['anna', 'anna-2', 'anna-3']);
    expect(namesOf(['Anna', '王伟'], [{ name: 'anna' }, { name: 'linuxha-2' }])).to.deep.equal(['anna-2', 'linuxha-3']);
  });

  it('stay with whoever has a lab already, wherever the roster grows', () => {
    const labs = rosterNames(['王伟', '李娜'], 'linuxha', []);
    expect(namesOf(['张敏', '王伟', '李娜'], labs)).to.deep.equal(['linuxha-3', 'linuxha-1', 'linuxha-2']);
  });
});

const promised = async (work: () => unknown) => work();

describe('a roster', () => {
  it('has a name on each line; blank lines and remarks are none', () => {
    expect(peopleIn('# the class\n\nAnna  Meier \r\nBert # comes later\n', 'class.txt')).to.deep.equal([
      'Anna Meier',
      'Bert',
    ]);
  });

  it('is refused where it names somebody twice, nobody, or is not there', async () => {
    expect((await rejection(promised(() => peopleIn('Anna\nBert\nAnna\n', 'class.txt')))).message).to.equal(
      'class.txt:3: Anna stands in line 1 already',
    );
    const missing = await rejection(promised(() => readRoster('nowhere.txt', '/nonexistent')));
    expect(missing.message).to.match(/^the roster \/nonexistent\/nowhere\.txt cannot be read/);
  });
});
