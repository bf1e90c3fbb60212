import { expect } from 'chai';
import { parseSizeMiB } from '../../../src/config/lab-values.js';
import { readTarget } from '../../../src/fields/target.js';
import { parseDurationMs, readTimeExpression } from '../../../src/fields/time-expression.js';
import { fillWords, rolesIn, shellWordIn, splitCommand, wordsWrong } from '../../../src/fields/words.js';
import { contains, overlaps, parseCidr, parseInterface, parseIpv4 } from '../../../src/model/ipv4.js';
import { editDistance, nearest } from '../../../src/model/nearest.js';
import type { Target } from '../../../src/model/target.js';
import { targetText } from '../../../src/model/target.js';
import { testLab } from '../cluster/test-lab.js';

describe('targets', () => {
  const written = [
    'ha-host1',
    'all',
    '{dc}',
    '{was dc}',
    '{holder of vip}',
    '{was holder of vip}',
    '{storage}',
    '{client}',
  ];
  const others = [
    '{any other than holder of vip}',
    '{any other than was dc}',
    '{any other than ha-host1}',
    '{as victim}',
    '{any other than as victim}',
  ];
  for (const text of [...written, ...others]) {
    it(`${text} reads back as it was written`, () => expect(targetText(readTarget(text) as Target)).to.equal(text));
  }

  it('tell the role from its past', () => {
    expect(readTarget('{was holder of my-vip}')).to.deep.equal({ kind: 'holder', resource: 'my-vip', was: true });
    const than = { kind: 'holder', resource: 'vip', was: false };
    expect(readTarget('{ any other than  holder of vip }')).to.deep.equal({ kind: 'other', than });
  });

  for (const text of [
    '',
    '{}',
    '{holder}',
    '{holder of}',
    '{holder of a b}',
    '{was storage}',
    '{as}',
    '{as a b}',
    '{was as a}',
    '{any other than any other than dc}',
    'A b',
    '{dc',
  ]) {
    it(`'${text}' is none`, () => expect(readTarget(text)).to.have.keys('message', 'hint'));
  }
});

/** A shell's own variable, as it stands in a scenario file: `${name}`. */
const shellVariable = (name: string) => `$\{${name}}`;

describe('words in braces', () => {
  it('stand for addresses of the lab, the storage node’s own among them', () => {
    expect(fillWords('{address vip}/{prefix vip} {cluster} {address storage}:3260 {a b}', testLab)).to.equal(
      '192.168.56.24/24 linuxha 192.168.56.20:3260 {a b}',
    );
    expect(wordsWrong('{address storage}', testLab)).to.equal(undefined);
  });

  it('stand for the first address and disk where they have no name', () => {
    expect(fillWords('{address}/{prefix} {target}', testLab)).to.equal(
      '192.168.56.24/24 iqn.2026-01.lab.halab:linuxha.shared',
    );
    const bare = { ...testLab, addresses: [], nodes: testLab.nodes.filter(({ role }) => role === 'ha') };
    expect(wordsWrong('{address}', bare)?.message).to.equal('lab linuxha has no floating address');
    expect(wordsWrong('{disk}', bare)?.message).to.equal('lab linuxha serves no disk');
    expect(splitCommand('ping {address}')).to.deep.equal(['ping', '{address}']);
  });

  it('stand for what its disks are called: by the target, and on whoever is logged in', () => {
    expect(fillWords('{target shared} {disk shared} {disk other}', testLab)).to.equal(
      'iqn.2026-01.lab.halab:linuxha.shared /dev/disk/by-path/ip-192.168.56.20:3260-iscsi-iqn.2026-01.lab.halab:linuxha.shared-lun-1 {disk other}',
    );
    expect(wordsWrong('{disk shared}', testLab)).to.equal(undefined);
    expect(wordsWrong('{disk shred}', testLab)?.message).to.contain(
      "disk of lab linuxha 'shred', did you mean 'shared'",
    );
    expect(splitCommand('ls {disk shared}')).to.deep.equal(['ls', '{disk shared}']);
  });

  it('are roles in commands, where they are filled in when the step begins', () => {
    const argv = [
      'crm_node',
      '--node={holder of vip}',
      "awk '{print $1}' {any other than dc}",
      `${shellVariable('dc')} {a}`,
    ];
    expect(rolesIn(argv)).to.deep.equal({
      '{holder of vip}': { kind: 'holder', resource: 'vip', was: false },
      '{any other than dc}': { kind: 'other', than: { kind: 'dc', was: false } },
    });
    expect(splitCommand('pcs node standby {any other than holder of vip}')).to.deep.equal([
      ...['pcs', 'node', 'standby', '{any other than holder of vip}'],
    ]);
    expect(wordsWrong('{dc}', testLab)?.message).to.contain('is not filled in here');
    expect(wordsWrong('{holdr of vip}', testLab)?.message).to.contain("did you mean '{holder of vip}'");
    for (const text of ['{db}', '{print $1}', '{ hostname }']) expect(wordsWrong(text, testLab)).to.equal(undefined);
  });

  it('leave the variables of a shell alone', () => {
    expect(fillWords(`${shellVariable('cluster')} {cluster}`, testLab)).to.equal(`${shellVariable('cluster')} linuxha`);
    expect(wordsWrong(shellVariable('dc'), testLab)).to.equal(undefined);
  });

  it('are refused where the lab has no such address', () => {
    const withoutStorage = { ...testLab, nodes: testLab.nodes.filter(({ role }) => role === 'ha') };
    expect(wordsWrong('{address storage}', withoutStorage)?.message).to.contain('storage');
    expect(wordsWrong('{address vap}', testLab)?.message).to.contain("did you mean 'vip'");
  });
});

describe('words of a shell', () => {
  const found: readonly (readonly [string, string])[] = [
    ['pcs resource create x ocf:pacemaker:Dummy && pcs resource disable x', '&&'],
    ['crm_mon -1 | grep x', '|'],
    ['crm_mon -1 > /run/y', '>'],
    ['crm_mon -1 2>/dev/null', '2>/dev/null'],
    ['pcs status; true', 'status;'],
    ['echo $HOME', '$HOME'],
    ['echo $(hostname)', '$(hostname)'],
    ['sleep 60 &', '&'],
  ];
  for (const [command, word] of found)
    it(`${word} is one in '${command}'`, () => {
      expect(shellWordIn(command)).to.deep.equal({ word, offset: command.indexOf(word) });
    });

  for (const command of [
    'pcs status',
    "sh -c 'a && b > c; d'",
    'pcs constraint location vip rule score=INFINITY pingd gt 0',
    'awk "{print $1}" /etc/hosts',
    "crm_resource -r vip --set-parameter x -v 'a|b'",
    'pcs resource create p ocf:heartbeat:ping host_list=10.0.0.1 op monitor interval=10s',
  ])
    it(`there is none in '${command}'`, () => expect(shellWordIn(command)).to.equal(undefined));
});

describe('time expressions', () => {
  it('are sums of constants and times', () => {
    expect(readTimeExpression('token + 1.2 * consensus + 10s')).to.have.deep.property('terms', [
      { kind: 'constant', constant: 'token', factor: 1 },
      { kind: 'constant', constant: 'consensus', factor: 1.2 },
      { kind: 'ms', ms: 10_000 },
    ]);
    expect(readTimeExpression('2*500ms')).to.have.deep.property('terms', [{ kind: 'ms', ms: 1000 }]);
    expect(readTimeExpression('dc-deadtime + 2min')).to.have.deep.property('terms', [
      { kind: 'constant', constant: 'dc-deadtime', factor: 1 },
      { kind: 'ms', ms: 120_000 },
    ]);
  });

  for (const [text, offset] of [
    ['10', 0],
    ['token + 5', 8],
    ['token +', 7],
    ['token + 2 * tokn', 12],
    ['10h', 0],
    ['a b', 0],
  ] as const) {
    it(`'${text}' is none, because of what stands at ${offset}`, () => {
      expect(readTimeExpression(text)).to.include({ offset });
    });
  }

  it('durations have a unit', () => {
    expect(['20ms', '1.5s', '2min', '5', 's'].map(parseDurationMs)).to.deep.equal([
      20,
      1500,
      120_000,
      undefined,
      undefined,
    ]);
  });
});

describe('command lines', () => {
  it('are split on blanks', () =>
    expect(splitCommand(' pcs  status\t--full ')).to.deep.equal(['pcs', 'status', '--full']));
  it('keep together what is quoted', () => {
    expect(splitCommand(`sh -c 'echo "a  b"' x="y z"w ''`)).to.deep.equal(['sh', '-c', 'echo "a  b"', 'x=y zw', '']);
  });
  it('keep the words of the lab together', () => {
    expect(splitCommand('pcs ip={address vip} {prefix vip}')).to.deep.equal([
      'pcs',
      'ip={address vip}',
      '{prefix vip}',
    ]);
  });
  it('must not be empty or leave a quote open', () => {
    expect(splitCommand('  ')).to.have.property('message', 'the command is empty');
    expect(splitCommand(`echo "it's`)).to.include({ offset: 5 });
  });
});

describe('nearest', () => {
  it('counts a swap of neighbours once', () => {
    expect(editDistance('adress', 'address')).to.equal(1);
    expect(editDistance('nodse', 'nodes')).to.equal(1);
    expect(editDistance('', 'abc')).to.equal(3);
  });
  it('suggests what is near, and nothing else', () => {
    expect(nearest('Memmory', ['cpus', 'memory', 'links'])).to.equal('memory');
    expect(nearest('wallpaper', ['cpus', 'memory', 'links'])).to.equal(undefined);
  });
});

describe('IPv4', () => {
  it('reads dotted quads only', () => {
    expect(parseIpv4('192.168.56.31')).to.equal(3232249887);
    for (const text of ['1.2.3', '1.2.3.256', '01.2.3.4', '1.2.3.4 ', '::1', ''])
      expect(parseIpv4(text), text).to.equal(undefined);
  });
  it('tells networks from addresses in them', () => {
    expect(parseCidr('192.168.56.0/24')).to.include({ prefix: 24 });
    expect(parseCidr('192.168.56.1/24')).to.equal(undefined);
    expect(parseInterface('192.168.56.1/33')).to.equal(undefined);
    expect(parseInterface('192.168.56.1/24/1')).to.equal(undefined);
  });
  it('knows what lies in what', () => {
    const lan = parseCidr('192.168.56.0/24');
    const half = parseCidr('192.168.56.128/25');
    const next = parseCidr('192.168.57.0/24');
    if (!lan || !half || !next) throw new Error('unreadable');
    expect([
      contains(lan, lan.last),
      contains(lan, next.first),
      overlaps(lan, half),
      overlaps(lan, next),
    ]).to.deep.equal([true, false, true, false]);
  });
});

describe('memory', () => {
  it('has a unit', () =>
    expect(['1GiB', '512MiB', '1TiB', '1GB', '1.5GiB', '1024'].map(parseSizeMiB)).to.deep.equal([
      1024,
      512,
      1048576,
      undefined,
      undefined,
      undefined,
    ]));
});
