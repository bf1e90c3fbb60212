import { expect } from 'chai';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import { EXPLANATIONS, explain, explanationOf } from '../../../src/diagnosis/explain.js';
import { AGENT_KINDS } from '../../../src/diagnosis/failure.js';
import type { DiagnosisItem } from '../../../src/diagnosis/item.js';
import { OUTCOMES, outcomeOf, retryAfter } from '../../../src/diagnosis/outcome.js';
import { AGENT_ADVICE } from '../../../src/diagnosis/topics/agent-advice.js';
import { message } from '../../../src/messages/message.js';
import { CASES } from './cases.js';
import { action, down, failing, fencing, node, state, stopped, vip, withNodes, withResources } from './states.js';

const CHINESE = /[一-鿿]/;
const HALF_WIDTH = /[一-鿿][,;:?!()]|[,;:?!][一-鿿]/;

function itemOf(code: keyof typeof CASES): DiagnosisItem {
  const { means, beside } = CASES[code];
  return diagnose(means, beside).find((each) => each.code === code) ?? expect.fail(`no item ${code}`);
}

describe('the explanations', () => {
  it('are there for every code that there is a case of', () => {
    expect(Object.keys(EXPLANATIONS).toSorted()).to.deep.equal(Object.keys(CASES).toSorted());
  });

  for (const code of Object.keys(CASES) as (keyof typeof CASES)[]) {
    it(`of ${code} say something in both languages, each in its own`, () => {
      const { title, means, cause, next } = explanationOf(itemOf(code));
      for (const text of [title, means, cause, ...next.map(({ why }) => why)]) {
        if (text === undefined) continue;
        expect(text.en, text.en).to.match(/\w/).and.not.match(CHINESE);
        expect(text.zh, text.en).to.match(CHINESE).and.not.match(HALF_WIDTH);
        expect(`${text.en}${text.zh}`).to.not.match(/undefined|\[object/);
      }
      for (const { command } of next) expect(command).to.not.match(/undefined|^\s*$/);
    });
  }

  it('give each problem and warning of the cluster something to do next', () => {
    const silent = (Object.keys(CASES) as (keyof typeof CASES)[]).filter((code) => {
      const each = itemOf(code);
      const isLocal = ['not-understood', 'warning-unexplained', 'stopped-behind'].includes(code);
      return !isLocal && ['problem', 'warning'].includes(each.severity) && explanationOf(each).next.length === 0;
    });
    expect(silent).to.deep.equal([]);
  });

  it('name what they are about', () => {
    const title = (of: Parameters<typeof diagnose>[0], code: string) =>
      explanationOf(diagnose(of).find((each) => each.code === code) ?? expect.fail(code)).title;
    expect(title(withNodes(node('a'), down('c', { unclean: true })), 'node-unclean')).to.deep.equal({
      en: 'Node c is UNCLEAN (offline)',
      zh: '节点 c 状态不明（UNCLEAN，offline）',
    });
    expect(title(withNodes(node('a'), down('b'), down('c')), 'node-offline').en).to.equal('Nodes b, c are OFFLINE');
    expect(title(withNodes(node('a'), down('r', { type: 'remote' })), 'node-offline').zh).to.include('远程节点 r');
    expect(title(state({ failedFencing: [fencing({ at: 'noon' }), fencing()] }), 'fencing-failed').en).to.equal(
      'Rebooting c failed, 2 times, last at noon',
    );
  });

  it('of a failed action give the agent’s own reason first', () => {
    const failed = failing(
      action({ operation: 'start', exitCode: 5, exitStatus: 'not installed', reason: 'no ip(8)' }),
    );
    const { cause, title } = explain(
      diagnose(failed).find(({ code }) => code === 'failed-start') as DiagnosisItem,
      'en',
    );
    expect(title).to.equal('start of vip on a: not installed (5)');
    expect(cause).to.match(
      /^The agent’s reason: “no ip\(8\)”\. The program, or the agent itself, is missing on this node/,
    );
  });

  it('of a stop that failed say what fencing makes of it', () => {
    const means = (options: object) =>
      explanationOf(
        diagnose(
          state({ resources: [vip({ blocked: true })], failedActions: [action({ operation: 'stop' })], options }),
        ).find(({ code }) => code === 'failed-stop') as DiagnosisItem,
      ).means.en;
    expect(means({ stonithEnabled: true })).to.include('the node is fenced');
    expect(means({ stonithEnabled: false })).to.include('blocked until an administrator intervenes');
    expect(means({})).to.include('With fencing').and.include('without it');
  });

  it('put no name into a command that would be more than a name there', () => {
    const evil = state({
      resources: [stopped({ id: 'vip; rm -rf /' }), stopped({ id: '$(reboot)', disabled: true })],
      failedActions: [action({ resource: 'db:0' }), action({ resource: '`reboot`', operation: 'start' })],
      counts: {},
    });
    const commands = diagnose(evil).flatMap((each) => explanationOf(each).next.map(({ command }) => command));
    expect(commands).to.include('pcs resource cleanup db').and.include('pcs resource enable RESOURCE…');
    expect(commands.filter((command) => /[;$`]|\brm\b/.test(command.replace('; echo $?', '')))).to.deep.equal([]);
  });

  it('of a stopped fence device do not promise that it works', () => {
    const [found] = diagnose(withResources(vip(), stopped({ id: 'fence', agent: 'stonith:fence_scsi' })));
    expect(explanationOf(found as DiagnosisItem).means.en).to.include('not monitored');
  });

  it('for every outcome and kind of agent are there too', () => {
    for (const outcome of OUTCOMES) {
      const texts = [message(`outcome.${outcome}.name`), message(`outcome.${outcome}.causes`)];
      for (const text of texts) expect(text.zh, outcome).to.match(CHINESE);
    }
    for (const kind of AGENT_KINDS)
      for (const { why } of AGENT_ADVICE[kind].checks('systemd:nginx', 'web')) expect(why.zh, kind).to.match(CHINESE);
  });
});

describe('outcomes', () => {
  const of = (more: object) => outcomeOf({ text: '', ...more });

  it('are identified by exit code, OCF’s and pacemaker’s own', () => {
    const codes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 189, 190, 198].map((exitCode) => of({ exitCode }));
    expect(codes).to.deep.equal([
      ...['error', 'arguments', 'unimplemented', 'privileges', 'not-installed', 'not-configured', 'not-running'],
      ...['promoted', 'failed-promoted', 'connection-died', 'degraded', 'timed-out'],
    ]);
  });

  it('are identified by their text where no code is printed', () => {
    expect(of({ exitStatus: 'not running' })).to.equal('not-running');
    expect(of({ exitStatus: 'unknown error' })).to.equal('error');
    expect(of({ exitStatus: 'master (failed)' })).to.equal('failed-promoted');
    expect(of({ exitStatus: 'promoted' })).to.equal('promoted');
    expect(of({})).to.equal('unknown');
  });

  it('are a time-out where the execution says so, whatever the code', () => {
    expect(of({ execution: 'Timed Out', exitCode: 1, exitStatus: 'unknown error' })).to.equal('timed-out');
    expect(of({ execution: 'complete', exitCode: 7 })).to.equal('not-running');
    expect(of({ execution: 'Error' })).to.equal('not-executed');
  });

  it('are not retried on this node after a hard error, nor on any node after a fatal one', () => {
    const hard = ['arguments', 'unimplemented', 'privileges', 'not-installed'];
    for (const outcome of OUTCOMES)
      expect(retryAfter(outcome), outcome).to.equal(
        outcome === 'not-configured' ? 'fatal' : hard.includes(outcome) ? 'hard' : 'soft',
      );
  });
});
