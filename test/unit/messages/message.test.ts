import { expect } from 'chai';
import { grammarOf } from '../../../src/messages/grammar.js';
import { message, messageIn, sentences } from '../../../src/messages/message.js';
import { textIn } from '../../../src/model/text.js';

describe('a message', () => {
  it('comes in every language', () => {
    expect(message('dc-none.title')).to.have.all.keys('en', 'zh');
    expect(message('node-offline.title', { type: 'member', names: ['a', 'b'] })).to.deep.equal({
      en: 'Nodes a, b are OFFLINE',
      zh: '节点 a、b 离线（OFFLINE）',
    });
  });

  it('takes other messages as parameters, each in its language', () => {
    const parts = [message('part.nodes'), message('part.resources')];
    expect(message('part-missing.title', { parts })).to.deep.equal({
      en: 'Not printed: the nodes, the resources',
      zh: '没有给出：节点、资源',
    });
  });

  it('falls back on English for a parameter that has no other language', () => {
    expect(messageIn('zh', 'agent.on-node', { why: { en: 'only English' } })).to.equal('在该节点上执行：only English');
    expect(textIn({ en: 'only English' }, 'zh')).to.equal('only English');
  });

  it('joins sentences as the language does, and leaves out what is absent', () => {
    expect(sentences({ en: 'One.', zh: '一。' }, undefined, { en: 'Two.', zh: '二。' })).to.deep.equal({
      en: 'One. Two.',
      zh: '一。二。',
    });
  });
});

describe('the grammar of a language', () => {
  const en = grammarOf('en');
  const zh = grammarOf('zh');

  it('lists names with its own comma', () => {
    expect(en.list(['a', 'b', 'c'])).to.equal('a, b, c');
    expect(zh.list(['a', 'b', 'c'])).to.equal('a、b、c');
  });

  it('has a form for each number, or the one for all others', () => {
    expect([0, 1, 2].map((count) => en.plural(count, { one: 'node', other: 'nodes' }))).to.deep.equal([
      'nodes',
      'node',
      'nodes',
    ]);
    expect(zh.plural(1, { other: '节点' })).to.equal('节点');
    expect(grammarOf('pl').plural(3, { one: 'węzeł', few: 'węzły', other: 'węzłów' })).to.equal('węzły');
  });

  it('measures time in its units, with the next minute never as sixty seconds', () => {
    expect([0, 850, 8420, 59_994, 59_995, 65_000, 3_600_000].map(en.duration)).to.deep.equal([
      '0ms',
      '850ms',
      '8.42s',
      '59.99s',
      '1m00s',
      '1m05s',
      '60m00s',
    ]);
    expect(zh.duration(65_000)).to.equal('1分钟05秒');
  });
});
