import { expect } from 'chai';
import { chosenFrom, parseWanted } from '../../../src/stack/chosen.js';
import { debsIn, installedIn } from '../../../src/stack/stanzas.js';
import { takenBy } from '../../../src/stack/taken.js';
import { deb, labels } from './packages.js';

const STATUS = `Package: pacemaker
Status: install ok installed
Version: 2.1.5-1
Depends: libcib27 (>= 2.1),
 libqb100
Description: cluster
 resource manager

Package: gone
Status: deinstall ok config-files
Version: 1

Package: libqb100
Status: install ok installed
Source: libqb (2.0.6-2)
Version: 2.0.6-2+b1
Provides: libqb-abi (= 100)
`;

describe('the packages of an image', () => {
  it('are those that dpkg has installed, with what they were built from', () => {
    expect(installedIn(STATUS)).to.deep.equal([
      {
        name: 'pacemaker',
        version: '2.1.5-1',
        source: 'pacemaker',
        sourceVersion: '2.1.5-1',
        needs: 'libcib27 (>= 2.1), libqb100',
        provides: '',
      },
      {
        name: 'libqb100',
        version: '2.0.6-2+b1',
        source: 'libqb',
        sourceVersion: '2.0.6-2',
        needs: '',
        provides: 'libqb-abi (= 100)',
      },
    ]);
  });

  it('are not read from a paragraph of an index without a file', () => {
    const whole = 'Package: a\nVersion: 1\nArchitecture: all\nFilename: /a.deb\nSHA256: 00\n';
    expect(labels(debsIn(`${whole}\nPackage: b\nVersion: 1\n`))).to.deep.equal(['a 1']);
  });
});

describe('what is chosen of a stack', () => {
  const built = (version: string) => [
    deb('pacemaker', version, { needs: `libcib (= ${version})` }),
    deb('libcib', version, { source: 'pacemaker' }),
  ];
  const debs = [...built('2.1-1'), ...built('2.1-10'), ...built('2.1-9'), deb('pcs', '0.11-1')];

  it('is the newest of each package', () => {
    expect(labels(chosenFrom(debs))).to.deep.equal(['pacemaker 2.1-10', 'libcib 2.1-10', 'pcs 0.11-1']);
  });

  it('is, of a package that is named, one version with what was built together', () => {
    expect(labels(chosenFrom(debs, [parseWanted('libcib=2.1-9')]))).to.deep.equal(['pacemaker 2.1-9', 'libcib 2.1-9']);
    expect(labels(chosenFrom(debs, [parseWanted('pacemaker')]))).to.deep.equal(['pacemaker 2.1-10', 'libcib 2.1-10']);
  });

  it('is refused where there is no such package or version, with what there is', () => {
    expect(() => chosenFrom(debs, [{ name: 'corosync' }]))
      .to.throw('the stack has no package corosync')
      .with.property('hint', 'it has pacemaker, pcs');
    expect(() => chosenFrom(debs, [{ name: 'pacemaker', version: '3' }]))
      .to.throw('the stack has no version 3 of pacemaker')
      .with.property('hint', 'it has 2.1-1, 2.1-9, 2.1-10');
    expect(() => parseWanted('pace maker')).to.throw('names no package');
  });
});

describe('what an image takes of a stack', () => {
  const installed = installedIn(STATUS);

  it('is what it has too, and what that needs and it lacks', () => {
    const stack = [
      deb('pacemaker', '3.0-1', { needs: 'libcib54 (>= 3.0), libqb100 (>= 2.0)' }),
      deb('libcib54', '3.0-1', { needs: 'liblog | libother' }),
      deb('libother', '1'),
      deb('pacemaker-remote', '3.0-1'),
    ];
    expect(labels(takenBy(installed, stack))).to.deep.equal(['pacemaker 3.0-1', 'libcib54 3.0-1', 'libother 1']);
  });

  it('has a package of the same version, which may have been built again', () => {
    expect(labels(takenBy(installed, [deb('pacemaker', '2.1.5-1')]))).to.deep.equal(['pacemaker 2.1.5-1']);
  });

  for (const [needs, more] of [
    ['libqb-abi (= 100)', []],
    ['libqb-abi (= 101)', ['libqb101 2.1']],
    ['libqb100:any (<< 2.0.6)', []],
    ['libqb100 (>> 2.0.6-2)', []],
  ] as const)
    it(`meets ${needs} by ${more.join() || 'what the image has, or not at all'}`, () => {
      const stack = [deb('pacemaker', '3', { needs }), deb('libqb101', '2.1', { provides: 'libqb-abi (= 101)' })];
      expect(labels(takenBy(installed, stack)).slice(1)).to.deep.equal(more);
    });

  it('looks at a need again that only the old version of a package met', () => {
    const stack = [
      deb('pacemaker', '3', { needs: 'libqb-abi (= 100)' }),
      deb('libqb100', '3'),
      deb('compat', '1', { provides: 'libqb-abi (= 100)' }),
    ];
    expect(labels(takenBy(installed, stack))).to.include('compat 1');
  });
});
