import { expect } from 'chai';
import { pastedLines } from '../../../../src/cluster/paste/pasted-lines.js';
import { causeLogged, printedLines } from '../../../../src/cluster/paste/printed-lines.js';
import { askedHost, asksForStatus, bareCommandIn, promptIn } from '../../../../src/cluster/paste/segments.js';
import { unwrapped } from '../../../../src/cluster/paste/wraps.js';
import { beginsLine } from '../../../../src/cluster/text/lines.js';

const lineOf = (raw: string) => ({ raw, text: raw });
const wrapped = (text: string): readonly string[] =>
  unwrapped(text.split('\n').map(lineOf)).map(({ text: whole }) => whole);
const restored = (source: string): readonly string[] => pastedLines(source).map(({ text }) => text);
const printed = (line: string): readonly string[] => printedLines([lineOf(line)]).map(({ text }) => text);

describe('the escapes of Markdown', () => {
  it('are undone where a bullet or a list of names is escaped', () => {
    expect(restored("  \\* vip\\_1_start_0 on a \\'error\\' (1)")).to.deep.equal([
      "  * vip_1_start_0 on a 'error' (1)",
    ]);
    expect(restored('Online: \\[ a b \\]')).to.deep.equal(['Online: [ a b ]']);
  });

  it('are kept in a text that is not escaped', () => {
    const reason = "* x_start_0 on a 'error' (1): exitreason='no such file C:\\_data'";
    expect(restored(reason)).to.deep.equal([reason]);
  });
});

describe('the line breaks of a web page', () => {
  it('are line breaks, of which a real one behind them is part', () => {
    expect(restored('Online: [ a ]<br>OFFLINE: [ b ]<br/>\nx<BR />y')).to.deep.equal([
      'Online: [ a ]',
      'OFFLINE: [ b ]',
      'x',
      'y',
    ]);
  });

  it('are not what an agent prints in angle brackets', () => {
    expect(restored('exitreason=<broken>')).to.deep.equal(['exitreason=<broken>']);
  });

  it('leave no tags of paragraphs and spans', () => {
    expect(restored('<p><span class="x">Online: [ a ]</span></p>')).to.deep.equal(['Online: [ a ]']);
  });
});

describe('a text on one line', () => {
  it('is split where lines of a status begin', () => {
    expect(
      restored(
        'Stack: corosync Current DC: a (version 1.1.18) - partition with quorum 2 nodes configured Online: [ a b ] Full list of resources: vip (ocf::heartbeat:IPaddr2): Started a Daemon Status: corosync: active/enabled',
      ),
    ).to.deep.equal([
      'Stack: corosync',
      'Current DC: a (version 1.1.18) - partition with quorum',
      '2 nodes configured',
      'Online: [ a b ]',
      'Full list of resources:',
      'vip (ocf::heartbeat:IPaddr2): Started a',
      'Daemon Status:',
      'corosync: active/enabled',
    ]);
  });

  it('is left where it is one line of a status', () => {
    for (const line of [
      'Last updated: Mon Jan 10 10:00:00 2022          Last change: Mon Jan 10 09:59:00 2022 by root via crm_attribute on alpha',
      "* x_start_0 on a 'error' (1): call=1, status='complete', exitreason='Online: [ a ] * b', last-rc-change='Mon', exec=1ms",
    ])
      expect(restored(line)).to.deep.equal([line]);
  });

  it('is known by the words that lines begin with', () => {
    for (const line of ['  * Online: [ a ]', 'vip (ocf::heartbeat:IPaddr2): Stopped', '2 nodes configured'])
      expect(beginsLine(line), line).to.equal(true);
    for (const line of ['r/run/db.lock', 'No stonith devices and stonith-enabled is not false'])
      expect(beginsLine(line), line).to.equal(false);
  });
});

describe('lines that a terminal broke', () => {
  const action = (reason: string) =>
    `* db_start_0 on beta 'unknown error' (1): call=23, status=complete, exitreason='${reason}`;

  it('are joined inside a word up to the end of the reason', () => {
    expect(
      wrapped(`${action('Data may be old. Remove the file /va')}\nr/run/db.lock to start.',\n    queued=0ms`),
    ).to.deep.equal([`${action('Data may be old. Remove the file /var/run/db.lock to start.')}',`, '    queued=0ms']);
  });

  it('are joined with a blank where mail broke them', () => {
    expect(wrapped(`* x_start_0 on a 'error' (1): call=1, exitreason='no such\nfile', exec=1ms`)).to.deep.equal([
      "* x_start_0 on a 'error' (1): call=1, exitreason='no such file', exec=1ms",
    ]);
  });

  it('are joined in the wording of pacemaker 2.1 too', () => {
    expect(
      wrapped("  * db start on beta returned 'error' (Data may\nbe old) at Mon Jan 10 09:58:23 2022 after 1s"),
    ).to.deep.equal(["  * db start on beta returned 'error' (Data may be old) at Mon Jan 10 09:58:23 2022 after 1s"]);
  });

  it('are joined at the width of the terminal, inside a name', () => {
    const text =
      'Current DC: alpha-database-node.example.com (version 2.1.6-1.el9-6fdc9deea29) - partition with quorum\n' +
      'Online: [ alpha-database-node.example.com beta-database-node.example.com gamma-d\natabase-node.example.com ]\n';
    const eighty = text.split('\n')[1] ?? '';
    expect(eighty).to.have.length(80);
    const narrow = `Stack: corosync\n${text.split('\n').slice(1).join('\n')}`;
    expect(wrapped(narrow)[1]).to.equal(
      'Online: [ alpha-database-node.example.com beta-database-node.example.com gamma-database-node.example.com ]',
    );
  });

  it('are joined where the halves make a word of the text or of every status', () => {
    const alone = 'Online: [ alpha-node ]';
    // With tab stops, 80 columns.
    const full = ` vip\t(ocf::heartbeat:IPaddr2):\t${' '.repeat(27)}Started alpha`;
    expect(wrapped(`${alone}\n${full}\n-node`)).to.deep.equal([alone, `${full}-node`]);
    expect(wrapped(`${alone}\n${full}\n-other`)).to.deep.equal([alone, full, '-other']);
    expect(wrapped(`${alone}\n${full}\n\0`)).to.deep.equal([alone, full, '\0']);
  });

  it('are not joined with a line of its own, a bullet or a blank line', () => {
    const full = `vip (ocf::heartbeat:IPaddr2): Started ${'a'.repeat(42)}`;
    for (const next of ['vip2 (ocf::heartbeat:IPaddr2): Stopped', '  * x', '', '    indented'])
      expect(wrapped(`${full}\n${next}`)).to.deep.equal([full, next]);
  });
});

describe('a remark behind a line', () => {
  it('is dropped where the line is one of a status', () => {
    expect(printed('Online: [ a b ]     # both there')).to.deep.equal(['Online: [ a b ]']);
    expect(printed(' vip\t(lsb:x):\tStarted a  <--- here')).to.deep.equal([' vip\t(lsb:x):\tStarted a']);
    expect(printed('  * vip (ocf::heartbeat:IPaddr2): Started a <== ?')).to.deep.equal([
      '  * vip (ocf::heartbeat:IPaddr2): Started a',
    ]);
  });

  it('is kept in any other line, and in brackets', () => {
    for (const line of [
      '    + sign : a@b # c',
      'Resource Group: g (one # two)',
      "* x_start_0 on a 'e' (1): exitreason='a # b'",
    ])
      expect(printed(line)).to.deep.equal([line]);
  });
});

describe('a text inside JSON', () => {
  const LINES = ['Cluster name: c', 'Stack: corosync', '  * Online: [ a ]', 'x \'y"z'];

  it('has its line breaks again, without what stands around it', () => {
    const json = `fatal: [a]: FAILED! => ${JSON.stringify({ changed: true, stdout: LINES.join('\n') })}`;
    expect(restored(json)).to.deep.equal(LINES);
    const between = JSON.stringify({ stdout: LINES.join('\n'), rc: 0 });
    expect(restored(between)).to.deep.equal(LINES);
  });

  it('is a text where it is a list of lines', () => {
    const list = JSON.stringify({ stdout_lines: LINES }, undefined, 4);
    expect(restored(list)).to.deep.equal(LINES);
  });

  it('is not any text with a backslash or with quotes', () => {
    const lines = ["* x_start_0 on a 'error' (1): exitreason='C:\\new'", '"x",'];
    expect(restored(lines.join('\n'))).to.deep.equal(lines);
  });
});

describe('numbers of lines', () => {
  it('are dropped where every line has one', () => {
    expect(restored('  1  Cluster name: c\n  2  Stack: corosync\n\n  3\n  4    x: y')).to.deep.equal([
      '  Cluster name: c'.slice(1),
      ' Stack: corosync',
      '',
      '',
      '   x: y',
    ]);
  });

  it('are kept where they count something else', () => {
    const lines = ['2 nodes configured', '3 resources configured', 'Online: [ a ]', '4 x'];
    expect(restored(lines.join('\n'))).to.deep.equal(lines);
  });
});

describe('a prompt', () => {
  it('is told with its host and the command', () => {
    expect(promptIn('[root@alpha ~]# pcs status')).to.deep.equal({ host: 'alpha', command: 'pcs status' });
    expect(promptIn('root@beta:~# ')).to.deep.equal({ host: 'beta', command: '' });
    expect(promptIn('gamma:~ # crm_mon -1r')).to.deep.equal({ host: 'gamma', command: 'crm_mon -1r' });
    expect(promptIn('crm(live/delta)# status')).to.deep.equal({ host: 'delta', command: 'crm status' });
    expect(promptIn('alpha | CHANGED | rc=0 >>')).to.deep.equal({ host: 'alpha', command: '', isAnswer: true });
    expect(promptIn('$ sudo crm_mon -1')).to.deep.equal({ command: 'sudo crm_mon -1' });
    expect(promptIn('  * vip\t(ocf:heartbeat:IPaddr2):\t Started a')).to.equal(undefined);
  });

  it('of a mark alone needs a known program, because remarks begin so too', () => {
    expect(bareCommandIn('# pcs resource move web')).to.deep.equal({ command: 'pcs resource move web' });
    expect(bareCommandIn('# this was on the first node')).to.equal(undefined);
  });

  it('asks for a status, on this host or another', () => {
    for (const command of [
      'pcs status --full',
      'sudo crm_mon -1r',
      'crm status',
      'watch -n 1 pcs status',
      'ssh root@beta pcs status',
      'pdsh -w alpha,beta sudo pcs status',
      'clush -ab crm_mon -1',
      'ansible ha -b -a "pcs status --full"',
    ])
      expect(asksForStatus(command), command).to.equal(true);
    for (const command of ['pcs resource move web', 'systemctl status pacemaker', 'journalctl -u pacemaker'])
      expect(asksForStatus(command), command).to.equal(false);
    expect(askedHost('ssh -t root@beta pcs status')).to.equal('beta');
  });
});

describe('lines from elsewhere', () => {
  it('are fences, buttons, remarks, and what ssh and Ansible say', () => {
    for (const line of [
      '``` shell',
      '````',
      '~~~',
      '复制代码',
      'Copy code',
      '# on the first node:',
      "Warning: Permanently added 'alpha,192.0.2.1' (ECDSA) to the list of known hosts.",
      'Connection to alpha closed.',
      'fatal: [alpha]: UNREACHABLE! => {"changed": false}',
      'alpha | CHANGED | rc=0 >>',
      'TASK [cluster status] *********',
    ])
      expect(printed(line), line).to.deep.equal([]);
  });

  it('are no lines of a status, and no errors of its tools', () => {
    for (const line of [
      'Error: cluster is not currently running on this node',
      'Warning: Unable to read the known-hosts file',
      '*** Resource management is DISABLED ***',
      '  * Online: [ a ]',
      '    * #health : green',
    ])
      expect(printed(line), line).to.deep.equal([line]);
  });
});

describe('a log line', () => {
  const LINES = [
    'Jan 10 09:59:01 alpha pengine[803]:    error: Resource start-up disabled since no STONITH resources have been defined',
    'Jan 10 09:59:01 [803] alpha    pengine:    error: unpack_resources: Resource start-up disabled since no STONITH resources have been defined',
    'Jan 10 09:59:01 alpha pacemaker-schedulerd [803] (unpack_resources) \terror: Resource start-up disabled since no STONITH resources have been defined',
    '2022-01-10T09:59:01.123456+01:00 alpha pacemaker-schedulerd[803]:  error: Resource start-up disabled since no STONITH resources have been defined',
  ];

  it('of pacemaker names a cause, in every form of the log', () => {
    for (const line of LINES)
      expect(causeLogged(line), line).to.equal(
        'Resource start-up disabled since no STONITH resources have been defined',
      );
  });

  it('of others, or of anything else, names none, and is a log line all the same', () => {
    const others = [
      'Jan 10 09:59:01 alpha sshd[9]: error: Resource start-up disabled since no STONITH resources have been defined',
      'Jan 10 09:59:01 alpha pengine[803]:   notice: Calculated transition 3',
    ];
    for (const line of others) expect([printed(line), causeLogged(line)]).to.deep.equal([[], undefined]);
  });

  it('begins with a date, which no line of a status does', () => {
    const line = 'Last updated: Mon Jan 10 10:00:00 2022';
    expect(printed(line)).to.deep.equal([line]);
  });
});
