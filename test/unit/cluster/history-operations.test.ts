import { expect } from 'chai';
import { startsIn } from '../../../src/cluster/history.js';
import { fencingCallsIn, operationsIn, readOperations, resultIn } from '../../../src/cluster/operations.js';

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
      found: [{ atS: 971, resource: 'vip', operation: 'start', result: 'ok' }],
      clockS: 1000.25,
    });
    expect(readOperations(printed(100), 29_000).found).to.deep.equal([]);
  });

  it('are not known of a journal that begins later, is empty, or was cut off', () => {
    expect(readOperations(printed(980), 30_000)).to.deep.equal({
      found: [],
      problem: 'its journal does not go back that far',
    });
    expect(readOperations('1000.25\n--\n', 30_000).problem).to.equal('its journal is empty or could not be read');
    expect(readOperations('1000.25\n', 30_000).problem).to.equal('its answer was cut off');
  });
});

describe('calls of fence devices in a journal', () => {
  it('are read as fencers of any generation log them, without those that were merged', () => {
    const lines = [
      "5.5 n pacemaker-fenced[9]:  error: Operation 'reboot' [71] targeting ha-host2 using ipmi-1 returned 1 (timed out), retrying with ipmi-2 (1 device remaining)",
      "6 n pacemaker-fenced[9]:  error: Operation 'off' targeting ha-host2 using ipmi-1 could not be executed: Timed out",
      "7 n pacemaker-fenced[9]:  notice: Operation 'reboot' [72] targeting ha-host2 using ipmi-2 returned 0",
      "7 n pacemaker-fenced[9]:  notice: Operation 'reboot' [72] targeting ha-host2 using ipmi-2 returned 0 | merged call 3 from pacemaker-controld.7",
      "8 n stonith-ng[9]:  notice: Operation 'reboot' [73] (call 2 from crmd.7) for host 'ha-host3' with device 'ipmi' returned: 0 (OK)",
      "8 n pacemaker-fenced[9]:  notice: Operation 'reboot' targeting ha-host2 by ha-host1 for pacemaker-controld.7@ha-host3: OK (complete)",
    ];
    expect(fencingCallsIn(lines.join('\n'))).to.deep.equal([
      { atS: 5.5, target: 'ha-host2', action: 'reboot', device: 'ipmi-1', ok: false },
      { atS: 6, target: 'ha-host2', action: 'off', device: 'ipmi-1', ok: false },
      { atS: 7, target: 'ha-host2', action: 'reboot', device: 'ipmi-2', ok: true },
      { atS: 8, target: 'ha-host3', action: 'reboot', device: 'ipmi', ok: true },
    ]);
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
