import type { RawExpectation, RawStep } from '../config/scenario-schema.js';
import { rowOf } from '../faults/index.js';
import type { RawExpectedViolation, Recovery, WalkRow } from '../faults/walk/row.js';
import { holderOf, othersThan, type Scene, targetOf } from '../faults/walk/scene.js';
import { message } from '../messages/message.js';
import type { DrawnFault, Round } from './draw.js';

const SETTLE = '60s';
/** The longest way back is that of a node that boots. */
const WHOLE_WITHIN = 'token + consensus + dc-deadtime + 90s';

/** Breaks in the order of the round, heals the newest first, and in the end all is as it was. */
export function stepsOf(round: Round, scene: Scene): readonly RawStep[] {
  const heals = round.toReversed();
  return [
    ...round.map((drawn, index) => breakStep(drawn, round.slice(0, index), scene)),
    ...holdSteps(round, scene),
    ...heals.map((drawn, index) => healStep(drawn, heals.slice(index + 1), heals.slice(0, index), scene)),
    ...recoverySteps(round, scene),
  ];
}

function breakStep(drawn: DrawnFault, others: Round, scene: Scene): RawStep {
  const { fault } = drawn;
  const row = knownRow(drawn);
  // Beside another fault only what takes its time to be noticed is waited for.
  const effect = others.length === 0 || row.membersLost(fault, scene) > 0 ? row.effect?.(fault, scene) : undefined;
  const violations = mergeExpectedViolations([...others, drawn].flatMap((each) => inForce(each, scene)));
  return {
    id: stepIdOf(drawn),
    title: message('walk.inject', {
      number: drawn.number,
      kind: fault.kind,
      target: targetOf(fault),
      concurrent: others.length > 0,
    }),
    fault,
    ...(effect === undefined ? {} : { expect: [...effect.expect] as RawExpectation[], within: effect.within }),
    ...expecting(violations),
    settle: row.settle ?? SETTLE,
  };
}

/** On a host, for every lab has one, but not on one that a concurrentFault may have switched off or frozen. */
function holdSteps(round: Round, scene: Scene): readonly RawStep[] {
  const seconds = Math.max(...round.map((drawn) => knownRow(drawn).holdS ?? 0));
  const host = holdOn(round, scene);
  if (seconds === 0 || host === undefined) return [];
  return [
    {
      id: `${idOf(round)}-hold`,
      title: message('walk.hold', { seconds }),
      run: { on: host, command: `sleep ${seconds}` },
      ...expecting(mergeExpectedViolations(round.flatMap((each) => inForce(each, scene)))),
      settle: round.flatMap((drawn) => knownRow(drawn).settle ?? [])[0] ?? SETTLE,
    },
  ];
}

/** Management reaches a node whose only fault is one that has to be held. */
function holdOn(round: Round, scene: Scene): string | undefined {
  const concurrentFault = round.find((drawn) => knownRow(drawn).holdS === undefined);
  const avoided = concurrentFault && targetOf(concurrentFault.fault);
  if (avoided === undefined) return scene.hosts[0];
  // Named as any node but the one of the fault that has to be held.
  const [, meant] = /^\{any other than (.+)\}$/.exec(avoided) ?? [];
  return meant === undefined ? othersThan(avoided, scene)[0] : `{${meant}}`;
}

/** `left` are in force still, `gone` were healed just before. */
function healStep(drawn: DrawnFault, left: Round, gone: Round, scene: Scene): RawStep {
  const isLast = left.length === 0;
  const healed = [...gone, drawn];
  const violations = mergeExpectedViolations([
    ...healed.flatMap((each) => knownRow(each).healed?.(each.fault, scene) ?? []),
    ...(isLast ? [] : healed.flatMap((each) => knownRow(each).unnoticed?.(each.fault, scene) ?? [])),
    ...left.flatMap((each) => inForce(each, scene)),
  ]);
  const recoveries = healed.map((each) => recoveryOf(each, scene));
  return {
    id: `${drawn.number}-heal`,
    title: message('walk.heal', { number: drawn.number }),
    heal: stepIdOf(drawn),
    ...(isLast ? { expect: asBefore(scene, recoveries), within: WHOLE_WITHIN } : {}),
    ...expecting(violations),
    settle: SETTLE,
  };
}

function recoverySteps(round: Round, scene: Scene): readonly RawStep[] {
  const wanted = round.map((drawn) => recoveryOf(drawn, scene));
  const numbers = round.map((drawn) => drawn.number).join(' + ');
  const expect = { expect: asBefore(scene, []), within: WHOLE_WITHIN, settle: SETTLE };
  if (wanted.includes('sweep')) {
    return [
      {
        id: `${idOf(round)}-sweep`,
        title: message('walk.refresh', { numbers }),
        // Called cleanup before pcs 0.9.162.
        run: { on: '{dc}', argv: ['sh', '-c', 'pcs resource refresh || pcs resource cleanup'] },
        ...expect,
      },
    ];
  }
  if (wanted.every((each) => each === undefined)) return [];
  const title = message('walk.cleanup', { numbers });
  return [{ id: `${idOf(round)}-cleanup`, title, run: { on: '{dc}', command: 'pcs resource cleanup' }, ...expect }];
}

/** All of it, but for what has to be recovered first. */
function asBefore({ resources }: Scene, recoveries: readonly (Recovery | undefined)[]): RawExpectation[] {
  const areRunning = !recoveries.includes('recover');
  const arePlaced = areRunning && !recoveries.includes('sweep');
  return [
    { nodes: 'all', are: 'online' },
    { quorum: true },
    { dc: 'agreed' },
    ...resources.flatMap(({ id }): readonly RawExpectation[] => (areRunning ? [{ resource: id, is: 'started' }] : [])),
    ...resources.flatMap(({ id, address }): readonly RawExpectation[] =>
      arePlaced && address !== undefined ? [{ address, 'on-exactly': 1, on: holderOf(id) }] : [],
    ),
  ];
}

function idOf(round: Round): string {
  return round.map(({ number }) => number).join('-');
}

export function stepIdOf({ number, fault }: DrawnFault): string {
  return `${number}-${fault.kind}`;
}

function inForce(drawn: DrawnFault, scene: Scene): readonly RawExpectedViolation[] {
  return knownRow(drawn).inForce?.(drawn.fault, scene) ?? [];
}

function recoveryOf(drawn: DrawnFault, scene: Scene): Recovery | undefined {
  return knownRow(drawn).recovery?.(drawn.fault, scene);
}

function expecting(violations: readonly RawExpectedViolation[]): Pick<RawStep, 'expected-violations'> {
  return violations.length === 0 ? {} : { 'expected-violations': [...violations] };
}

function knownRow({ fault }: DrawnFault): WalkRow {
  const row = rowOf(fault.kind);
  if (row === undefined) throw new Error(`a walk has drawn ${fault.kind}, which is never drawn`);
  return row;
}

/** When two faults expect the same violation, the reason of the first is kept: a step may declare no violation twice. */
function mergeExpectedViolations(violations: readonly RawExpectedViolation[]): readonly RawExpectedViolation[] {
  const whole = new Set(violations.filter(({ of }) => of === undefined).map(({ audit }) => audit));
  const taken = new Set<string>();
  return violations.flatMap((violation) => {
    if (violation.of === undefined) return isNew(taken, violation.audit) ? [violation] : [];
    if (whole.has(violation.audit)) return [];
    const of = violation.of.filter((subject) => isNew(taken, `${violation.audit} ${subject}`));
    return of.length === 0 ? [] : [{ ...violation, of }];
  });
}

function isNew(taken: Set<string>, key: string): boolean {
  if (taken.has(key)) return false;
  taken.add(key);
  return true;
}

/** So many failures on a node are enough for a resource to leave it. */
const THRESHOLD = 3;

/**
 * What a walk does before its first fault, whichever faults are left of it: without a migration-threshold a resource whose
 * monitors fail is started again without a pause, and the cluster never becomes idle.
 */
export function setupSteps(scene: Scene): readonly RawStep[] {
  const { kinds, resources } = scene;
  if (!kinds.includes('monitor-fail') || resources.length === 0) return [];
  const commands = resources.map(({ id }) => `pcs resource meta ${id} migration-threshold=${THRESHOLD}`);
  return [
    {
      id: 'threshold',
      title: message('walk.threshold', { failures: THRESHOLD }),
      run: { on: '{dc}', argv: ['sh', '-c', commands.join(' && ')] },
      expect: asBefore(scene, []),
      within: WHOLE_WITHIN,
      settle: SETTLE,
    },
  ];
}
