import { z } from 'zod';
import { checked, type ScenarioFields, targetWrong } from '../fields/scenario-fields.js';
import { parsed, strict } from '../fields/schema.js';
import { readTarget } from '../fields/target.js';
import type { ValueProblem } from '../fields/value-problem.js';
import { fillWords, wordsWrong } from '../fields/words.js';
import { AUDITS, type ExpectedViolation, FAILING_OPERATIONS } from '../model/audit.js';
import { parseIpv4 } from '../model/ipv4.js';
import type { Lab } from '../model/lab.js';
import { targetText } from '../model/target.js';
import type { Path, Source } from './source.js';

/** The violations that a step declares. Roles stay as they are written: the step resolves them when it runs. */
export function expectedViolationsSchema({ lab, text }: ScenarioFields) {
  const subject = parsed({ what: 'a resource, a node or an address' }, (text): string | ValueProblem =>
    lab === undefined ? text : (subjectWrong(text, lab) ?? fillWords(text, lab)),
  );
  const place = parsed({ what: 'a node, or a role such as "{holder of vip}"' }, (text): string | ValueProblem => {
    const target = readTarget(text);
    return 'kind' in target ? ((lab && targetWrong(target, lab, 'one')) ?? text) : target;
  });
  const violation = strict({
    audit: z
      .enum([...AUDITS, 'any'])
      .describe('any: whatever an audit is inconclusive about among what `of` names; never a violation.'),
    of: z
      .array(subject)
      .min(1)
      .optional()
      .describe(
        'The resources, nodes or addresses concerned, by name or by role; {address vip} is filled in. Default: whatever the audit finds.',
      ),
    operation: z
      .enum(FAILING_OPERATIONS)
      .optional()
      .describe('With no-failures: failures of this operation of what `of` names, and of no other.'),
    on: place.optional().describe('With operation: those on this node, and on no other.'),
    because: text.describe('Why, for the readers of the report.'),
    optional: z
      .boolean()
      .optional()
      .describe(
        'The violation may or may not occur. Without it, a violation that was expected and not found is reported.',
      ),
  }).describe('A violation that an audit is expected to find after this step.');
  return z.array(checked(checked(violation, withoutName), limitWrong, 'operation')).min(1);
}

function withoutName({ audit, of }: Pick<ExpectedViolation, 'audit' | 'of'>): ValueProblem | undefined {
  if (audit !== 'any' || of !== undefined) return undefined;
  return { message: `'any' expects inconclusive audits, but not of what`, hint: 'name nodes or resources under of' };
}

/** Only one audit is about operations, and an operation is of a resource. */
function limitWrong({ audit, of, operation, on }: Omit<ExpectedViolation, 'because'>): ValueProblem | undefined {
  if (operation === undefined)
    return on === undefined
      ? undefined
      : { message: 'on without an operation', hint: 'add operation, or name the node under of' };
  if (audit !== 'no-failures') return { message: `${audit} is not about operations`, hint: 'write audit: no-failures' };
  return of === undefined
    ? { message: `a failed ${operation}, but not of what`, hint: 'name resources under of' }
    : undefined;
}

/** A scenario does not declare its resources, so every other name may be that of one. */
function subjectWrong(text: string, lab: Lab): ValueProblem | undefined {
  const target = readTarget(text);
  const isTarget = 'kind' in target;
  if (isTarget && target.kind !== 'node' && target.kind !== 'all') return targetWrong(target, lab, 'one');
  const filled = fillWords(text, lab);
  const wrong = wordsWrong(text, lab) ?? (!isTarget && filled.includes('{') ? target : undefined);
  if (wrong !== undefined) return wrong;
  if (filled.trim() === '') return { message: 'an empty text', hint: 'name a resource, a node or an address' };
  if (filled === 'all') {
    const hint = 'leave of out to expect whatever the audit finds';
    return { message: `'all' is not one resource, node or address`, hint };
  }
  if (!/^[\d./]+$/.test(filled) || parseIpv4(filled) !== undefined) return undefined;
  return { message: `'${filled}' is not an IPv4 address`, hint: 'write it without a prefix, such as 192.168.56.24' };
}

/** What one expected violation covers; of a limit that is absent, everything. */
interface Covered {
  readonly subject?: string;
  readonly operation?: string | undefined;
  readonly on?: string | undefined;
}

/** Two reasons for the same thing would leave open which one holds. */
export function checkViolationsOnce(source: Source, path: Path, violations: readonly ExpectedViolation[]): void {
  const expected = new Map<string, Covered[]>();
  for (const [index, { audit, of, operation, on }] of violations.entries()) {
    const earlier = expected.get(audit) ?? [];
    expected.set(audit, earlier);
    const limits = { operation, on: on === undefined ? undefined : canonical(on) };
    const covered: readonly Covered[] = of?.map((written) => ({ subject: canonical(written), ...limits })) ?? [limits];
    for (const [each, covers] of covered.entries()) {
      const before = earlier.find((other) => mayBeSame(other, covers));
      if (before !== undefined) {
        const ofSubject = covers.subject === undefined ? '' : ` for ${covers.subject}`;
        const what = before.subject === undefined ? ', whatever it finds' : ofSubject;
        const message = `a violation of '${audit}' is expected already${what}`;
        const at = of === undefined ? ['audit'] : ['of', each];
        source.report([...path, index, ...at], { message, hint: 'keep one of the two' });
      }
      earlier.push(covers);
    }
  }
}

function canonical(written: string): string {
  const target = readTarget(written);
  return 'kind' in target ? targetText(target) : written;
}

/** Two roles that are written differently may still mean one node; that is known only when the step runs. */
function mayBeSame(one: Covered, other: Covered): boolean {
  const agree = (key: keyof Covered) => one[key] === undefined || other[key] === undefined || one[key] === other[key];
  return agree('subject') && agree('operation') && agree('on');
}
