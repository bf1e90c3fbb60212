import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { netmaskOf } from '../../../../../src/backends/vagrant/render/data.js';
import { markdownText, rubyComment, rubyString } from '../../../../../src/backends/vagrant/render/templates.js';
import { needProgram } from '../../../../support/programs.js';

const TEXTS = [
  '',
  'vagrant',
  '"; system("id"); "',
  '#{1 + 1} #$0 #@x',
  '\\#{1}\\',
  "it's `id` $(id) %q(x)",
  'two\nlines\r\nand\ttabs',
  '\0\x07\x1b[31m\x7f\u0085\u2028',
  '主机 é 🙂',
  '__END__',
  '<%= 1 %>',
];

describe('rubyString', () => {
  it('is a literal that Ruby reads as the same text', function () {
    needProgram(this, 'ruby');
    const program = `require "json"; puts JSON.generate([${TEXTS.map(rubyString).join(', ')}])`;
    expect(JSON.parse(execFileSync('ruby', ['-e', program], { encoding: 'utf8' }))).to.deep.equal(TEXTS);
  });

  it('leaves what is plain as people would write it', () => {
    expect(rubyString('debian/bookworm64')).to.equal('"debian/bookworm64"');
    expect(rubyString("it's $5")).to.equal(`"it's $5"`);
  });

  it('has no literal for half a character, and says so', () => {
    expect(rubyString('a\ud800')).to.equal('"a\\u{fffd}"');
  });
});

describe('rubyComment', () => {
  for (const end of ['\n', '\r', '\r\n', '\u2028', '\u2029', '\u0085', '\v', '\f']) {
    it(`keeps what comes after ${JSON.stringify(end)} a comment`, () => {
      expect(rubyComment(`title${end}=end${end}system("id")`)).to.equal('# title\n# =end\n# system("id")');
    });
  }

  it('keeps letters of any script, and nothing that turns the text around', () => {
    expect(rubyComment('三台主机, naïve 🙂')).to.equal('# 三台主机, naïve 🙂');
    expect(rubyComment('a\u202eb\u2066c\x1b[2Jd\0e')).to.equal('# abc[2Jde');
  });
});

describe('markdownText', () => {
  it('has no markup and one line', () => {
    expect(markdownText('a\n# b [x](y) <i>`c`</i>')).to.equal('a \\# b \\[x\\](y) \\<i\\>\\`c\\`\\</i\\>');
    expect(markdownText('三台集群主机')).to.equal('三台集群主机');
  });
});

describe('netmaskOf', () => {
  for (const [prefix, mask] of [
    [8, '255.0.0.0'],
    [21, '255.255.248.0'],
    [24, '255.255.255.0'],
    [29, '255.255.255.248'],
  ] as const) {
    it(`of /${prefix} is ${mask}`, () => expect(netmaskOf(prefix)).to.equal(mask));
  }
});
