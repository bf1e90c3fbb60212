import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { forwardJson } from '../../../src/cli/commands/connect.js';
import { faultJson } from '../../../src/cli/commands/inject.js';
import { runsJson } from '../../../src/cli/commands/run.js';
import { foldRun } from '../../../src/report/summary.js';
import { runJsonOf } from '../../../src/report/summary-json.js';
import { staleSchemas, wantedSchemas } from '../../../tools/schemas.js';
import { ANSWERS, problemsBy, schemaOf } from '../../support/json-schemas.js';
import { CUT, eventsOf, MEND } from '../report/sample-run.js';

describe('the schemas of JSON answers', () => {
  it('are those that the code has: npx tsx tools/schemas.ts writes them', () => {
    expect(staleSchemas()).to.deep.equal([]);
  });

  it('are all generated: no file under schemas/ is kept manually', () => {
    expect(readdirSync(join(import.meta.dirname, '../../../schemas'))).to.have.members(Object.keys(wantedSchemas()));
  });

  for (const name of ANSWERS) {
    it(`${name} says which answer it is of, and takes no other`, () => {
      const schema = schemaOf(name) as { $id: string; additionalProperties: boolean };
      expect(schema).to.include({ $id: `halab.${name}/1`, additionalProperties: false });
      expect(problemsBy(name, {})).to.not.deep.equal([]);
      expect(problemsBy(name, { schema: `halab.${name}/2` })).to.include('/schema must be equal to constant');
    });
  }

  it('know a fault injected manually', () => {
    const entry = { id: 'manual/1', at: '2026-11-23T08:31:55.000Z', run: 'manual' };
    const fault = { kind: 'link-down', node: 'ha-host1', link: 'eth1', by: 'admin' } as const;
    expect(problemsBy('fault', faultJson({ ...entry, fault }))).to.deep.equal([]);
    expect(problemsBy('fault', faultJson({ ...entry, fault: { kind: 'freeze', node: 'ha-host1' } }))).to.deep.equal([]);
    expect(problemsBy('fault', { ...faultJson({ ...entry, fault }), fault: { kind: 'freeze' } })).to.not.deep.equal([]);
  });

  it('know a port that is listened on', () => {
    const answer = forwardJson('127.0.0.1:40123', { localPort: 0, host: '192.168.56.24', port: 80 }, 'iscsi-disks');
    expect(answer).to.include({ listen: '127.0.0.1:40123', to: '192.168.56.24:80' });
    expect(problemsBy('forward', answer)).to.deep.equal([]);
  });

  it('know one run, several, and none', () => {
    const run = JSON.parse(JSON.stringify(runJsonOf(foldRun(eventsOf([CUT, MEND], 'passed')), '/reports/x')));
    expect(problemsBy('run', runsJson([run]))).to.deep.equal([]);
    expect(problemsBy('runs', runsJson([run, run]))).to.deep.equal([]);
    expect(problemsBy('runs', runsJson([]))).to.deep.equal([]);
    expect(problemsBy('runs', { schema: 'halab.runs/1', runs: [{ ...run, verdict: 'fine' }] })).to.not.deep.equal([]);
  });
});
