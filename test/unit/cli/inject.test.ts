import { expect } from 'chai';
import { faultJson } from '../../../src/cli/commands/inject.js';
import { measuredLines } from '../../../src/cli/commands/inject-lines.js';
import type { ProbeResult } from '../../../src/model/event.js';
import { pageOf } from '../../../src/report/closing-page.js';
import { problemsBy } from '../../support/json-schemas.js';
import { CUT } from '../report/sample-run.js';

const [PROBE] = CUT.probes ?? [];
const probe = (parts: Partial<ProbeResult> = {}): ProbeResult => {
  if (PROBE === undefined) throw new Error('the sample has a probe');
  return { ...PROBE, probe: 'vip', ...parts };
};

describe('what halab fault inject measured', () => {
  const said = (parts: Partial<Parameters<typeof measuredLines>[0]>, language: 'en' | 'zh' = 'en') =>
    measuredLines(
      { probes: [], unanswered: [], withinMs: 60_000, constants: CUT.constants, ...parts },
      pageOf({ language, color: false, width: 100 }),
    ).join('\n');

  it('is the outage with its floor', () => {
    const text = said({ probes: [probe()] });
    expect(text).to.match(/^ {2}vip \(192\.168\.56\.24\):\n {2}Outage {4}8\.24s \(410 of 600/);
    expect(text).to.contain('floor: token');
    expect(said({ probes: [probe()] }, 'zh')).to.contain('中断');
  });

  it('says what has not ended, what was not there, and what never was away', () => {
    const [window] = probe().windows;
    if (window === undefined) throw new Error('the sample has a window');
    expect(said({ probes: [probe({ windows: [{ ...window, ended: false }] })] })).to.match(/vip does not answer yet/);
    expect(said({ unanswered: ['vip'] })).to.contain('vip did not answer before the fault either');
    expect(said({ probes: [probe({ windows: [], answered: 600 })] })).to.contain(
      'vip: the client got every answer in the 12.00s that were watched',
    );
    expect(said({})).to.equal('');
  });

  it('is in the JSON as the schema has it', () => {
    const entry = { id: 'manual/1', at: '2026-11-25T04:00:00Z', run: 'manual' };
    const fault = { kind: 'freeze', node: 'ha-host1' };
    const targets = { 'holder of vip': 'ha-host1' };
    const json = faultJson({ ...entry, fault }, { mayDo: 'move vip', targets, probes: [probe()], unanswered: ['web'] });
    expect(problemsBy('fault', JSON.parse(JSON.stringify(json)))).to.deep.equal([]);
    expect(json).to.include({ expectedBehaviour: 'move vip' });
    const plain = faultJson({ ...entry, fault }, { mayDo: 'x', targets: {}, probes: [], unanswered: [] });
    expect(plain).to.not.have.any.keys('targets', 'probes', 'unanswered', 'others');
    const others = [{ ...entry, id: 'manual/1-2', fault: { ...fault, node: 'ha-host2' } }];
    const several = faultJson({ ...entry, fault }, { others, mayDo: 'x', targets: {}, probes: [], unanswered: [] });
    expect(problemsBy('fault', JSON.parse(JSON.stringify(several)))).to.deep.equal([]);
    expect(several).to.deep.include({ others });
  });
});
