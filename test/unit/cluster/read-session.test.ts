import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { readAny, readOutputs } from '../../../src/cluster/read-any.js';
import { parseStatusText } from '../../../src/cluster/read-session.js';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import { sessionOf } from '../../../src/diagnosis/session.js';
import type { ClusterState } from '../../../src/model/cluster-state.js';
import { instancesOf } from '../../../src/model/resource-tree.js';
import { fixture } from './fixture.js';

const pasted = (name: string) => readOutputs(fixture(`pasted/${name}.txt`));
const onlyState = (name: string): ClusterState => {
  const outputs = pasted(name);
  expect(outputs).to.have.length(1);
  return outputs[0].state;
};
const offline = ({ nodes }: ClusterState) => nodes.filter(({ online }) => !online).map(({ name }) => name);
const placesIn = (state: ClusterState) =>
  instancesOf(state).map(({ id, role, nodes }) => [id, role, ...nodes].join(' '));

describe('a paste of a terminal session', () => {
  it('holds an output behind each prompt, of which the last counts', () => {
    const outputs = pasted('01-two-outputs-last-ignored');
    expect(outputs.map(({ node, command }) => [node, command])).to.deep.equal([
      ['alpha', 'pcs status'],
      ['alpha', 'pcs status'],
    ]);
    expect(outputs.map(({ state }) => state.updatedAt)).to.deep.equal([
      'Mon Jan 10 10:00:00 2022',
      'Mon Jan 10 10:05:00 2022',
    ]);
    const last = readAny(fixture('pasted/01-two-outputs-last-ignored.txt'));
    expect(last.nodes.find(({ unclean }) => unclean)).to.include({ name: 'beta', online: true });
    expect(placesIn(last)).to.deep.equal(['vip Stopped']);
    for (const { state } of outputs) expect([...state.unparsed, ...state.truncated]).to.deep.equal([]);
  });

  it('does not mix outputs without a header, and keeps the commands between them', () => {
    const [first, second] = pasted('02-two-outputs-mixed');
    expect([first.node, second?.node]).to.deep.equal(['alpha', 'beta']);
    expect(second?.after).to.deep.equal(['systemctl stop pacemaker']);
    expect(placesIn(first.state)).to.deep.equal(['db Promoted alpha', 'db Unpromoted beta']);
    const state = second?.state ?? expect.fail('no second output');
    expect(offline(state)).to.deep.equal(['alpha']);
    expect(placesIn(state)).to.deep.equal(['db Promoted beta', 'db Stopped']);
    expect([...first.state.unparsed, ...state.unparsed]).to.deep.equal([]);
  });

  it('gives the error of a later command to that command', () => {
    const state = onlyState('14-error-of-a-later-command');
    expect(state).to.deep.include({ errors: [], unparsed: [], truncated: [] });
    expect(state.daemons).to.have.length(3);
  });

  it('takes from a log what names a cause, and leaves the rest of it', () => {
    const state = onlyState('20-log-names-the-cause');
    expect(state.warnings).to.deep.equal(['Resource start-up disabled since no STONITH resources have been defined']);
    expect(state).to.deep.include({ errors: [], unparsed: [] });
  });

  const STATUS = fixture('bookworm.txt');
  const SAME = parseStatusText(STATUS);
  const AROUND: Readonly<Record<string, string>> = {
    'the output of another command': `[root@a ~]# pcs status\n${STATUS}[root@a ~]# ip a\n1: lo: <LOOPBACK,UP>\n`,
    'warnings of ssh': `$ ssh a pcs status\nWarning: Permanently added 'a' (ECDSA) to the list of known hosts.\n${STATUS}Connection to a closed.\n`,
    'a play of Ansible': `TASK [status] *****\nfatal: [b]: UNREACHABLE! => {"changed": false}\na | CHANGED | rc=0 >>\n${STATUS}`,
    'a remark': `# on the first node:\n${STATUS}`,
    'an earlier command': `[root@a ~]# pcs resource move web\nError: bundle/clone/group/resource 'web' does not exist\n[root@a ~]# pcs status\n${STATUS}`,
    'prose around a code fence': `Hi all,\n\n\`\`\`\n${STATUS}\`\`\`\n\nThanks,\nAnna\n`,
    'a status in two fences': `\`\`\`\n${STATUS.replace('\nNode List', '\n```\n\n```\nNode List')}\`\`\`\nBye\n`,
    'log lines': `${STATUS}Jan 10 09:59:01 alpha pengine[803]: notice: Calculated transition 3\n`,
  };
  for (const [what, text] of Object.entries(AROUND)) {
    it(`reads past ${what}`, () => expect(readAny(text)).to.deep.equal(SAME));
  }

  it('takes the error of the last command that asks for a status for the answer', () => {
    const outputs = readOutputs(
      `[root@a ~]# pcs status\n${STATUS}[root@a ~]# pcs status\nError: cluster is not currently running on this node\n`,
    );
    expect(outputs.at(-1)?.state.errors).to.deep.equal(['Error: cluster is not currently running on this node']);
    expect(outputs).to.have.length(2);
  });

  it('prefers a whole status to a part of one', () => {
    expect(
      readAny(`# pcs status\n${STATUS}# pcs status resources\n  * vip\t(ocf:heartbeat:IPaddr2):\t Started a\n`),
    ).to.deep.equal(SAME);
  });

  it('names the node by what the output says, or by the host that was asked', () => {
    const recent =
      'Cluster Summary:\n  * Stack: corosync\n  * Last updated: Mon Jan 10 10:00:00 2022 on b\nNode List:\n  * Online: [ a b ]\n';
    expect(readOutputs(`[root@a ~]# crm_mon -1\n${recent}`)[0].node).to.equal('b');
    const older = 'Stack: corosync\nOnline: [ a b ]\n';
    expect(readOutputs(`[root@a ~]# ssh b crm_mon -1\n${older}`)[0].node).to.equal('b');
    expect(readOutputs(`[root@desk ~]# crm_mon -1\n${older}`)[0].node).to.equal(undefined);
  });

  it('holds XML and what was printed after it, which are not compared', () => {
    const outputs = pasted('own-xml-then-later-text');
    expect(outputs.map(({ isXml = false, state }) => [isXml, state.nodes.length])).to.deep.equal([
      [true, 4],
      [false, 4],
    ]);
    expect(sessionOf(outputs).earlier).to.equal(undefined);
  });

  it('keeps XML apart from what later commands print', () => {
    const xml = fixture('crm_mon/2.1.5__xml-output.xml');
    expect(
      readAny(`[root@a ~]# crm_mon --output-as=xml\n${xml}\n[root@a ~]# pcs resource move x\nError: no x\n`),
    ).to.deep.equal(readAny(xml));
  });
});

describe('a status that other programs carry', () => {
  const STATUS = fixture('bookworm.txt');
  const numbered = STATUS.trimEnd()
    .split('\n')
    .map((line, at) => `${String(at + 1).padStart(6)}\t${line}`)
    .join('\n');
  const CARRIED: Readonly<Record<string, string>> = {
    'a result of Ansible': `fatal: [a]: FAILED! => ${JSON.stringify({ rc: 1, stdout: STATUS.trimEnd(), stderr: '' })}\n`,
    'a list of lines of Ansible': JSON.stringify({ stdout_lines: STATUS.trimEnd().split('\n') }, undefined, 4),
    'numbers of lines': numbered,
  };
  for (const [what, text] of Object.entries(CARRIED))
    it(`is read inside ${what}`, () => {
      const { nodes, warnings, unparsed, truncated, daemons } = parseStatusText(STATUS);
      expect(readAny(text)).to.deep.include({ nodes, warnings, unparsed, truncated, daemons });
    });

  it('is one output for each host that Ansible asked', () => {
    const answers = ['a', 'b'].map((host) => `${host} | CHANGED | rc=0 >>\nStack: corosync\nOnline: [ a b ]\n`);
    expect(readOutputs(answers.join('')).map(({ node }) => node)).to.deep.equal(['a', 'b']);
  });

  it('is one output for each host that pdsh or clush asked, errors included', () => {
    for (const name of ['own-pdsh', 'own-clush', 'own-ansible-one-down']) {
      const outputs = pasted(name);
      const down = outputs.find(({ node }) => node === 'ha-host1');
      expect(down?.state.errors.join(), name).to.match(
        /^Error: (?:cluster is not currently running on this node$|error)/,
      );
      const others = outputs.filter((each) => each !== down);
      for (const { state } of others) expect([offline(state), state.unparsed], name).to.deep.equal([['ha-host1'], []]);
      expect(others[0]?.node, name).to.equal('ha-host2');
    }
  });

  it('is a selection where the command above it asks for one', () => {
    const text = `[root@a ~]# crm_mon -1 --resource vip\nStack: corosync\nOnline: [ a b ]\nActive resources:\n vip\t(lsb:x):\tStarted a\n`;
    expect(diagnose(readAny(text)).map(({ code }) => code)).to.include('only-selected');
  });
});

describe('lines that count or repeat instances', () => {
  it('tell how many are active in brief output', () => {
    const state = onlyState('32-brief-group');
    expect(state.unnamedActive).to.equal(3);
    expect(state.resources[0]).to.include({ id: 'g', notPrinted: 2, notPrintedActive: 2 });
    const codes = diagnose(state).map(({ code }) => code);
    expect(codes).to.not.include('group-inactive').and.not.include('not-listed');
  });

  it('name a stopped instance again in the summary of a clone, which is counted once', () => {
    const state = onlyState('34-stopped-twice');
    expect(placesIn(state)).to.deep.equal(['db Stopped', 'db Promoted n2']);
    expect(state.resources[0]).to.deep.include({ stoppedOn: ['n1'] });
  });

  it('count nodes that are not listed, which may be guests', () => {
    expect(onlyState('36-offline-guests').truncated).to.deep.equal([]);
  });
});

describe('an output alone', () => {
  for (const folder of ['status', 'crm_mon', 'tutorial'])
    it(`is one output, and reads as it does without a session (${folder})`, () => {
      for (const name of readdirSync(new URL(`../../fixtures/cluster/${folder}/`, import.meta.url))) {
        if (!name.endsWith('.txt') || name === 'commands.txt') continue;
        const text = fixture(`${folder}/${name}`);
        const outputs = readOutputs(text);
        expect(outputs, name).to.have.length(1);
        expect(outputs[0].state, name).to.deep.equal(parseStatusText(text));
      }
    });
});

describe('broken text', () => {
  it('is read where Markdown escaped it', () => {
    const state = onlyState('04-escaped-says-no-resources');
    expect(placesIn(state)).to.deep.equal(['vip Stopped']);
    expect(state.failedActions[0]).to.include({
      resource: 'vip',
      operation: 'start',
      node: 'alpha',
      exitStatus: 'error',
    });
    expect(state.unparsed).to.deep.equal([]);
  });

  it('is read where a terminal broke a reason inside a path', () => {
    const state = onlyState('11-wrapped-exitreason');
    expect(state.failedActions.map(({ reason }) => reason)).to.deep.equal([
      'Data may be old. Remove the file /var/run/db/db.lock to force a start.',
    ]);
    expect(state.unparsed).to.deep.equal([]);
  });

  it('has no name with a star glued to it', () => {
    const { failedActions } = onlyState('17-failed-action-star-glued');
    expect(failedActions[0]).to.include({ resource: 'web', operation: 'start', node: 'alpha' });
  });

  it('is whole inside code fences of any length and language', () => {
    expect(onlyState('24-code-fence-lines')).to.deep.include({ unparsed: [], truncated: [] });
  });

  it('is read where all of it is on one line', () => {
    const state = onlyState('25-all-on-one-line');
    expect(state).to.deep.include({ clusterName: 'demo', unparsed: [], counts: { nodes: 2, resources: 1 } });
    expect(state.nodes.map(({ name, unclean, online }) => [name, unclean, online])).to.deep.equal([
      ['beta', true, false],
      ['alpha', false, true],
    ]);
    expect(placesIn(state)).to.deep.equal(['vip Stopped']);
  });

  it('ends a block of warnings where the header begins without a blank line', () => {
    const state = onlyState('44-warnings-without-blank-lines');
    expect(state.warnings).to.deep.equal(['No stonith devices and stonith-enabled is not false']);
    expect(state).to.deep.include({ stack: 'corosync', quorate: true, unparsed: [] });
    expect(state.nodes.map(({ name }) => name)).to.deep.equal(['n1', 'n2']);
  });

  it('ends a group without indentation before a resource that cannot be its member, and says that the end is not known', () => {
    const { resources } = onlyState('27-no-indentation-group-end');
    expect(resources.map(({ id }) => id)).to.deep.equal(['web', 'backup']);
    expect(resources[0]).to.include({ kind: 'group', endUnknown: true });
    const whole = readAny(' Resource Group: web\n     vip\t(lsb:x):\tStarted a\n httpd\t(lsb:y):\tStarted a\n')
      .resources[0];
    expect(whole).to.not.have.property('endUnknown');
  });

  it('is read with the line breaks of a web page', () => {
    const text = fixture('bookworm.txt');
    expect(readAny(text.trimEnd().replaceAll('\n', '<br>\n'))).to.deep.equal(readAny(text.trimEnd()));
    expect(readAny(text.trimEnd().replaceAll('\n', '<br/>'))).to.deep.equal(readAny(text.trimEnd()));
  });
});
