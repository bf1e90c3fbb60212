import { expect } from 'chai';
import { operationsIn, readOperations, resultIn, startsIn } from '../../../src/cluster/history.js';

/** Recorded of pacemaker 2.1.5 on Debian 12 by `journalctl -o short-unix`. */
const STARTED = 'ha-host2 pacemaker-controld[60]:  notice: Result of start operation for vip on ha-host2: ok';

describe('operations in a journal', () => {
  it('are read as controllers of any generation log them, without probes and monitors', () => {
    const lines = [
      `1.5 ${STARTED}`,
      '2 ha-host2 crmd[60]:  notice: Result of stop operation for vip on ha-host2: 0 (ok)',
      '3 ha-host2 pacemaker-controld[60]:  error: Result of promote operation for db:1 on ha-host2: error | CIB update 9, graph action confirmed; call=9 key=db_promote_0',
      '4 ha-host2 pacemaker-controld[60]:  notice: Requesting local execution of probe operation for vip on ha-host2',
      '4 ha-host2 pacemaker-controld[60]:  notice: Result of probe operation for vip on ha-host2: ok',
      '4 ha-host2 pacemaker-controld[60]:  notice: Result of monitor operation for vip on ha-host2: ok',
    ];
    expect(operationsIn(lines.join('\n'))).to.deep.equal([
      { atS: 1.5, resource: 'vip', operation: 'start', result: 'ok' },
      { atS: 2, resource: 'vip', operation: 'stop', result: '0 (ok)' },
      { atS: 3, resource: 'db', operation: 'promote', result: 'error' },
    ]);
  });

  it('name the node that executed them', () => {
    expect(resultIn(STARTED)).to.deep.equal({ operation: 'start', resource: 'vip', node: 'ha-host2', result: 'ok' });
    expect(resultIn('Requesting local execution of start operation for vip on ha-host2')).to.equal(undefined);
  });
});

describe('the operations of the last seconds', () => {
  const printed = (firstS: number) =>
    `1000.25\n${firstS} ha-host2 systemd[1]: Started.\n--\n970 ${STARTED}\n971 ${STARTED}\n`;

  it('are counted back from the clock of the node', () => {
    expect(readOperations(printed(100), 30_000)).to.deep.equal({
      operations: [{ atS: 971, resource: 'vip', operation: 'start', result: 'ok' }],
    });
    expect(readOperations(printed(100), 29_000).operations).to.deep.equal([]);
  });

  it('are not known of a journal that begins later, is empty, or was cut off', () => {
    expect(readOperations(printed(980), 30_000)).to.deep.equal({
      operations: [],
      problem: 'its journal does not go back that far',
    });
    expect(readOperations('1000.25\n--\n', 30_000).problem).to.equal('its journal is empty or could not be read');
    expect(readOperations('1000.25\n', 30_000).problem).to.equal('its answer was cut off');
  });
});

describe('starts in the CIB', () => {
  it('are read with their node and time, and left out where one of the two is missing', () => {
    const xml = `<xpath-query>
      <lrm_rsc_op id="vip_last_0" operation="start" on_node="ha-host2" rc-code="0" last-rc-change="1700000000"/>
      <lrm_rsc_op id="web_last_0" operation="start" rc-code="0" last-rc-change="1700000001"/>
    </xpath-query>`;
    expect(startsIn(xml)).to.deep.equal([{ node: 'ha-host2', atS: 1_700_000_000 }]);
  });
});
