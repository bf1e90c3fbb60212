import type { AuditKind, Finding } from '../model/audit.js';
import type { LabObservation } from '../model/observation.js';
import { baseId } from '../model/resource-tree.js';
import { besideObserved } from './beside.js';
import { diagnose } from './diagnose.js';
import { explanationOf } from './explain.js';
import { argument, type NextStep, step } from './explanation.js';
import type { DiagnosisCode, DiagnosisItem } from './item.js';

interface Advice {
  /** What the status says about the same thing; its commands are given. */
  readonly codes: readonly DiagnosisCode[];
  /** Where the status says nothing of it. */
  readonly otherwise: (finding: Finding) => readonly NextStep[];
}

const STOPPED: readonly DiagnosisCode[] = [
  'stopped-no-quorum',
  'stopped-no-dc',
  'stopped-no-device',
  'stopped-no-node',
  'stopped-waits-for-fencing',
  'stopped-banned',
  'stopped-after-failure',
  'stopped-behind',
  'stopped-unexplained',
];
const FAILED: readonly DiagnosisCode[] = [
  'failed-start',
  'failed-stop',
  'failed-monitor',
  'failed-probe',
  'failed-promote',
  'failed-demote',
  'failed-migration',
  'failed-operation',
];

const MEMBERS = [
  step('corosync-quorumtool -s', 'node-unclean.corosync-quorumtool'),
  step('corosync-cfgtool -s', 'dc-none.corosync-cfgtool'),
];
const WHY_IT_MOVES = [
  step('pcs constraint', 'stopped-unexplained.pcs-constraint'),
  step('crm_simulate -sL', 'stopped-unexplained.crm-simulate'),
];

/** The resource comes first among what a finding names. */
const refresh = ({ subjects: [id] }: Finding) => [
  step(`pcs resource refresh ${argument(id, 'RESOURCE')}`, 'audit-advice.refresh'),
];

/** An audit without an entry does not compile. */
const ADVICE: { readonly [K in AuditKind]: Advice } = {
  settled: { codes: ['under-way', ...FAILED], otherwise: () => [step('crm_mon -1', 'under-way.crm-mon')] },
  'single-active': { codes: ['address-held-twice', 'multiply-active'], otherwise: refresh },
  'one-mac': { codes: ['address-held-twice', 'multiply-active'], otherwise: refreshIfResource },
  'in-service': {
    codes: [...FAILED, 'resource-failed', 'resource-blocked', 'on-offline-node', ...STOPPED, 'group-partial'],
    otherwise: refresh,
  },
  'quorum-respected': { codes: ['no-quorum', 'quorum-ignored'], otherwise: () => MEMBERS },
  'quorum-device': { codes: [], otherwise: () => [step('pcs quorum device status', 'audit-advice.quorum-device')] },
  'one-dc': { codes: ['dc-none', 'dc-offline'], otherwise: () => MEMBERS },
  'same-cib': { codes: [], otherwise: () => [step('cibadmin --query --local', 'audit-advice.cib')] },
  'groups-together': { codes: ['group-partial', ...FAILED, ...STOPPED], otherwise: () => WHY_IT_MOVES },
  'constraints-hold': { codes: [], otherwise: () => WHY_IT_MOVES },
  'clone-limits': {
    codes: ['multiply-active'],
    otherwise: ({ subjects: [id] }) => [
      step(`pcs resource config ${argument(id, 'RESOURCE')}`, 'audit-advice.clone-limits'),
    ],
  },
  'allowed-nodes': { codes: ['ban', 'ban-left', 'node-standby'], otherwise: () => WHY_IT_MOVES },
  'fenced-first': {
    codes: ['fencing-failed', 'stonith-disabled'],
    otherwise: () => [step('stonith_admin --history "*"', 'not-printed.stonith-admin')],
  },
  'no-failures': {
    codes: [...FAILED, 'fencing-failed', 'fail-count'],
    otherwise: () => [step('pcs status --full', 'audit-advice.failures')],
  },
  'as-left': {
    codes: ['node-offline', 'node-stopped', 'node-unclean', 'node-standby', 'node-maintenance'],
    otherwise: () => [step('pcs status --full', 'audit-advice.as-left')],
  },
  'one-mount': {
    codes: ['multiply-active'],
    otherwise: () => [step('findmnt; lsblk -f', 'agent.filesystem.findmnt-lsblk')],
  },
  'no-crash': {
    codes: [],
    otherwise: () => [step('journalctl -b -u corosync -u pacemaker', 'audit-advice.crash')],
  },
  'disk-space': {
    codes: [],
    otherwise: ({ subjects: [node] }) => [
      step('du -xh --max-depth=2 /var | sort -h | tail', 'on-node', { node: argument(node, 'NODE') }),
    ],
  },
};

function refreshIfResource(finding: Finding): readonly NextStep[] {
  const [first = ''] = finding.subjects;
  return /^[\d.:a-f]+$/.test(first) ? [step('ip -br address', 'agent.address.ip-address')] : refresh(finding);
}

/**
 * Pure. What to type about findings of one audit: the commands by which the status explains the same thing, or else those that
 * show more. Nothing for what could not be decided.
 */
export function adviceOn(
  audit: AuditKind,
  findings: readonly Finding[],
  observation: LabObservation,
): readonly NextStep[] {
  const beside = besideObserved(observation);
  const items = observation.nodes.flatMap(({ status }) => (status === undefined ? [] : diagnose(status, beside)));
  const steps = findings.flatMap((finding) => {
    if (finding.verdict !== 'failed') return [];
    const { codes, otherwise } = ADVICE[audit];
    const explaining = items.filter((item) => codes.includes(item.code) && isAbout(item, finding.subjects));
    const first = codes.flatMap((code) => explaining.find((item) => item.code === code) ?? [])[0];
    const told = first === undefined ? [] : explanationOf(first).next;
    return told.length > 0 ? told : otherwise(finding);
  });
  return [...new Map(steps.map((each) => [each.command, each])).values()];
}

function isAbout({ subject: { kind, names }, payload }: DiagnosisItem, subjects: readonly string[]): boolean {
  const about = names.map(baseId);
  if (kind === 'resource')
    return (
      about.some((name) => subjects.includes(name)) || ('address' in payload && subjects.includes(payload.address))
    );
  return names.length === 0 || about.some((name) => subjects.includes(name));
}
