import type { Shell } from 'zx/core';
import type { WrittenExpectation } from '../../checks/index.js';
import type { RawFault } from '../../faults/index.js';
import { readTarget } from '../../fields/target.js';
import { readTimeExpression } from '../../fields/time-expression.js';
import { fillWords, wordsWrong } from '../../fields/words.js';
import type { ClusterState } from '../../model/cluster-state.js';
import { LabError } from '../../model/errors.js';
import { haNodesOf, type Lab } from '../../model/lab.js';
import type { FormationStage, Installable, ScriptHost } from '../../model/scenario.js';
import type { NodeOutput, StepOutput } from '../../model/scripted.js';
import { OWN_CODE } from '../scenario-checks.js';
import type { RawScenario, RawStep } from '../scenario-schema.js';
import type { ScriptFile } from './load.js';
import { shellOn, type Zx } from './node-shell.js';
import { failureOf } from './own-code.js';
import { placeOfError, TOP } from './place.js';
import { createStepReader } from './step-reader.js';

/** The rest of a step, with the keys of a scenario file. What comes after a step of a script is not known, so each is audited. */
export type StepOptions = Omit<RawStep, 'id' | 'run' | 'form' | 'fault' | 'heal' | 'install' | 'audit'>;

/** What a `*.scenario.ts` exports as default. */
export interface ScriptedScenario extends Omit<RawScenario, 'steps'> {
  /** Makes the steps, one after another; each is awaited. */
  steps(lab: ScenarioSteps): Promise<void>;
}

/** A node of the lab. */
export interface ScenarioNode {
  readonly name: string;
  /** zx's `$`, on this node: bash, with `set -euo pipefail`. Only in the code of a step (`act`). */
  readonly $: Shell;
}

/** What a step's command printed. With several nodes, of the first; `on` has each. */
export interface CommandOutput extends Omit<NodeOutput, 'node'> {
  on(node: string): NodeOutput;
}

/**
 * The steps of a scenario file as functions. Nodes are names or roles, as there: `ha-host1`, `{dc}`, `{holder of vip}`. Each
 * resolves when everything in the step holds; where something does not, the script ends there.
 */
export interface ScenarioSteps {
  /** The HA nodes. */
  readonly nodes: readonly ScenarioNode[];
  /** The node that a role means now. */
  node(target: string): Promise<ScenarioNode>;
  inject(id: string, fault: RawFault, options?: StepOptions): Promise<void>;
  /** Undoes the fault of the named step. */
  heal(id: string, step: string, options?: StepOptions): Promise<void>;
  /** One line, split on blanks, or a list of words; no shell reads it. */
  command(id: string, on: string, command: string | readonly string[], options?: StepOptions): Promise<CommandOutput>;
  /** A script of bash, which ends at the first command that fails. */
  shell(id: string, on: string, script: string, options?: StepOptions): Promise<CommandOutput>;
  form(id: string, stage: FormationStage, options?: StepOptions): Promise<void>;
  install(id: string, what: Installable, options?: StepOptions): Promise<void>;
  /** Only looks. */
  expect(id: string, expectations: readonly WrittenExpectation[], options?: Omit<StepOptions, 'expect'>): Promise<void>;
  /** A step that is code: the commands that it runs by `$` belong to it. Resolves to what the code returns. */
  act<T>(id: string, code: () => T | Promise<T>, options?: StepOptions): Promise<T>;
  /** `10s`, `token + 2s`. */
  wait(time: string): Promise<void>;
  /** The cluster as a node with quorum reports it now. */
  state(): Promise<ClusterState>;
  /** `{address vip}`, `{prefix vip}`, `{cluster}` … filled in. */
  fill(text: string): string;
}

/** Calls the script's function once. Resolves to what it threw, if it threw anything, once its last step is over. */
export async function callScript(
  script: ScriptFile,
  steps: ScriptedScenario['steps'],
  lab: Lab,
  host: ScriptHost,
): Promise<{ readonly error?: unknown }> {
  const zx = await import('zx/core');
  const { functions, begun } = createFunctions(script, lab, host, zx);
  try {
    await steps(functions);
    await Promise.all(begun);
    return {};
  } catch (error) {
    await Promise.allSettled(begun);
    return { error };
  }
}

function createFunctions({ file, path }: ScriptFile, lab: Lab, host: ScriptHost, zx: Zx) {
  const readStep = createStepReader(file, lab);
  const begun: Promise<unknown>[] = [];
  const here = () => placeOfError(new Error('here'), path) ?? TOP;
  const nodeNamed = (name: string): ScenarioNode => ({
    name,
    $: shellOn(zx, (argv, stdin) => host.exec(name, argv, stdin)),
  });

  /** A script that does not await it gets no unhandled rejection: the next step says so. */
  function remembered<T>(step: Promise<T>): Promise<T> {
    step.catch(() => undefined);
    begun.push(step);
    return step;
  }
  const perform = (raw: object, place = here()) =>
    remembered(Promise.resolve().then(() => host.step(readStep(raw as RawStep, place))));
  const silent = (id: string, own: object, options: object = {}, place = here()) =>
    perform({ id, ...own, ...options }, place).then(() => undefined);
  const spoken = (id: string, run: object, options: object = {}, place = here()) =>
    perform({ id, run, ...options }, place).then(outputOf);

  const functions: ScenarioSteps = {
    nodes: haNodesOf(lab).map(({ name }) => nodeNamed(name)),
    async node(text) {
      const target = readTarget(text);
      if (!('kind' in target)) throw misused(target.message, target.hint);
      return nodeNamed(await host.resolve(target));
    },
    inject: (id, fault, options) => silent(id, { fault }, options),
    heal: (id, step, options) => silent(id, { heal: step }, options),
    command: (id, on, words, options) =>
      spoken(id, { on, ...(typeof words === 'string' ? { command: words } : { argv: words }) }, options),
    shell: (id, on, text, options) => spoken(id, { on, shell: text }, options),
    form: (id, stage, options) => silent(id, { form: stage }, options),
    install: (id, what, options) => silent(id, { install: what }, options),
    expect: (id, expectations, options) => silent(id, { expect: expectations }, options),
    act<T>(id: string, code: () => T | Promise<T>, options: object = {}): Promise<T> {
      const place = here();
      let value: T;
      const work = async () => {
        try {
          value = await code();
          return undefined;
        } catch (error) {
          return failureOf(error, { file, path });
        }
      };
      const step = async () => {
        const read = readStep({ id, ...options } as RawStep, place, OWN_CODE);
        await host.step({ ...read, action: { kind: 'act', work, ran: [] } });
        return value;
      };
      return remembered(Promise.resolve().then(step));
    },
    wait(text) {
      const time = readTimeExpression(text);
      if ('message' in time) throw misused(time.message, time.hint);
      return host.pause(time);
    },
    state: () => host.state(),
    fill(text) {
      const wrong = wordsWrong(text, lab);
      if (wrong !== undefined) throw misused(wrong.message, wrong.hint);
      return fillWords(text, lab);
    },
  };
  return { functions, begun };
}

function misused(message: string, hint: string): LabError {
  return new LabError('usage', message, { hint });
}

function outputOf(step: StepOutput): CommandOutput {
  const first = () => step.outputs()[0] ?? { node: '', exitCode: 0, stdout: '', stderr: '' };
  return {
    get exitCode() {
      return first().exitCode;
    },
    get stdout() {
      return first().stdout;
    },
    get stderr() {
      return first().stderr;
    },
    on(node) {
      const found = step.outputs().find((each) => each.node === node);
      if (found === undefined) throw misused(`the command did not run on ${node}`, 'name a node that it ran on');
      return found;
    },
  };
}
