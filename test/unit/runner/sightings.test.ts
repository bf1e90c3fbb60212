import { expect } from 'chai';
import type { Cib } from '../../../src/model/cib.js';
import type { LabObservation } from '../../../src/model/observation.js';
import { createMemoryRun } from '../../support/memory-run.js';

const cib = (epoch: number, properties: Cib['properties']) =>
  ({
    version: { adminEpoch: 0, epoch, numUpdates: 0 },
    configurationDigest: JSON.stringify(properties),
    ...{ properties, resourceDefaults: {}, nodes: [], resources: [], constraints: [] },
  }) as unknown as Cib;
const observed = (...cibs: readonly Cib[]): LabObservation => ({
  ...{ at: '', arp: [] },
  nodes: cibs.map((each, index) => ({ node: `ha-host${index + 1}`, answered: true, problems: {}, cib: each })),
});

describe('sightings', () => {
  it('are events where a node reports something else than before, and only there', async () => {
    const { session, events } = await createMemoryRun();
    const seen = () => events.flatMap((event) => (event.kind === 'node-seen' ? [event.view.answered] : []));
    await session.read.state('ha-host1');
    await session.read.state('ha-host1');
    expect(seen()).to.deep.equal([true]);
    session.observed.keep({ at: '', arp: [], nodes: [{ node: 'ha-host1', answered: false, problems: {} }] });
    expect(seen()).to.deep.equal([true, false]);
    session.beginLab();
    await session.read.state('ha-host1');
    await session.read.state('ha-host1');
    expect(seen()).to.deep.equal([true, false, true]);
  });

  it('have what the configuration became, by its newest copy', async () => {
    const { session, events } = await createMemoryRun();
    const [off, on] = [cib(1, { 'stonith-enabled': 'false' }), cib(2, { 'stonith-enabled': 'true' })];
    session.observed.keep(observed(off));
    session.observed.keep(observed(off));
    session.observed.keep(observed(off, on));
    expect(events.flatMap((event) => (event.kind === 'configuration-changed' ? event.changes : []))).to.deep.equal([
      { what: 'property stonith-enabled', after: 'false' },
      { what: 'property stonith-enabled', before: 'false', after: 'true' },
    ]);
  });
});
