import { stringify } from 'yaml';
import type { RawScenario } from './scenario-schema.js';

/** As a person would keep it; `why` is its first comment. Long lines are left whole, for texts in two languages fold badly. */
export function scenarioText(scenario: RawScenario, why: readonly string[]): string {
  const comment = why.map((line) => `# ${line}\n`).join('');
  return `${comment}${stringify(scenario, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}
