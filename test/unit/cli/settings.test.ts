import { expect } from 'chai';
import { languageOfLocale } from '../../../src/cli/settings.js';

describe('languageOfLocale', () => {
  for (const [locale, language] of [
    ['zh_CN.UTF-8', 'zh'],
    ['pt_BR.UTF-8', 'pt-BR'],
    ['pt_PT@euro', 'pt'],
    ['pt', 'pt'],
    ['zha', undefined],
    ['C.UTF-8', undefined],
    ['', undefined],
  ] as const) {
    it(`'${locale}' is ${language ?? 'none of them'}`, () => {
      expect(languageOfLocale(locale, ['en', 'zh', 'pt', 'pt-BR'])).to.equal(language);
    });
  }
});
