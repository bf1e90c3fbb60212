import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { readAny } from '../../../src/cluster/read-any.js';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import { type Explained, explain } from '../../../src/diagnosis/explain.js';
import { summaryOf } from '../../../src/diagnosis/summary.js';

const FOLDER = resolve(import.meta.dirname, '../../fixtures/cluster/said');

function readingOf(name: string) {
  const state = readAny(readFileSync(join(FOLDER, name), 'utf8'));
  const items = diagnose(state);
  const say = (language: 'en' | 'zh') => items.map((each) => explain(each, language));
  return { state, items, en: say('en'), zh: say('zh'), summary: summaryOf(state, items) };
}

const textOf = (all: readonly Explained[]): string =>
  all
    .flatMap(({ title, means, cause, next }) => [title, means, cause ?? '', ...next.map(({ command }) => command)])
    .join('\n');
const titlesOf = (name: string, ...severities: readonly string[]) =>
  readingOf(name)
    .en.filter(({ severity }) => severities.includes(severity))
    .map(({ title }) => title);

/** What is said of each of these outputs was false, or its cause was missed. */
describe('what is said of an output', () => {
  it('is, of a probe that was not configured on both nodes, one mistake of the configuration', () => {
    const { en } = readingOf('probe-not-configured.txt');
    expect(titlesOf('probe-not-configured.txt', 'problem', 'warning')).to.deep.equal([
      'monitor of vip on alpha, beta: not configured (6), at 2022-01-10 09:59:00Z',
    ]);
    expect(textOf(en)).to.include('label too long').and.include('shorten or remove iflabel');
    expect(textOf(en)).to.not.match(/DANGER|same address|interface is down/);
  });

  it('is nothing of a lost guest where the hosts of a bundle are named behind the @', () => {
    const { en, items } = readingOf('bundle-hosts.txt');
    expect(items.map(({ code }) => code)).to.not.include('node-unlisted');
    expect(textOf(en)).to.not.match(/lost|full members/);
  });

  it('is, of a bundle without a master, that nothing is promoted', () => {
    expect(titlesOf('bundle-without-master.txt', 'problem')).to.deep.equal([
      'Bundle cache-bundle has no Promoted instance',
    ]);
  });

  it('is, of a DC that is listed as offline, that this does not fit together, and nothing of votes', () => {
    const { en, items } = readingOf('dc-itself-unclean.txt');
    expect(items.map(({ code }) => code))
      .to.include('dc-offline')
      .and.not.include('dc');
    expect(items.filter(({ code }) => code.startsWith('quorum'))).to.deep.equal([]);
    expect(textOf(en)).to.not.match(/confirm beta|last_man_standing/);
  });

  it('has crmsh’s commands, where the output is from a SUSE cluster', () => {
    const commands = readingOf('crm-prompt.txt').en.flatMap(({ next }) => next.map(({ command }) => command));
    expect(commands)
      .to.include('crm resource cleanup web')
      .and.include('crm resource failcount web show alpha')
      .and.include('crm_resource --force-start -r web');
    expect(commands.filter((command) => /\bpcs\b/.test(command))).to.deep.equal([]);
  });

  it('is not that an unclean node answers, nor that what was there runs', () => {
    const { en, summary } = readingOf('unclean-online.txt');
    expect(textOf(en))
      .to.include('about to be fenced')
      .and.not.match(/answers|All 2 resource/);
    expect(summary.facts.en).to.include('1 of 2 resource instances running');
  });

  it('is the missing fence device, where a line of the log or the whole list shows it', () => {
    const { items } = readingOf('log-names-the-cause.txt');
    expect(items.map(({ code }) => code))
      .to.include('no-stonith-device')
      .and.include('stopped-no-device');
    const source = readFileSync(join(FOLDER, 'log-names-the-cause.txt'), 'utf8');
    const silent = diagnose(readAny(source.slice(0, source.indexOf('# journalctl'))));
    expect(silent.map(({ code }) => code)).to.include('stopped-no-device-listed');
  });

  it('is that a clone with masters and started instances is not promotable', () => {
    expect(titlesOf('clone-with-masters-and-started.txt', 'warning')).to.deep.equal([
      'Clone data-clone is not a promotable clone, yet is promoted on alpha and not on beta',
    ]);
  });

  it('is that nothing will fence an unclean node, where no fence device is among all resources', () => {
    const { items } = readingOf('unclean-and-no-fence-device.txt');
    const unclean = items.find(({ code }) => code === 'node-unclean');
    expect(unclean?.payload).to.include({ why: 'no-device-listed' });
  });

  it('is in Chinese to the last reason', () => {
    const cut = readingOf('ends-before-daemons.txt').zh.find(({ code }) => code === 'cut-off');
    expect(cut?.lines).to.deep.equal(['输出在 Daemon Status 之前结束']);
  });

  it('is, of one resource in maintenance, how that ends', () => {
    const { state, en } = readingOf('maintenance-of-one-resource.txt');
    expect(state.resources[1]).to.include({ id: 'web', managed: false, maintenance: true });
    expect(textOf(en)).to.include('pcs resource meta web maintenance=').and.not.include('resource manage');
  });

  it('is nothing of what a filter left out', () => {
    const { items } = readingOf('filtered-by-resource.xml');
    const codes = items.map(({ code }) => code);
    expect(codes).to.include('only-selected').and.include('stopped-unexplained');
    expect(codes).to.not.include.members(['no-stonith-device']).and.not.include.members(['not-listed']);
  });

  it('is, of nodes that are counted and not listed, that they may be guests or lost lines', () => {
    const { state, items } = readingOf('offline-guests.txt');
    expect(state.truncated).to.deep.equal([]);
    expect(items.map(({ code }) => code))
      .to.include('nodes-not-listed')
      .and.not.include('quorum-of-two');
  });

  it('is, of a failed stop, where it failed and nowhere else', () => {
    const blocked = readingOf('blocked-other-node.txt').items.filter(({ code }) => code === 'resource-blocked');
    expect(blocked.map(({ payload }) => payload)).to.deep.equal([
      { nodes: ['n1'], stopFailed: true },
      { nodes: ['n2'], stopFailed: false },
    ]);
    const second = readingOf('blocked-other-node.txt').en.find(({ title }) => title === 'db is blocked on n2');
    expect(textOf(second === undefined ? [] : [second])).to.not.match(/debug-stop|failed stop|its stop/i);
  });

  it('is that a name fits no node, where every node is listed', () => {
    const { en, summary } = readingOf('name-mismatch.txt');
    const unlisted = en.filter(({ code }) => code === 'node-unlisted');
    expect(textOf(unlisted))
      .to.include('names do not match')
      .and.not.match(/guest|lost/);
    expect(summary.facts.en).to.include('1 of 2 resource instances running');
  });

  it('is, of a resource on an offline node, that nobody provides it', () => {
    const { items, summary } = readingOf('started-on-an-offline-node.txt');
    const found = items.find(({ code }) => code === 'on-offline-node');
    expect(found?.payload).to.deep.equal({ nodes: ['node-a'], role: 'Started', as: 'managed' });
    expect(summary.facts.en).to.include('0 of 1 resource instances running');
  });

  /** Problems and warnings of outputs of other shapes; `⇒` stands before what follows from the one above. */
  const TOLD: Readonly<Record<string, readonly string[]>> = {
    'start-not-running.txt': [
      'start of app on n1, n2: not running (7), at Mon Jan  6 09:30:00 2025; Mon Jan  6 09:30:04 2025',
      '⇒ app is stopped: its start failed on n1, n2',
    ],
    'address-outside.txt': [
      'start of vip on n1, n2: not configured (6), at Mon Jan  6 09:30:00 2025; Mon Jan  6 09:30:01 2025',
      '⇒ vip is stopped: its start failed on n1, n2',
      '⇒ site is stopped: waiting for vip in web',
    ],
    'hana-out-of-sync.txt': ['SAP HANA on hana2: hana_ha1_sync_state is SFAIL'],
    'disabled-in-maintenance.txt': [
      'The whole cluster is in maintenance mode',
      'web is disabled, but still runs on n2',
    ],
    'stop-failed-on-dc.txt': [
      'stop of fs on n1: error (1), at Mon Jan  6 09:30:00 2025',
      '⇒ Node n1 is UNCLEAN (online)',
      '⇒ fs may still run on n1, which is UNCLEAN',
      '⇒ fs is FAILED on n1',
    ],
    'guest-of-failed-machine.txt': ['vm1 is FAILED on n2', 'guest1 is not in the list of nodes, yet db is shown there'],
    'cman-without-quorum.txt': ['This partition has NO quorum', '⇒ vip is stopped: no quorum', 'Node n2 is OFFLINE'],
    'failed-on-two-without-actions.txt': ['fs is FAILED on n1, n2'],
    'brief.txt': [
      'Node n3 is OFFLINE',
      'The cluster has quorum, but losing one more member loses it',
      '2 of 5 resource instances are not listed',
    ],
    'crm-on-debian.txt': ['Node deb2 is in standby'],
    'device-unreachable.txt': [
      'start of fence1 on n1, n2: error (1), at Mon Jan  6 09:30:00 2025; Mon Jan  6 09:30:30 2025',
      '⇒ fence1 is stopped: its start failed on n1, n2',
    ],
    'remote-offline.txt': [
      'r1 is stopped: this output does not say why',
      '⇒ Remote node r1 is OFFLINE',
      '⇒ web is shown as Started on r1, which is OFFLINE',
    ],
  };
  for (const [name, told] of Object.entries(TOLD))
    it(`is, of ${name}, no more and no less than what is wrong there`, () => {
      const pressing = readingOf(name).en.filter(({ severity }) => ['problem', 'warning'].includes(severity));
      expect(pressing.map(({ title, causedBy }) => (causedBy === undefined ? title : `⇒ ${title}`))).to.deep.equal(
        told,
      );
    });

  it('names what would fix an address that is in none of a node’s networks', () => {
    const text = textOf(readingOf('address-outside.txt').en);
    expect(text).to.include('in none of the networks').and.not.include('The interface is down');
  });
});
