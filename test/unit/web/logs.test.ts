import { expect } from 'chai';
import type { StampedEvent } from '../../../src/model/event.js';
import { mergeLogs } from '../../../src/web/log-lines.js';
import { decisionsIn, parseDecisions } from '../../../src/web/scheduler.js';
import { runClockOf, storedLogsIn } from '../../../src/web/stored-logs.js';

/** As nodes of Debian 12 write them. */
const JOURNAL = `2026-11-29T10:41:43.724071+0100 ha-host1 systemd-journald[16]: Journal started
2026-11-29T10:42:26.900000+0100 ha-host1 corosync[297]:   [TOTEM ] A processor failed, forming new configuration
2026-11-29T10:42:27.100000+0100 ha-host1 pacemaker-controld[315]:  warning: Quorum lost
-- Boot 2c9bd8 --
`;
const PACEMAKER = `Nov 29 10:42:27.050 ha-host1 pacemakerd          [309] (crm_log_init) 	info: Changed active directory
Nov 29 10:42:27.100 ha-host1 pacemaker-controld  [315] (pcmk__x) 	warning: Quorum lost
`;
const CLOCK = { zeroMs: Date.parse('2026-11-29T09:41:43.000Z'), offsets: {} };

describe('the logs of all nodes', () => {
  it('are one list on the clock of the run, each line of pacemaker once', () => {
    const lines = mergeLogs(
      [
        { node: 'ha-host1', kind: 'pacemaker', text: PACEMAKER },
        { node: 'ha-host1', kind: 'journal', text: JOURNAL },
        { node: 'ha-host2', kind: 'journal', text: '2026-11-29T09:42:27.000000+0000 x corosync[1]: later' },
      ],
      { ...CLOCK, offsets: { 'ha-host2': 10 } },
    );
    expect(lines.map(({ atMs, node, program, level }) => [atMs, node, program, level])).to.deep.equal([
      [724, 'ha-host1', 'systemd-journald', 'info'],
      [43_900, 'ha-host1', 'corosync', 'warning'],
      [43_990, 'ha-host2', 'corosync', 'info'],
      [44_050, 'ha-host1', 'pacemakerd', 'info'],
      [44_100, 'ha-host1', 'pacemaker-controld', 'warning'],
    ]);
  });

  it('have the priority of the journal where that was stored', () => {
    const [first = '', second = ''] = JOURNAL.split('\n');
    const lines = mergeLogs(
      [
        { node: 'ha-host1', kind: 'journal', text: JOURNAL },
        { node: 'ha-host1', kind: 'journal-warnings', text: `${first}\n${second}` },
        { node: 'ha-host1', kind: 'journal-errors', text: second },
      ],
      CLOCK,
    );
    expect(lines.map(({ level }) => level)).to.deep.equal(['warning', 'error', 'warning']);
  });

  it('have those that only pacemaker wrote where there is no journal', () => {
    const lines = mergeLogs(
      [{ node: 'ha-host1', kind: 'pacemaker', text: PACEMAKER.replaceAll('10:42', '09:42') }],
      CLOCK,
    );
    expect(lines.map(({ atMs, level }) => [atMs, level])).to.deep.equal([
      [44_050, 'info'],
      [44_100, 'warning'],
    ]);
  });

  it('are found among the files of a run, and put on its clock by its first event', () => {
    const files = [
      { path: 'evidence/ha-host1/journal.log', bytes: 1, text: 'a' },
      { path: 'evidence/before-down/ha-host2/pacemaker.log', bytes: 1, text: 'b' },
      { path: 'evidence/ha-host1/pe-inputs.tar', bytes: 1 },
    ];
    expect(storedLogsIn(files)).to.deep.equal([
      { node: 'ha-host1', kind: 'journal', text: 'a' },
      { node: 'ha-host2', kind: 'pacemaker', text: 'b' },
    ]);
    const first = { kind: 'warning', text: '', seq: 0, at: '2026-11-29T09:41:43.500Z', ms: 500 } as StampedEvent;
    expect(runClockOf([first])).to.deep.equal(CLOCK);
  });
});

describe('the decisions of the scheduler', () => {
  it('are read with their scores and actions, each once', () => {
    const text = `@input pe-input-0.bz2 1795945351.5
Using the original execution date of: 2026-11-29 09:42:31Z
pcmk__primitive_assign: vip allocation score on ha-host1: 0
pcmk__primitive_assign: vip allocation score on ha-host2: -INFINITY
pcmk__primitive_assign: vip allocation score on ha-host2: -INFINITY

Stop       vip     ( ha-host1 )  due to no quorum
@input pe-input-1.bz2 1795945352
`;
    expect(parseDecisions(text)).to.deep.equal([
      {
        input: 'pe-input-0.bz2',
        wallMs: 1_795_945_351_500,
        scores: [
          { resource: 'vip', node: 'ha-host1', score: '0' },
          { resource: 'vip', node: 'ha-host2', score: '-INFINITY' },
        ],
        actions: ['Stop vip ( ha-host1 ) due to no quorum'],
      },
      { input: 'pe-input-1.bz2', wallMs: 1_795_945_352_000, scores: [], actions: [] },
    ]);
    expect(parseDecisions('')).to.deep.equal([]);
    const files = [
      { path: 'evidence/ha-host2/scheduler.txt', bytes: 1, text },
      { path: 'evidence/ha-host1/scheduler.txt', bytes: 1, text: '@input pe-input-9.bz2 1795945351.95\n' },
    ];
    expect(
      decisionsIn(files, { zeroMs: 1_795_945_351_000, offsets: { 'ha-host2': 100 } }).map(({ atMs, node }) => [
        atMs,
        node,
      ]),
    ).to.deep.equal([
      [400, 'ha-host2'],
      [900, 'ha-host2'],
      [950, 'ha-host1'],
    ]);
  });
});
