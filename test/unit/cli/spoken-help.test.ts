import { expect } from 'chai';
import type { Command } from 'commander';
import { output } from '../../../src/cli/output.js';
import { createProgram } from '../../../src/cli/program.js';
import { languageWanted } from '../../../src/cli/settings.js';
import { englishRunsIn } from '../../support/english-texts.js';

describe('help in Chinese', () => {
  before(() => output.speak('zh'));
  after(() => output.speak('en'));

  for (const [name, command] of commandsOf(createProgram(() => undefined))) {
    it(`of ${name} has no English sentence`, () => {
      let text = '';
      command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
      expect(text).to.match(/用法：/);
      expect(text.split('\n').flatMap((line) => englishRunsIn(line))).to.deep.equal([]);
    });
  }
});

function commandsOf(command: Command, path = ''): readonly (readonly [string, Command])[] {
  const name = `${path} ${command.name()}`.trim();
  return [[name, command], ...command.commands.flatMap((each) => commandsOf(each, name))];
}

describe('languageWanted', () => {
  it('is that of the flag, the variable or the locale, in this order, and English for an unknown one', () => {
    expect(languageWanted(['node', 'halab', 'up', '--lang', 'zh'], { HALAB_LANG: 'en' })).to.equal('zh');
    expect(languageWanted(['halab', '--lang=zh'], {})).to.equal('zh');
    expect(languageWanted(['halab'], { HALAB_LANG: 'zh', LANG: 'en_US.UTF-8' })).to.equal('zh');
    expect(languageWanted(['halab'], { LANG: 'zh_CN.UTF-8' })).to.equal('zh');
    expect(languageWanted(['halab', '--lang', 'tlh'], {})).to.equal('en');
  });
});
