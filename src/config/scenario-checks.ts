import { unknownWord } from '../fields/nearest.js';
import type { Lab } from '../model/lab.js';
import { PROBE_KINDS } from '../model/scenario.js';
import { checkExpectations } from './expectation-checks.js';
import { checkExpectedViolations } from './expected-violation-checks.js';
import { checkFault } from './fault.js';
import { fieldOf, isRecord, listOf, textOf } from './loose.js';
import { checkAddress, checkTarget, checkWords } from './reference-checks.js';
import type { Path, Source } from './source.js';

const ACTION_KEYS = ['run', 'form', 'fault', 'heal', 'install'] as const;

/** What no single value shows, for this lab. Works on whatever could be read, so that one slip does not hide another. */
export function checkScenario(source: Source, lab: Lab): void {
  const steps = listOf(fieldOf(source.data, 'steps'));
  const ids = new Set<string>();
  const probes = new Map<string, string>();
  const faults: string[] = [];
  for (const [index, step] of steps.entries()) {
    const path: Path = ['steps', index];
    const id = textOf(fieldOf(step, 'id'));
    if (id !== undefined && ids.has(id)) {
      source.report([...path, 'id'], {
        message: `step id '${id}' is there already`,
        hint: 'give each step an id of its own',
      });
    }
    checkActions(source, path, step);
    checkRun(source, path, step, lab);
    checkHeal(source, path, step, ids, faults);
    checkFault(source, path, step, lab);
    checkProbes(source, path, step, lab, probes);
    checkExpectations(source, path, step, probes, ids);
    checkExpectedViolations(source, path, step, lab);
    if (id !== undefined) ids.add(id);
    if (id !== undefined && fieldOf(step, 'fault') !== undefined) faults.push(id);
  }
  checkGiven(source);
}

function checkActions(source: Source, path: Path, step: unknown): void {
  if (!isRecord(step)) return;
  const [first, second] = Object.keys(step).filter((key) => (ACTION_KEYS as readonly string[]).includes(key));
  if (second !== undefined) {
    const message = `a step does one thing, and this one has both ${first} and ${second}`;
    source.reportKey([...path, second], { message, hint: 'move one of them to a step of its own' });
  }
  if (first !== undefined) return;
  if (step.unless !== undefined) {
    const message = 'unless without anything to leave out';
    source.reportKey([...path, 'unless'], {
      message,
      hint: `add one of ${ACTION_KEYS.join(', ')}, or move this to expect`,
    });
  }
  if (Object.keys(step).some((key) => key !== 'id' && !KNOWN_IDLE.has(key)) || listOf(step.expect).length > 0) return;
  const message = 'this step does nothing and expects nothing';
  source.report(path, { message, hint: `add expect, or one of ${ACTION_KEYS.join(', ')}` });
}

/** Keys that make nobody do or look at anything; an unknown key may be a misspelt one that does. */
const KNOWN_IDLE: ReadonlySet<string> = new Set(['title', 'say', 'hint', 'within', 'unless', 'probe', 'expect']);

function checkRun(source: Source, path: Path, step: unknown, lab: Lab): void {
  const run = fieldOf(step, 'run');
  checkTarget(source, [...path, 'run', 'on'], fieldOf(run, 'on'), lab, 'any');
  checkWords(source, [...path, 'run', 'command'], fieldOf(run, 'command'), lab);
  for (const [index, word] of listOf(fieldOf(run, 'argv')).entries())
    checkWords(source, [...path, 'run', 'argv', index], word, lab);
}

function checkHeal(
  source: Source,
  path: Path,
  step: unknown,
  earlier: ReadonlySet<string>,
  faults: readonly string[],
): void {
  const heal = textOf(fieldOf(step, 'heal'));
  if (heal === undefined || faults.includes(heal)) return;
  if (earlier.has(heal)) {
    const hint =
      faults.length > 0
        ? `steps with a fault before this one: ${faults.join(', ')}`
        : 'no step before this one has a fault';
    source.report([...path, 'heal'], { message: `step '${heal}' has no fault to heal`, hint });
    return;
  }
  const all = listOf(fieldOf(source.data, 'steps')).map((other) => textOf(fieldOf(other, 'id')));
  if (all.includes(heal)) {
    const message = `step '${heal}' is not before this one, so there is nothing to heal yet`;
    source.report([...path, 'heal'], { message, hint: 'put the heal after the fault' });
    return;
  }
  source.report([...path, 'heal'], unknownWord('step to heal', heal, faults));
}

/** `probe` is one or a list; a probe without an id of its own is called after its step. */
function checkProbes(source: Source, path: Path, step: unknown, lab: Lab, probes: Map<string, string>): void {
  const written = fieldOf(step, 'probe');
  if (written === undefined) return;
  const several = Array.isArray(written);
  for (const [index, probe] of (several ? listOf(written) : [written]).entries()) {
    const at: Path = several ? [...path, 'probe', index] : [...path, 'probe'];
    checkTarget(source, [...at, 'from'], fieldOf(probe, 'from'), lab, 'one');
    checkAddress(source, [...at, 'target'], fieldOf(probe, 'target'), lab);
    const named = textOf(fieldOf(probe, 'id'));
    const id = named ?? textOf(fieldOf(step, 'id'));
    if (id === undefined) continue;
    if (probes.has(id)) {
      const place = named === undefined ? at : [...at, 'id'];
      source.report(place, { message: `probe id '${id}' is there already`, hint: 'give each probe an id of its own' });
    }
    probes.set(id, PROBE_KINDS.find((kind) => kind === fieldOf(probe, 'kind')) ?? '');
  }
}

function checkGiven(source: Source): void {
  const own = textOf(fieldOf(source.data, 'id'));
  for (const [index, given] of listOf(fieldOf(source.data, 'given')).entries()) {
    if (given === own && own !== undefined) {
      source.report(['given', index], { message: `'${own}' is given to itself`, hint: 'remove it' });
    }
  }
}
