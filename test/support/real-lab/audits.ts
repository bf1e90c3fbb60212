import { expect } from 'chai';
import type { AuditKind, AuditResult, Finding } from '../../../src/model/audit.js';
import { problemsBy } from '../json-schemas.js';
import { halab } from './halab.js';

/**
 * Runs all audits of a lab: of those in `among` (default: all), exactly these are violated or inconclusive. A failure
 * shows what was found.
 */
export async function expectBroken(
  lab: string,
  kinds: readonly AuditKind[],
  { among, about = '' }: { readonly among?: readonly AuditKind[]; readonly about?: string } = {},
): Promise<void> {
  const { stdout, stderr } = await halab(['audit', '--json', '--name', lab]);
  expect(stdout, stderr).to.match(/"halab.audit\/1"/);
  const { results } = JSON.parse(stdout) as { results: readonly AuditResult[] };
  const found = results.filter(({ audit, findings }) => findings.length > 0 && (among?.includes(audit) ?? true));
  const words = found.flatMap(({ findings }) => findings.map(({ seen }) => seen));
  expect(
    found.map(({ audit }) => audit),
    [about, ...words].join('\n'),
  ).to.deep.equal(kinds);
}

/** What the audits of a lab find violated or inconclusive now; `undefined` where they hold. */
export async function findingsOf(lab: string): Promise<ReadonlyMap<AuditKind, readonly Finding[]>> {
  const { stdout, stderr } = await halab(['audit', '--json', '--name', lab]);
  const answer = JSON.parse(stdout || `{"stderr":${JSON.stringify(stderr)}}`);
  expect(problemsBy('audit', answer), stderr).to.deep.equal([]);
  const found = answer.results.filter(({ findings: each }: { findings: readonly Finding[] }) => each.length > 0);
  return new Map(found.map((each: { audit: AuditKind; findings: readonly Finding[] }) => [each.audit, each.findings]));
}

export function textOf(found: readonly Finding[] | undefined): string {
  return (found ?? []).map(({ seen }) => seen).join('\n');
}
