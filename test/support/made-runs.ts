import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProbeResult, RunEvent, StampedEvent } from '../../src/model/event.js';
import type { Verdict } from '../../src/model/verdict.js';

/** A run of one scenario of one step, as halab would have written it. */
export interface MadeRun {
  readonly scenario?: string;
  /** ISO 8601. */
  readonly at: string;
  /** `lost`: its events end in the middle. */
  readonly outcome?: Verdict | 'lost';
  readonly outageMs?: number;
  readonly pacemaker?: string;
  readonly image?: string;
  readonly machine?: string;
  readonly cpu?: string;
}

const TOKEN_MS = 3_650;
const CONSENSUS_MS = 4_380;

export function eventsOfMade(made: MadeRun): readonly StampedEvent[] {
  const { scenario = 'interface-down', at, outcome = 'passed' } = made;
  const { outageMs = 8_500, pacemaker = '2.1.5', image = 'debian-12', machine = 'lab-1', cpu = 'Xeon' } = made;
  const run = `${at.replaceAll(/[-:]|\..*/g, '').replace('T', '-')}-${scenario}`;
  const title = { en: scenario };
  const verdict = outcome === 'lost' ? 'unknown' : outcome;
  const versions = { pacemaker, corosync: '3.1.7', linux: '6.1.0-30' };
  const step = {
    ...{ scenario, step: 'cut', title, verdict, durationMs: 12_000, checks: [], targets: {} },
    constants: { token: TOKEN_MS, consensus: CONSENSUS_MS, 'dc-deadtime': 20_000 },
    probes: [probeWith(outageMs)],
  };
  const reason = verdict === 'passed' ? {} : { reason: `${scenario} is ${verdict}` };
  const events: readonly RunEvent[] = [
    {
      ...{ kind: 'run-started', run, lab: 'linuxha', labDigest: 'aaaa', instance: 'linuxha', backend: 'embedded' },
      machine: { name: machine, cpu, cores: 8, memoryMiB: 16_000 },
      plan: [{ scenario, digest: 'bbbb', requires: [], title, asGiven: false, steps: [{ step: 'cut', title }] }],
    },
    {
      kind: 'run-info',
      info: {
        ...{ run, halab: '0.1.0', startedAt: at, lab: 'linuxha', instance: 'linuxha', backend: 'embedded', image },
        ...{ imageHash: 'cccccccccccccccc', kernel: 'linux 6.1.0', seed: 1, audits: true, language: 'en' },
        packages: { 'ha-host1': versions, 'ha-host2': versions },
        scenarios: [scenario],
      },
    },
    { kind: 'scenario-started', scenario, title, asGiven: false },
    { kind: 'step-started', scenario, step: 'cut', title },
    { kind: 'step-finished', result: step },
    {
      kind: 'scenario-finished',
      result: { scenario, title, verdict, durationMs: 12_500, steps: [step], ...reason },
    },
    { kind: 'run-finished', verdict, durationMs: 40_000, ...reason },
  ];
  const kept = outcome === 'lost' ? events.slice(0, 4) : events;
  return kept.map((event, seq) => ({ ...event, seq, at, ms: seq * 1000 }));
}

/** Its folder, with its events alone; `night`: the id of the night that it is a cell of. */
export function writeMadeRun(reports: string, made: MadeRun, night?: string, attempt = '1'): string {
  const events = eventsOfMade(made);
  const [first] = events;
  const run = first?.kind === 'run-started' ? first.run : '';
  const place = night === undefined ? [] : ['nights', night, 'cells', `unit-${run}`, attempt];
  const folder = join(reports, ...place, run);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'events.jsonl'), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  return folder;
}

function probeWith(outageMs: number): ProbeResult {
  const fromMs = 3_000;
  const toMs = fromMs + outageMs;
  const phases = [
    { phase: 'detect', durationMs: TOKEN_MS },
    { phase: 'membership', durationMs: CONSENSUS_MS },
    { phase: 'start', durationMs: Math.max(0, outageMs - TOKEN_MS - CONSENSUS_MS - 20) },
    { phase: 'answers', durationMs: 20 },
  ] as const;
  let atMs = fromMs;
  return {
    ...{ probe: 'vip', kind: 'arp', target: '192.0.2.10', sent: 300, answered: 200, everyMs: 20, largestGapMs: 5 },
    windows: [{ fromMs, toMs, durationMs: outageMs, ended: true, atLeastMs: outageMs - 10, atMostMs: outageMs + 10 }],
    breakdown: {
      beganMs: fromMs,
      phases: phases.map((each) => {
        atMs += each.durationMs;
        return { ...each, atMs, uncertainMs: 5, source: 'a line' };
      }),
      ...{ missing: [], unread: [], clocks: [] },
    },
  };
}

/**
 * Outages as nights measure them, in ms: a floor, jitter to one side, a second mode, some stray repeats and slow nights. From `step.at`
 * on they are longer by `step.share`.
 */
export function madeOutages(
  { nights, repeats }: { readonly nights: number; readonly repeats: number },
  random: () => number,
  step = { at: nights, share: 0 },
): readonly (readonly number[])[] {
  const gauss = () => Math.sqrt(-2 * Math.log(random() || 1e-9)) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: nights }, (_, night) => {
    const slow = random() < 0.04 ? 1 + Math.abs(gauss()) * 0.15 : 1;
    return Array.from({ length: repeats }, () => {
      const usual = 8_030 + Math.abs(gauss()) * 250 + (random() < 0.5 ? 0 : 300);
      const stray = random() < 0.05 ? random() * 6_000 : 0;
      return Math.round((usual + stray) * slow * (night >= step.at ? 1 + step.share : 1));
    });
  });
}

/** The date of the n-th night, from 0: `2026-10-01`. */
export function dateOfNight(night: number): string {
  return new Date(Date.UTC(2026, 9, 1 + night)).toISOString().slice(0, 10);
}
