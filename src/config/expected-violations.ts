import { z } from 'zod';
import { checked, type ScenarioFields, targetWrong } from '../fields/scenario-fields.js';
import { parsed, strict } from '../fields/schema.js';
import { readTarget } from '../fields/target.js';
import type { ValueProblem } from '../fields/value-problem.js';
import { fillWords, wordsWrong } from '../fields/words.js';
import { AUDITS, type ExpectedViolation } from '../model/audit.js';
import { parseIpv4 } from '../model/ipv4.js';
import type { Lab } from '../model/lab.js';
import { targetText } from '../model/target.js';
import type { Path, Source } from './source.js';

/** The violations that a step declares. Roles stay as they are written: the step resolves them when it runs. */
export function expectedViolationsSchema({ lab, text }: ScenarioFields) {
  const subject = parsed({ what: 'a resource, a node or an address' }, (text): string | ValueProblem =>
    lab === undefined ? text : (subjectWrong(text, lab) ?? fillWords(text, lab)),
  );
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
    because: text.describe('Why, for the readers of the report.'),
    optional: z
      .boolean()
      .optional()
      .describe(
        'The violation may or may not occur. Without it, a violation that was expected and not found is reported.',
      ),
  }).describe('A violation that an audit is expected to find after this step.');
  const named = checked(violation, ({ audit, of }) =>
    audit === 'any' && of === undefined
      ? { message: `'any' expects inconclusive audits, but not of what`, hint: 'name nodes or resources under of' }
      : undefined,
  );
  return z.array(named).min(1);
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

/** Stands for the subject of an expected violation without `of`, which covers all others. */
const WHATEVER = '';

/** Two reasons for the same thing would leave open which one holds. */
export function checkViolationsOnce(source: Source, path: Path, violations: readonly ExpectedViolation[]): void {
  const expected = new Map<string, Set<string>>();
  for (const [index, { audit, of }] of violations.entries()) {
    const earlier = expected.get(audit) ?? new Set<string>();
    expected.set(audit, earlier);
    for (const [each, written] of (of ?? [WHATEVER]).entries()) {
      const target = readTarget(written);
      const subject = 'kind' in target ? targetText(target) : written;
      if (earlier.has(WHATEVER) || subject === WHATEVER ? earlier.size > 0 : earlier.has(subject)) {
        const what = earlier.has(WHATEVER) ? ', whatever it finds' : subject === WHATEVER ? '' : ` for ${subject}`;
        const message = `a violation of '${audit}' is expected already${what}`;
        const at = of === undefined ? ['audit'] : ['of', each];
        source.report([...path, index, ...at], { message, hint: 'keep one of the two' });
      }
      earlier.add(subject);
    }
  }
}
