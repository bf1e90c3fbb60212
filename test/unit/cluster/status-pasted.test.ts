import { expect } from 'chai';
import { parseStatusText } from '../../../src/cluster/read-session.js';
import { fixture } from './fixture.js';

const BOOKWORM = fixture('bookworm.txt');
const OLDER = fixture('status/087-crm_status-maintenance-unmanaged-1.1.16.txt');
const GROUPS = fixture('crm_mon/2.1.5__complete-text-output-with-detail.txt');
const ESC = String.fromCharCode(27);

const everyLine = (text: string, change: (line: string) => string): string => text.split('\n').map(change).join('\n');

describe('what people paste', () => {
  const additions: readonly (readonly [what: string, paste: (text: string) => string])[] = [
    ['a prompt of bash', (text) => `[root@ha-host1 ~]# pcs status --full\n${text}[root@ha-host1 ~]# `],
    ['a prompt of Debian', (text) => `root@ha-host1:~# crm_mon -1rfA\n${text}\nroot@ha-host1:~# `],
    ['a prompt of SLES', (text) => `hana01:~ # crm status\n${text}hana01:~ # `],
    ['a bare prompt', (text) => `$ sudo crm_mon -1\n${text}`],
    ['a command alone', (text) => `\nsudo pcs cluster status\n\n${text}`],
    ['the shell of crmsh', (text) => `crm(live/ha-host1)# status\n${text}crm(live/ha-host1)# quit\n`],
    ['quote marks', (text) => everyLine(text, (line) => `> ${line}`)],
    ['quote marks of a quote', (text) => everyLine(text, (line) => `>> ${line}`.trimEnd())],
    ['comment marks below a command', (text) => `# pcs status\n${everyLine(text, (line) => `# ${line}`.trimEnd())}`],
    ['a code fence', (text) => `\`\`\`console\n$ pcs status\n${text}\`\`\`\n`],
    ['the line ends of Windows', (text) => text.replaceAll('\n', '\r\n')],
    ['spaces for tabs', (text) => text.replaceAll('\t', '        ')],
    ['a byte-order mark', (text) => `\uFEFF${text}`],
    ['blanks at the ends of lines', (text) => everyLine(text, (line) => `${line}  `)],
    ['a block quoted by indentation', (text) => everyLine(text, (line) => `    ${line}`)],
    ['colours', (text) => text.replace(/\b(Online|OFFLINE|Started|Stopped)\b/g, `${ESC}[1;32m$1${ESC}[0m${ESC}(B`)],
    ['emphasis', (text) => text.replace(/^( *\* )?((?:Current DC|Online|OFFLINE):.*)$/gm, '$1**$2**')],
    ['the header of watch', (text) => `Every 2.0s: pcs status        ha-host1: Mon Nov 23 08:26:04 2026\n\n${text}`],
  ];
  for (const [what, paste] of additions) {
    it(`reads past ${what}`, () => {
      for (const text of [BOOKWORM, OLDER, GROUPS])
        expect(parseStatusText(paste(text))).to.deep.equal(parseStatusText(text));
    });
  }

  it('keeps lines of a status that look like a prompt or a quote', () => {
    const text =
      'Full List of Resources:\n  * watch\t(ocf:heartbeat:Dummy):\t Started a\n  * pcs\t(lsb:pcs):\t Stopped\n\nNode Attributes:\n  * Node: a:\n    * sign : a@b # c\n    * mark : > x\n';
    const { resources, attributes, unparsed } = parseStatusText(text);
    expect(resources.map(({ id }) => id)).to.deep.equal(['watch', 'pcs']);
    expect(attributes.map(({ value }) => value)).to.deep.equal(['a@b # c', '> x']);
    expect(unparsed).to.deep.equal([]);
  });

  it('keeps the output of another command as not understood', () => {
    const { unparsed } = parseStatusText(`${BOOKWORM}[root@a ~]# ip a\n1: lo: <LOOPBACK,UP>\n`);
    expect(unparsed).to.deep.equal(['1: lo: <LOOPBACK,UP>']);
  });
});

describe('errors and warnings in a status', () => {
  it('reads errors of every tool, with the lines that belong to them', () => {
    const { errors, unparsed, truncated } = parseStatusText(
      'Error: error running crm_mon, is pacemaker running?\n  Could not connect to the CIB: Transport endpoint is not connected\n    it says\n\nConnection to cluster failed: Transport endpoint is not connected\nERROR: status: crm_mon (rc=102): \n-bash: pcs: command not found\n',
    );
    expect(errors.join('\n')).to.equal(
      'Error: error running crm_mon, is pacemaker running?\nCould not connect to the CIB: Transport endpoint is not connected\nit says\nConnection to cluster failed: Transport endpoint is not connected\nERROR: status: crm_mon (rc=102):\n-bash: pcs: command not found',
    );
    expect(unparsed).to.deep.equal([]);
    expect(truncated).to.deep.equal([]);
  });

  it('reads what crm_mon says where it cannot ask the fencer (tools/crm_mon.c of 2.0.3 to 3.0)', () => {
    const { errors, failedFencing } = parseStatusText(
      'Failed Fencing Actions:\n  * Failed to get fencing history: Insufficient privileges\n',
    );
    expect(errors).to.deep.equal(['Failed to get fencing history: Insufficient privileges']);
    expect(failedFencing).to.deep.equal([]);
  });

  it('reads an error beside a status', () => {
    const state = parseStatusText(`Error: Unable to get PCSD status\n${BOOKWORM}`);
    expect(state).to.deep.equal({ ...parseStatusText(BOOKWORM), errors: ['Error: Unable to get PCSD status'] });
  });

  it('reads a block of warnings, where what crm_verify says stands too (pcs 0.12)', () => {
    const { warnings, errors } = parseStatusText(
      'Cluster name: c\n\nWARNINGS:\nNo stonith devices and stonith-enabled is not false\nerror: Resource start-up disabled since no STONITH resources have been defined\n\nCluster Summary:\n  * Stack: corosync\n',
    );
    expect(warnings).to.have.length(2);
    expect(errors).to.deep.equal([]);
  });

  it('reads warnings wherever they stand, with the lines that belong to them', () => {
    const { warnings, tickets, unparsed } = parseStatusText(
      'Cluster name: c\nWARNING: corosync and pacemaker node names do not match (IPs used in setup?)\nStack: corosync\n\nTickets:\n  WARNING: Unable to get information about tickets\n    crm_ticket is missing\n',
    );
    expect(warnings).to.deep.equal([
      'corosync and pacemaker node names do not match (IPs used in setup?)',
      'Unable to get information about tickets\ncrm_ticket is missing',
    ]);
    expect({ tickets, unparsed }).to.deep.equal({ tickets: [], unparsed: [] });
  });

  it('ends a block of warnings at the summary where the blank line was lost', () => {
    const text = BOOKWORM.split('\n')
      .map((line) => line.replace(/^[\s*]+/, ''))
      .filter(Boolean)
      .join('\n');
    expect(parseStatusText(text)).to.deep.include({
      warnings: ['No stonith devices and stonith-enabled is not false'],
      unparsed: [],
      truncated: [],
    });
  });
});

describe('outputs that are not whole', () => {
  const summary =
    'Cluster name: c\nCluster Summary:\n  * Current DC: a (version 2.1.5) - partition with quorum\n  * 2 nodes configured\n  * 2 resource instances configured\n';
  const nodes = '\nNode List:\n  * Online: [ a b ]\n';
  const resources = '\nFull List of Resources:\n  * x\t(lsb:x):\t Started a\n  * y\t(lsb:y):\t Stopped\n';
  const daemons = '\nDaemon Status:\n  corosync: active/enabled\n';
  const whole = [summary, nodes, resources, daemons];
  const reasons = (parts: readonly string[]): readonly string[] => parseStatusText(parts.join('')).truncated;
  const shortened = (part: string, line: RegExp): readonly string[] =>
    reasons(whole.map((each) => (each === part ? part.replace(line, '') : each)));

  it('says nothing against a whole one', () => {
    expect(reasons(whole)).to.deep.equal([]);
  });

  it('says what is missing of pcs status', () => {
    expect(reasons([summary])).to.deep.equal([
      '2 nodes are counted, none is listed',
      '2 resources are counted, none is listed',
      'it ends before Daemon Status',
    ]);
    expect(reasons([summary, resources, daemons])).to.deep.equal(['2 nodes are counted, none is listed']);
    expect(reasons([summary, nodes, daemons])).to.deep.equal(['2 resources are counted, none is listed']);
    expect(reasons([summary, nodes, resources])).to.deep.equal(['it ends before Daemon Status']);
    expect(reasons([nodes, resources, daemons])).to.deep.equal(['it begins with nodes: there is no summary']);
    expect(shortened(nodes, / b(?= \])/)).to.deep.equal(['2 nodes are counted, 1 listed']);
    expect(shortened(resources, /.* y\t.*\n/)).to.deep.equal(['2 resources are counted, 1 listed']);
    expect(shortened(summary, /.*Current DC.*\n/)).to.deep.equal(['its summary says nothing of the DC']);
    expect(shortened(summary, /Cluster.*\nCluster.*\n/)).to.deep.equal(['it begins without the title of its summary']);
  });

  it('says so where it ends inside a line, or with a title or a container that must hold something', () => {
    const cut = whole.join('').slice(0, -4);
    expect(parseStatusText(`${summary}\nNode List:\n  * Online: [ a`).truncated).to.include(
      'it ends inside a line: Online: [ a',
    );
    expect(parseStatusText(`${cut.slice(0, -10)}`).truncated.join()).to.match(/^it ends inside a line: corosync/);
    for (const title of ['Full List of Resources:', 'Failed Resource Actions:', 'PCSD Status:']) {
      expect(reasons([...whole, `\n${title}\n`]), title).to.deep.equal([`it ends with a title: ${title}`]);
    }
    const clone = 'Full List of Resources:\n  * Clone Set: c [p]:\n';
    expect(reasons([summary, nodes, clone])).to.include('it ends with a title: Clone Set: c [p]:');
  });

  it('says so of a line that is cut inside a failed action', () => {
    const action = "\nFailed Actions:\n* x_start_0 on b 'unknown error' (1): call=1, status=complete, exitreason='',";
    expect(reasons([...whole, action]).join()).to.match(/^it ends inside a line: x_start_0/);
  });

  it('says nothing where crm_mon was told to leave something out, or a guest is offline', () => {
    const crmMon = summary.replace(/^.*\n/, '');
    expect(reasons([crmMon, nodes])).to.deep.equal([]);
    expect(reasons([crmMon, resources])).to.deep.equal([]);
    expect(reasons([nodes])).to.deep.equal([]);
    expect(reasons([resources])).to.deep.equal([]);
    const guest = '  * vm\t(ocf:heartbeat:VirtualDomain):\t Stopped\n';
    expect(reasons([summary.replace('2 nodes', '3 nodes'), nodes, resources, guest, daemons])).to.deep.equal([]);
  });

  it('says nothing where a clone may have instances that its summary leaves out', () => {
    const clone = '  * Clone Set: c [p]:\n    * Started: [ a b ]\n';
    const counted = summary.replace('2 resource', '9 resource');
    expect(reasons([counted, nodes, resources, clone, daemons])).to.deep.equal([]);
  });
});
