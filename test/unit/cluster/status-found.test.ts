import { expect } from 'chai';
import { readAny } from '../../../src/cluster/read-any.js';
import { parseStatusText } from '../../../src/cluster/read-session.js';
import { instancesOf } from '../../../src/model/resource-tree.js';

const STATUS = `Cluster name: c
Stack: corosync
Current DC: web-1 (version 1.1.20-5.el7-3c4c782f70) - partition with quorum
Last updated: Wed Jul 31 02:07:02 2019
Last change: Wed Jul 31 02:06:41 2019 by root via cibadmin on web-1

2 nodes configured
3 resources configured

Online: [ web-1 web-2 ]

Full list of resources:

 vip\t(ocf::heartbeat:IPaddr2):\tStarted web-1
 Clone Set: dlm-clone [dlm]
     Started: [ web-1 web-2 ]

Failed Resource Actions:
* vip_monitor_10000 on web-1 'not running' (7): call=5, status=complete, exitreason='',
    last-rc-change='Wed Jul 31 02:05:00 2019', queued=0ms, exec=0ms

Daemon Status:
  corosync: active/enabled
`;
const SAME = parseStatusText(STATUS);

describe('a status out of a document', () => {
  const documents: readonly (readonly [what: string, text: string])[] = [
    ['blanks that do not break', STATUS.replaceAll(' ', '\u00A0')],
    ['the source of a web page', STATUS.replaceAll(' ', '&nbsp;').replaceAll("'", '&#39;')],
    [
      'tags of HTML in Markdown (docs of Azure)',
      `<pre><code>${STATUS.replace('IPaddr2', '<b>IPaddr2</b>')}</code></pre>`,
    ],
    ['the emoji that GitHub makes of an agent', STATUS.replace('(ocf::heartbeat:', '(ocf:\u{1F493}')],
    [
      'the quotes and dashes of a blog',
      STATUS.replace(' - partition', ' – partition')
        .replace("''", '”')
        .replace(/'([^']+)'/g, '‘$1’'),
    ],
    ['fences of Jira', `{code:none}\n${STATUS}{code}\n`],
    ['a directive of reStructuredText', `.. code-block:: none\n\n${STATUS}`],
    ['a code span', `\`${STATUS.trimEnd()}\`\n`],
    ['a diff that adds it', STATUS.trimEnd().replace(/^/gm, '+')],
  ];
  for (const [what, text] of documents) {
    it(`reads ${what}`, () => {
      expect(parseStatusText(text)).to.deep.equal(SAME);
      expect(readAny(text)).to.deep.equal(SAME);
    });
  }

  it('leaves what an agent said as it is', () => {
    const text = "Failed Actions:\n* x_start_0 on a 'unknown error' (1): call=5, exitreason='a &lt;b&gt; `c` <d>'\n";
    expect(parseStatusText(text).failedActions.map(({ reason }) => reason)).to.deep.equal(['a &lt;b&gt; `c` <d>']);
  });
});

describe('lines that mail broke', () => {
  it('are one again', () => {
    const broken = STATUS.replace('partition with', 'partition\nwith')
      .replace('on web-1\n', 'on\nweb-1\n')
      .replace('Online: [ web-1 ', 'Online: [ web-1\n')
      .replace('Started: [ web-1 web-2 ]', 'Started: [ web-1\nweb-2\n]');
    expect(parseStatusText(broken)).to.deep.equal(SAME);
    expect(parseStatusText(broken.trimEnd().replace(/^/gm, '> '))).to.deep.equal(SAME);
  });

  it('are left where a terminal broke them, which does so inside a name too', () => {
    const { nodes, unparsed } = parseStatusText('Online: [ a-long-name another-lo\nng-name ]\nNode c: standby\n');
    expect(nodes.map(({ name }) => name)).to.deep.equal(['c']);
    expect(unparsed).to.deep.equal(['Online: [ a-long-name another-lo', 'ng-name ]']);
  });

  it('are not joined with the next part', () => {
    const { nodes, resources, unparsed } = parseStatusText(
      'Node List:\n  * Online: [ a b\n\nFull List of Resources:\n  * x\t(lsb:x):\t Started a\n',
    );
    expect(nodes).to.deep.equal([]);
    expect(resources).to.have.length(1);
    expect(unparsed).to.deep.equal(['  * Online: [ a b']);
  });
});

describe('lines that were run into one', () => {
  it('are no names and no counts', () => {
    const { lastChange, counts, unparsed } = parseStatusText(
      'Last change: Mon Jul  5 12:46:50 2021 by hacluster via crmd on web-13 nodes configured\n37 resource instances configured (1 BLOCKED from further action due to failure)Online: [ a ]\n',
    );
    expect({ lastChange, counts }).to.deep.equal({ lastChange: undefined, counts: {} });
    expect(unparsed).to.have.length(2);
  });
});

describe('two outputs one below the other', () => {
  const second = STATUS.replace('Online: [ web-1 web-2 ]', 'Node web-2: UNCLEAN (online)\nOnline: [ web-1 ]');

  it('are not mixed: the first is read, and the other one is not', () => {
    const both = parseStatusText(`[root@web-1 ~]# pcs status\n${STATUS}[root@web-1 ~]# pcs status\n${second}`);
    expect({ ...both, unparsed: [] }).to.deep.equal(SAME);
    expect(both.unparsed).to.include('Node web-2: UNCLEAN (online)');
    expect(instancesOf(both)).to.have.length(3);
  });
});

describe('pcs status resources', () => {
  for (const text of [
    '  * vip\t(ocf:heartbeat:IPaddr2):\t Started a\n  * Clone Set: dlm-clone [dlm]:\n    * Started: [ a b ]\n',
    ' vip\t(ocf::heartbeat:IPaddr2):\tStarted a\n Clone Set: dlm-clone [dlm]\n     Started: [ a b ]\n',
  ]) {
    it(`prints nothing else, and is whole: ${JSON.stringify(text.slice(0, 20))}`, () => {
      const { resources, unparsed, truncated } = parseStatusText(text);
      expect(resources.map(({ id }) => id)).to.deep.equal(['vip', 'dlm-clone']);
      expect({ unparsed, truncated }).to.deep.equal({ unparsed: [], truncated: [] });
      expect(parseStatusText(`${text}\nDaemon Status:\n  pcsd: active/enabled\n`).truncated).to.deep.equal([
        'it begins with resources: there is no summary',
      ]);
    });
  }
});

describe('nodes, failures and probes of odd kinds', () => {
  it('keeps what is left of a node that was given another id (crm_mon 1.1.10)', () => {
    const { nodes, unparsed, truncated } = parseStatusText(
      'Current DC: a (1) - partition with quorum\n3 Nodes configured\n\nNode a (1084752143): UNCLEAN (offline)\nOnline: [ a b ]\nOnline: [ a b ]\n',
    );
    expect(nodes.map(({ name, id, online }) => ({ name, id, online }))).to.deep.equal([
      { name: 'a', id: '1084752143', online: false },
      { name: 'a', id: undefined, online: true },
      { name: 'b', id: undefined, online: true },
    ]);
    expect({ unparsed, truncated }).to.deep.equal({ unparsed: [], truncated: [] });
  });

  it('reads a failed action on a node that crm_mon does not know (1.1.10)', () => {
    const { failedActions, unparsed } = parseStatusText(
      "Failed actions:\n    x_monitor_0 on (null) 'not installed' (5): call=23, status=Not installed\n",
    );
    expect(failedActions).to.have.length(1);
    expect(failedActions[0]).to.include({ resource: 'x', exitCode: 5, execution: 'Not installed' });
    expect(failedActions[0]).not.to.have.property('node');
    expect(unparsed).to.deep.equal([]);
  });

  it('reads what a failed probe said of something stopped (pcmk__native_output_string)', () => {
    const { resources } = parseStatusText(
      'Full List of Resources:\n  * x\t(lsb:x):\t Stopped (not installed) \n  * y\t(lsb:y):\t Stopped a (Not installed) (disabled)\n  * z\t(lsb:z):\t Stopped (disabled)\n',
    );
    const [x, y, z] = instancesOf({ resources });
    expect(x).to.include({ role: 'Stopped', probe: 'not installed', disabled: false });
    expect(y).to.include({ role: 'Stopped', probe: 'Not installed', disabled: true });
    expect(z).not.to.have.property('probe');
  });

  it('takes lines of the log among the output for warnings (crm_mon 3.0, pacemaker-schedulerd 2.0)', () => {
    const { warnings, errors, unparsed } = parseStatusText(
      `unpack_rsc_op \terror: Preventing x from restarting on a\n(unpack_status@unpack.c:1126) \twarning: Ignoring b\n${STATUS}`,
    );
    expect(warnings).to.deep.equal(['error: Preventing x from restarting on a', 'warning: Ignoring b']);
    expect({ errors, unparsed }).to.deep.equal({ errors: [], unparsed: [] });
  });
});
