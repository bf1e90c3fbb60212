import { message } from '../../messages/message.js';
import type { Lab } from '../../model/lab.js';
import type { Scenario, ScriptHost, Step } from '../../model/scenario.js';
import { ScriptStopped } from '../../model/scripted.js';
import { scenarioOf, schemaFor } from '../scenario.js';
import { readShape } from '../shape.js';
import { isRecord, type Path, type Problem, type Source } from '../source.js';
import { callScript, type ScriptedScenario } from './functions.js';
import type { ScriptFile } from './load.js';
import { failureOf } from './own-code.js';
import { type Place, placeOf, TOP } from './place.js';
import { createStepReader } from './step-reader.js';

/** What a script exports apart from its steps, as the source of a scenario file that has none. */
export function scriptSource(script: ScriptFile): Source {
  const { file, text, exported, problem } = script;
  const problems: Problem[] = problem === undefined ? [] : [problem];
  const { steps: _, ...data } = isRecord(exported) ? exported : {};
  const problemAt: Source['problemAt'] = (path, { message, hint }) => ({ file, ...placeIn(text, path), message, hint });
  const report: Source['report'] = (path, wrong) => void problems.push(problemAt(path, wrong));
  const again = () => scriptSource(script);
  return { again, file, data, problems, readable: problem === undefined, report, reportKey: report, problemAt };
}

/** Of the innermost key that the text has. */
function placeIn(text: string, path: Path): Place {
  const key = path.findLast((part) => typeof part === 'string');
  return key === undefined ? TOP : placeOf(text, new RegExp(`(?<![\\w-])['"]?${key}['"]?\\s*[:(]`));
}

/** The scenario of a script, whose steps are not known yet, or everything that is wrong with what it exports. */
export function readScript(
  script: ScriptFile,
  lab: Lab,
): { readonly scenario?: Scenario; readonly problems: readonly Problem[] } {
  const source = scriptSource(script);
  if (!source.readable) return source;
  const steps = isRecord(script.exported) ? script.exported.steps : undefined;
  if (!isRecord(script.exported))
    source.report([], {
      message: 'the script exports no scenario',
      hint: 'write export default { id: …, title: …, async steps({ inject, expect }) { … } }',
    });
  else if (typeof steps !== 'function')
    source.report(['steps'], {
      message: 'the script has no steps',
      hint: 'add async steps({ inject, heal, command, expect }) { … }; a scenario of data is a YAML file',
    });
  else {
    const read = readShape(source, schemaFor(lab).omit({ steps: true }));
    if (read !== undefined && source.problems.length === 0) {
      const scenario = scenarioOf({ ...read, steps: [] }, script.file);
      return {
        scenario: { ...scenario, script: scriptOf(script, steps as ScriptedScenario['steps'], lab) },
        problems: [],
      };
    }
  }
  return { problems: source.problems };
}

/** A scenario's script before anybody has gone through it without a lab. */
export interface FreshScript extends NonNullable<Scenario['script']> {
  /** Calls its function once; resolves to what that threw. */
  call(host: ScriptHost): Promise<{ readonly error?: unknown }>;
  readonly source: ScriptFile;
}

function scriptOf(source: ScriptFile, steps: ScriptedScenario['steps'], lab: Lab): FreshScript {
  const call = (host: ScriptHost) => callScript(source, steps, lab, host);
  return {
    certain: 0,
    source,
    call,
    async play(host) {
      const { error } = await call(host);
      if (error === undefined || error instanceof ScriptStopped) return;
      await host.step(endOf(source, error, lab)).catch((stopped: unknown) => {
        if (!(stopped instanceof ScriptStopped)) throw stopped;
      });
    },
  };
}

/** An error between two steps is told as a step of its own, so that it is audited and reported like any other. */
function endOf(source: ScriptFile, error: unknown, lab: Lab): Step {
  const raw = { id: 'script-ended', title: message('scenario.script-ended') };
  const step = createStepReader(source.file, lab)(raw, TOP, 'act');
  return { ...step, action: { kind: 'act', ran: [], work: async () => failureOf(error, source) } };
}
