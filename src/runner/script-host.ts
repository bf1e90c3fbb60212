import { LabError } from '../model/errors.js';
import type { StepResult } from '../model/event.js';
import type { Scenario, ScriptHost, Step } from '../model/scenario.js';
import { type OwnCode, ScriptStopped } from '../model/scripted.js';
import { untilAborted } from '../ports/clock.js';
import { RUN_TIMEOUT_MS } from './act.js';
import type { RunSession } from './session.js';
import { resolveTarget, statesThatCount } from './targets.js';

/** A step of a script while it runs. */
interface Current {
  readonly id: string;
  /** Of the step's own code. */
  readonly ran?: OwnCode['ran'];
}

type Run = (step: Step) => Promise<StepResult>;

/**
 * Plays a script to its end, or until the run is interrupted and its step is over. Throws only for bugs in halab.
 */
export async function playScript(
  session: RunSession,
  scenario: string,
  script: NonNullable<Scenario['script']>,
  run: Run,
): Promise<void> {
  const { signal } = session.deps;
  const bugs: unknown[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const watched: Run = (step) => {
    const running = run(step);
    last = running.catch((bug: unknown) => bugs.push(bug));
    return running;
  };
  // A script may wait for something that has nothing to do with the lab.
  const interrupted = new Promise<void>((resolve) => {
    const stop = () => void last.then(() => resolve());
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  await Promise.race([script.play(createScriptHost(session, scenario, watched)), interrupted]);
  if (bugs.length > 0) throw bugs[0];
}

/** Runs the steps of a script one after another, with the same executor as those of a file. */
function createScriptHost(session: RunSession, scenario: string, run: Run): ScriptHost {
  const { clock, signal, emit, instance } = session.deps;
  let current: Current | undefined;

  const states = async () => statesThatCount(await Promise.all(session.haNodes.map(session.read.state)));

  return {
    async step(step) {
      if (current !== undefined) throw stillRunning(step.id, current);
      current = { id: step.id, ...(step.action.kind === 'act' ? { ran: step.action.ran } : {}) };
      try {
        const { verdict } = await run(step);
        if (verdict !== 'passed') throw new ScriptStopped(`step ${step.id} is ${verdict}`);
        return { outputs: () => session.printed.get(step.id) ?? [] };
      } finally {
        current = undefined;
      }
    },
    async exec(node, argv, stdin) {
      const step = current;
      if (step?.ran === undefined) throw outsideOfCode(node);
      step.ran.push({ node, argv });
      const transport = await untilAborted(session.transport(node), signal);
      const options = { timeoutMs: RUN_TIMEOUT_MS, signal, ...(stdin === undefined ? {} : { stdin }) };
      const { exitCode, durationMs, stdout, stderr } = await transport.exec(argv, options);
      emit({ kind: 'command-finished', scenario, step: step.id, node, argv, exitCode, durationMs, stdout, stderr });
      return { node, exitCode, stdout, stderr };
    },
    resolve: (target) =>
      untilAborted(
        resolveTarget(target, {
          lab: instance.lab,
          recorded: session.recorded,
          states,
          choose: (candidates) => candidates[Math.floor(session.deps.random() * candidates.length)] ?? '',
        }),
        signal,
      ),
    async state() {
      const [state] = await untilAborted(states(), signal);
      if (state !== undefined) return state;
      throw new LabError('status-unreadable', 'no node reports the state of the cluster');
    },
    async pause(time) {
      await clock.sleep(await session.time.ms(time), signal);
    },
  };
}

function stillRunning(next: string, { id, ran }: Current): LabError {
  if (ran !== undefined)
    return new LabError('usage', `step ${next} begins inside of the code of step ${id}`, {
      hint: 'a step holds no other: return what the code found, and call the next one after it',
    });
  return new LabError('usage', `step ${next} begins while step ${id} is still running`, {
    hint: `write await in front of step ${id}`,
  });
}

function outsideOfCode(node: string): LabError {
  return new LabError('usage', `$ of ${node} is used outside of a step`, {
    hint: "put it into one, so that it is audited and reported: await act('look', () => node.$`…`)",
  });
}
