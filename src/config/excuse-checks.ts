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

/** Stands for the subject of an excuse without `of`, which covers all others. */
const WHATEVER = '';

/** What the excuses of a step are about, and that none of them is there twice. */
export function checkExcuses(source: Source, path: Path, step: unknown, lab: Lab): void {
  const excused = new Map<string, Set<string>>();
  for (const [index, excuse] of listOf(fieldOf(step, 'excuse')).entries()) {
    const at: Path = [...path, 'excuse', index];
    for (const [each, subject] of listOf(fieldOf(excuse, 'of')).entries())
      checkSubject(source, [...at, 'of', each], subject, lab);
    if (textOf(fieldOf(excuse, 'audit')) === 'any' && fieldOf(excuse, 'of') === undefined)
      source.report(at, {
        message: `'any' excuses what cannot be told, but not of what`,
        hint: 'name nodes or resources under of',
      });
    checkTwice(source, at, excuse, lab, excused);
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
      hint: 'leave of out to excuse whatever the audit finds',
    };
  }
  if (!/^[\d./]+$/.test(subject) || parseIpv4(subject) !== undefined) return undefined;
  return { message: `'${subject}' is not an IPv4 address`, hint: 'write it without a prefix, such as 192.168.56.24' };
}

/** Two reasons for the same thing would leave open which one holds. */
function checkTwice(source: Source, path: Path, excuse: unknown, lab: Lab, excused: Map<string, Set<string>>): void {
  const audit = textOf(fieldOf(excuse, 'audit'));
  if (audit === undefined) return;
  const earlier = excused.get(audit) ?? new Set<string>();
  excused.set(audit, earlier);
  for (const { at, subject } of subjectsOf(excuse, lab)) {
    const covered = earlier.has(WHATEVER) || subject === WHATEVER ? earlier.size > 0 : earlier.has(subject);
    if (covered) {
      const what = earlier.has(WHATEVER) ? ', whatever it finds' : subject === WHATEVER ? '' : ` for ${subject}`;
      source.report([...path, ...at], { message: `'${audit}' is excused already${what}`, hint: 'keep one of the two' });
    }
    earlier.add(subject);
  }
}

function subjectsOf(excuse: unknown, lab: Lab): readonly { readonly at: Path; readonly subject: string }[] {
  const of = fieldOf(excuse, 'of');
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
