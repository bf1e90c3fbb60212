/** What the package gives as `halab/scenario`: types only, so that a script needs nothing of halab when it is imported. */
export type {
  CommandOutput,
  ScenarioNode,
  ScenarioSteps,
  ScriptedScenario,
  StepOptions,
} from './config/script/functions.js';
