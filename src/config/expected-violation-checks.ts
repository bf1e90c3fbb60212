import { readTarget } from '../fields/target.js';
import type { ValueProblem } from '../fields/value-problem.js';
import { fillWords, wordsWrong } from '../fields/words.js';
import { parseIpv4 } from '../model/ipv4.js';
import type { Lab } from '../model/lab.js';
import type { Target } from '../model/scenario.js';
import { targetText } from '../model/target.js';
import { fieldOf, listOf, textOf } from './loose.js';
import { checkTarget } from './reference-checks.js';
import type { Path, Source } from './source.js';

/** Stands for the subject of an expected violation without `of`, which covers all others. */
const WHATEVER = '';

/** Checks the subjects of the violations that a step expects, and that none is declared twice. */
export function checkExpectedViolations(source: Source, path: Path, step: unknown, lab: Lab): void {
  const expected = new Map<string, Set<string>>();
  for (const [index, violation] of listOf(fieldOf(step, 'expected-violations')).entries()) {
    const at: Path = [...path, 'expected-violations', index];
    for (const [each, subject] of listOf(fieldOf(violation, 'of')).entries())
      checkSubject(source, [...at, 'of', each], subject, lab);
    if (textOf(fieldOf(violation, 'audit')) === 'any' && fieldOf(violation, 'of') === undefined)
      source.report(at, {
        message: `'any' expects inconclusive audits, but not of what`,
        hint: 'name nodes or resources under of',
      });
    checkTwice(source, at, violation, lab, expected);
  }
}

/** Names of resources are anybody's; what else can be told wrong is. */
function checkSubject(source: Source, path: Path, value: unknown, lab: Lab): void {
  const text = textOf(value);
  if (text === undefined) return;
  const target = readTarget(text);
  if ('kind' in target && isRole(target)) {
    checkTarget(source, path, text, lab, 'one');
    return;
  }
  const filled = fillWords(text, lab);
  const noRole = 'message' in target && filled.includes('{') ? target : undefined;
  const wrong = wordsWrong(text, lab) ?? noRole ?? subjectWrong(filled);
  if (wrong !== undefined) source.report(path, wrong);
}

function isRole({ kind }: Target): boolean {
  return kind !== 'node' && kind !== 'all';
}

function subjectWrong(subject: string): ValueProblem | undefined {
  if (subject.trim() === '') return { message: 'an empty text', hint: 'name a resource, a node or an address' };
  if (subject === 'all') {
    return {
      message: `'all' is not one resource, node or address`,
      hint: 'leave of out to expect whatever the audit finds',
    };
  }
  if (!/^[\d./]+$/.test(subject) || parseIpv4(subject) !== undefined) return undefined;
  return { message: `'${subject}' is not an IPv4 address`, hint: 'write it without a prefix, such as 192.168.56.24' };
}

/** Two reasons for the same thing would leave open which one holds. */
function checkTwice(
  source: Source,
  path: Path,
  violation: unknown,
  lab: Lab,
  expected: Map<string, Set<string>>,
): void {
  const audit = textOf(fieldOf(violation, 'audit'));
  if (audit === undefined) return;
  const earlier = expected.get(audit) ?? new Set<string>();
  expected.set(audit, earlier);
  for (const { at, subject } of subjectsOf(violation, lab)) {
    const covered = earlier.has(WHATEVER) || subject === WHATEVER ? earlier.size > 0 : earlier.has(subject);
    if (covered) {
      const what = earlier.has(WHATEVER) ? ', whatever it finds' : subject === WHATEVER ? '' : ` for ${subject}`;
      source.report([...path, ...at], {
        message: `a violation of '${audit}' is expected already${what}`,
        hint: 'keep one of the two',
      });
    }
    earlier.add(subject);
  }
}

function subjectsOf(violation: unknown, lab: Lab): readonly { readonly at: Path; readonly subject: string }[] {
  const of = fieldOf(violation, 'of');
  if (of === undefined) return [{ at: ['audit'], subject: WHATEVER }];
  return listOf(of).flatMap((value, index) => {
    const text = textOf(value) ?? '';
    return text.trim() === '' ? [] : [{ at: ['of', index], subject: plainSubject(text, lab) }];
  });
}

/** The same for every way to write the same subject. */
function plainSubject(text: string, lab: Lab): string {
  const target = readTarget(text);
  return 'kind' in target ? targetText(target) : fillWords(text, lab);
}
