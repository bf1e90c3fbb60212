import { expect } from 'chai';
import { parseForward } from '../../../src/cli/commands/connect.js';
import { isOn } from '../../../src/cli/flags.js';
import { checkName } from '../../../src/cli/lab-session.js';
import { createRedactor, redactData } from '../../../src/cli/run/log.js';
import { createRandom } from '../../../src/cli/run/request.js';
import { parsePackages } from '../../../src/cli/run/run-info.js';
import { readSettings } from '../../../src/cli/settings.js';
import { testLab } from '../cluster/test-lab.js';

describe('parseForward', () => {
  const good: readonly (readonly [string, { localPort: number; host: string; port: number }])[] = [
    ['ha-host1:2224', { localPort: 0, host: '192.168.56.31', port: 2224 }],
    ['2224:ha-host1:2224', { localPort: 2224, host: '192.168.56.31', port: 2224 }],
    ['vip:80', { localPort: 0, host: '192.168.56.24', port: 80 }],
    ['8080:10.0.0.1:65535', { localPort: 8080, host: '10.0.0.1', port: 65_535 }],
    ['localhost:1', { localPort: 0, host: 'localhost', port: 1 }],
  ];
  for (const [text, target] of good) {
    it(`takes ${text}`, () => expect(parseForward(text, testLab)).to.deep.equal(target));
  }

  for (const text of [
    '',
    'ha-host1',
    ':80',
    'vip:',
    'vip:0',
    'vip:65536',
    '65536:vip:80',
    'vip:http',
    'a:b:c:80',
    'vip:80 ',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(() => parseForward(text, testLab))
        .to.throw('is not [LOCAL:]HOST:PORT')
        .with.property('code', 'usage');
    });
  }
});

describe('checkName', () => {
  for (const name of ['a', 'linuxha', 'class-1', 'a'.repeat(21)]) {
    it(`takes ${name}`, () => expect(checkName(name)).to.equal(name));
  }
  for (const name of ['', 'a'.repeat(22), '1st', '-a', 'A', 'a.b', 'a/b', '..', 'a b', 'a\n', 'é']) {
    it(`refuses ${JSON.stringify(name)}`, () => {
      expect(() => checkName(name))
        .to.throw('cannot be the name of a lab')
        .with.property('code', 'usage');
    });
  }
});

describe('readSettings', () => {
  const machine = { platform: 'linux', home: '/root', isRoot: true } as const;
  const read = (env: NodeJS.ProcessEnv, flags = {}) => readSettings(flags, env, '/work', machine);

  it('has a place for everything', () => {
    const settings = read({});
    expect(settings).to.include({
      stateDir: '/var/lib/halab',
      cacheDir: '/var/cache/halab',
      language: 'en',
      json: false,
    });
    expect(settings.reportsDir).to.match(/\/reports$/);
  });

  it('moves folders by environment; reports may be relative', () => {
    const settings = read({
      HALAB_STATE_DIR: '/s/',
      HALAB_CACHE_DIR: '/c',
      HALAB_REPORTS_DIR: 'r',
      HALAB_APT_MIRROR: '',
    });
    expect(settings).to.include({ stateDir: '/s', cacheDir: '/c', reportsDir: '/work/r', mirror: undefined });
  });

  for (const value of ['state', './s', '/a b', '/a:b', '/a,b']) {
    it(`refuses ${JSON.stringify(value)} as a state folder`, () => {
      expect(() => read({ HALAB_STATE_DIR: value }))
        .to.throw('HALAB_STATE_DIR')
        .with.property('code', 'usage');
    });
  }

  it('takes the slowness of nodes as it is given, and measures it where it is not', () => {
    expect(read({ HALAB_SLOWNESS: '1000' })).to.include({ slowness: 1_000 });
    expect(read({ HALAB_SLOWNESS: '' })).to.include({ slowness: undefined });
    for (const value of ['0', '-3', 'fast', 'Infinity'])
      expect(() => read({ HALAB_SLOWNESS: value }), value)
        .to.throw('HALAB_SLOWNESS')
        .with.property('code', 'usage');
  });

  it('speaks the language of the flag, or else of the locale', () => {
    expect(read({ LANG: 'zh_CN.UTF-8' }).language).to.equal('zh');
    expect(read({ LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }).language).to.equal('en');
    expect(read({ LANG: 'zh_CN.UTF-8' }, { lang: 'en' }).language).to.equal('en');
    expect(() => read({}, { lang: 'fr' })).to.throw('no language fr');
  });
});

describe('isOn', () => {
  it('is what a person means by it', () => {
    expect(['1', 'true', 'yes', 'on', 'TRUE'].map(isOn)).to.deep.equal(Array(5).fill(true));
    expect([undefined, '', '0', 'false', 'no', 'Off'].map(isOn)).to.deep.equal(Array(6).fill(false));
  });
});

describe('createRandom', () => {
  const draw = (seed: number, count = 1_000) => {
    const random = createRandom(seed);
    return Array.from({ length: count }, random);
  };

  it('gives the same numbers for the same seed, and others for another', () => {
    expect(draw(7)).to.deep.equal(draw(7));
    expect(draw(7, 3)).to.not.deep.equal(draw(8, 3));
  });

  it('gives the numbers it has always given: stored seeds stay good', () => {
    expect(draw(7, 3).map((value) => value.toFixed(6))).to.deep.equal(['0.011705', '0.061958', '0.976908']);
  });

  it('stays in [0, 1) and spreads', () => {
    const values = draw(42);
    expect(Math.min(...values)).to.be.within(0, 0.02);
    expect(Math.max(...values)).to.be.within(0.98, 0.999999);
    expect(values.filter((value) => value < 0.5).length).to.be.within(430, 570);
  });
});

describe('redaction', () => {
  const redact = createRedactor(['s3cret', '']);

  it('masks a secret wherever it stands, and nothing else', () => {
    expect(redact('user=hacluster password=s3cret; s3crets')).to.equal('user=hacluster password=••••••; ••••••s');
    expect(redact('nothing here')).to.equal('nothing here');
  });

  it('goes through data whole and leaves its shape', () => {
    const event = { argv: ['pcs', '-p', 's3cret'], ok: true, none: null, count: 3, deep: { text: 'a s3cret b' } };
    const masked = redactData(event, redact);
    expect(JSON.stringify(masked)).to.not.include('s3cret');
    expect(masked).to.deep.include({ ok: true, none: null, count: 3 });
    expect(masked.argv).to.have.length(3);
    expect(event.deep.text).to.equal('a s3cret b');
  });
});

describe('parsePackages', () => {
  it('reads pairs and passes over the rest', () => {
    expect(parsePackages('pcs 0.11.5-1+deb12u1\ncorosync 3.1.7-1\nresource-agents \n\nno-version\n')).to.deep.equal({
      pcs: '0.11.5-1+deb12u1',
      corosync: '3.1.7-1',
    });
  });
});
