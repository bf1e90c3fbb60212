import { expect } from 'chai';
import { parsePacemakerTime, parseTimeConstants, readTimeConstants } from '../../../src/cluster/constants.js';
import { LabError } from '../../../src/model/errors.js';
import { rejection } from '../../support/rejection.js';
import { fakeTransport } from './fake-transport.js';

const TOTEM = `runtime.config.totem.consensus (u32) = 4380
runtime.config.totem.token (u32) = 3650
runtime.config.totem.token_retransmit (u32) = 869
`;

describe('time constants', () => {
  it('are read in one command', async () => {
    let asked = 0;
    const transport = fakeTransport('a', () => {
      asked += 1;
      return { stdout: `${TOTEM}dc-deadtime 0 5s\n` };
    });
    expect(await readTimeConstants(transport)).to.deep.equal({ token: 3650, consensus: 4380, 'dc-deadtime': 5000 });
    expect(asked).to.equal(1);
  });

  it('take the default where dc-deadtime is not set', () => {
    for (const said of ['105 Error performing operation: No such device or address', '6 ', '0 ']) {
      expect(parseTimeConstants(`${TOTEM}dc-deadtime ${said}\n`)).to.have.property('dc-deadtime', 20_000);
    }
  });

  it('are not guessed where pacemaker or corosync does not answer', async () => {
    expect(parseTimeConstants(`${TOTEM}dc-deadtime 102 Could not connect to the CIB\n`)).to.be.a('string');
    expect(parseTimeConstants('')).to.be.a('string');
    const down = fakeTransport('a', () => ({
      exitCode: 1,
      stderr: 'Failed to initialize the cmap API. Error CS_ERR_LIBRARY',
    }));
    const error = await rejection(readTimeConstants(down));
    expect(error).to.include({ code: 'status-unreadable' });
    expect(error.message).to.contain('on a').and.contain('cmap API');
    const gone = fakeTransport('a', () => new LabError('node-unreachable', 'a is gone'));
    expect((await rejection(readTimeConstants(gone))).code).to.equal('status-unreadable');
  });

  it("read pacemaker's ways to write a time", () => {
    const times = {
      '20s': 20_000,
      '20': 20_000,
      '2min': 120_000,
      '500ms': 500,
      '1h': 3_600_000,
      PT1M30S: 90_000,
      P1D: 86_400_000,
    };
    for (const [text, ms] of Object.entries(times)) expect(parsePacemakerTime(text), text).to.equal(ms);
    for (const text of ['', 'soon', '5 parsecs', 'P']) expect(parsePacemakerTime(text), text).to.equal(undefined);
  });
});
