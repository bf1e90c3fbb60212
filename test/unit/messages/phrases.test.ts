import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { dataInLanguage, inLanguage } from '../../../src/messages/phrases.js';
import { ZH_PHRASES } from '../../../src/messages/zh/phrases/index.js';
import { straysFrom } from '../../support/chinese-glossary.js';
import { englishRunsIn, textsIn } from '../../support/english-texts.js';

const SRC = resolve(import.meta.dirname, '../../../src');

describe('a text in another language', () => {
  const zh = (text: string) => inLanguage(text, 'zh');

  it('is itself in English, and where no phrase is known', () => {
    expect(inLanguage('there is no resource vip', 'en')).to.equal('there is no resource vip');
    expect(zh('a sentence that nobody wrote')).to.equal('a sentence that nobody wrote');
  });

  it('keeps what varies, in the order of the other language', () => {
    expect(zh('there is nothing to break in the lab mine on embedded')).to.equal(
      '后端 embedded 上的实验环境 mine 没有可注入的故障',
    );
  });

  it('is put together of what its parts are', () => {
    expect(zh('expected “vip is started on ha-host1”; last seen: no node answered')).to.equal(
      '期望“vip 已在 ha-host1 上启动”；最后看到：没有节点应答',
    );
    expect(zh('bad: no: expected “vip is started”; last seen: vip Stopped (according to ha-host2)')).to.equal(
      'bad: no：期望“vip 已启动”；最后看到：vip Stopped（据 ha-host2）',
    );
    expect(zh('the score of vip on ha-host1 is 200 (according to ha-host2)')).to.equal(
      'vip 在 ha-host1 上的分数为 200（据 ha-host2）',
    );
    expect(zh('  ✔ root                     runs as root')).to.equal('  ✔ root                     以 root 身份运行');
    expect(zh('no lab here: it is a folder')).to.equal('no lab here：这是一个目录');
  });

  it('leaves a word by itself alone: it may be the id of a step', () => {
    expect(dataInLanguage({ step: 'online', seen: 'ha-host1 is online' }, 'zh')).to.deep.equal({
      step: 'online',
      seen: 'ha-host1 在线',
    });
  });

  it('leaves alone what nodes printed', () => {
    const event = { kind: 'step-waiting', seen: 'no node answered', stdout: 'no node answered' };
    expect(dataInLanguage(event, 'zh')).to.deep.equal({ ...event, seen: '没有节点应答' });
    expect(dataInLanguage(event, 'en')).to.equal(event);
  });
});

describe('the phrases in Chinese', () => {
  it('take every part that the English has, once', () => {
    const wrong = Object.entries(ZH_PHRASES).filter(([english, chinese]) => {
      const parts = english.split('{}').length - 1;
      const used = [...chinese.matchAll(/\{(\d?)\}/g)].map(([, number], index) => Number(number || index + 1));
      return used.toSorted().join() !== Array.from({ length: parts }, (_, index) => index + 1).join();
    });
    expect(wrong.map(([english]) => english)).to.deep.equal([]);
  });

  it('keep to the glossary', () => {
    const wrong = Object.values(ZH_PHRASES).flatMap((chinese) =>
      straysFrom(chinese).map(({ wrong: word, right }) => `${chinese}: ${word} → ${right}`),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('are there for every text of the source', () => {
    const lacking = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !NOT_FOR_READERS.test(file))
      .flatMap((file) =>
        textsIn(readFileSync(join(SRC, file), 'utf8'))
          .filter(
            ({ text, before }) =>
              !DESCRIBES.test(before) && isSentence(text) && !NOT_SAID.test(text) && !isSpoken(text),
          )
          .map(({ line, text }) => `${file}:${line}: ${text}`),
      );
    expect(lacking.join('\n')).to.equal('');
  });
});

/** By itself, or as a part of longer phrases. */
function isSpoken(text: string): boolean {
  if (englishRunsIn(inLanguage(text.replaceAll('{}', 'X'), 'zh'), 3).length === 0) return true;
  const part = text
    .trim()
    .replace(/(?:\{\})+$|^(?:\{\})+/g, '')
    .trim();
  const pattern = new RegExp(
    part
      .split('{}')
      .map((each) => each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*'),
  );
  return part !== '' && PHRASES.some((phrase) => pattern.test(phrase));
}

const PHRASES = Object.keys(ZH_PHRASES);

/** Modules whose texts are in the catalogues, are pacemaker's, or go into files that stay English. */
const NOT_FOR_READERS =
  /^(?:messages|chai|diagnosis|cluster\/(?:text|xml|paste|agreement|observe-output|status-text|diagnose)|cli\/answers|nightly\/night-answer|report\/run-answer|walk\/|faults\/(?:walk|initiator-cut|blocked-traffic)|backends\/embedded\/(?:power|network|controllers\/tree)\.ts)/;
/** A text for editors and for those who read the code. */
const DESCRIBES = /(?:\.describe\(|description:|because:|noWalk\w*:|why:|new Error\(|from|'bug',)\s*\n?\s*$/;

/** Commands, roles, notes of the code to itself, and texts for a program. */
const NOT_SAID =
  /^(?:chap of|Audits read of each|would miss what|Healing the disk|stays read-only|Of the node|Of every packet|How (?:much|many) |No more than this|A walk stops|resource stays|one by its key|a wait must be|locked to|holder of|any other|\{any other|\s*vagrant |halab |pcs cluster |Faults \{\} of|error: refused)|\.test\(/;

/** Not a shell script, a key or a list of words. */
function isSentence(text: string): boolean {
  return (
    /[a-z]+ [a-z{]+ [a-z{]/.test(text) && !/[|&]{2}|>\/|\$\(|\$\{|\becho\b|^\s*#|^<|\bdev\b|\btable inet\b/.test(text)
  );
}
