import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { regex } from '../fields/values.js';
import { lastLine } from '../model/command-output.js';
import { haNodesOf } from '../model/lab.js';
import { quoted } from '../model/state-text.js';
import { targetText } from '../model/target.js';
import { worstVerdict } from '../model/verdict.js';
import type { CheckContext } from '../ports/check.js';
import { defineCheck, type FieldsOf, passedIf, tryExec } from './define-check.js';

/** What one node printed, or why it could not be asked. */
type Printed = { readonly node: string } & ({ readonly stdout: string } | { readonly problem: string });

const TIMEOUT_MS = 20_000;

const schema = ({ targets, filled }: ScenarioFields) =>
  strict({
    prints: filled.pipe(regex).describe('A regular expression, with words in braces; ^ and $ are the ends of a line.'),
    shell: filled.describe('A command that only looks. It runs again and again.'),
    on: targets,
  }).describe(
    'What a command that only looks prints on a node, or on every HA node; for what no other expectation sees.',
  );

type Prints = FieldsOf<typeof schema>;

export const printsCheck = defineCheck({
  kind: 'prints',
  schema,
  cost: 3,
  when: 'now',
  targets: ({ on }) => [on],
  readsStatusText: false,
  describe: ({ prints, shell, on }) => `on ${targetText(on)}, ${quoted(shell)} prints /${prints}/`,
  observe: readPrinted,
  judge({ prints }, observed) {
    const wanted = new RegExp(prints, 'm');
    const judged = observed.map((each) => {
      if ('problem' in each) return { verdict: 'unknown' as const, seen: `${each.node}: ${each.problem}` };
      const line = wanted.exec(each.stdout)?.[0] ?? lastLine(each.stdout);
      return passedIf(wanted.test(each.stdout), `${each.node} prints ${line === undefined ? 'nothing' : quoted(line)}`);
    });
    const verdict = worstVerdict(judged.map((each) => each.verdict));
    const worst = judged.filter((each) => each.verdict === verdict);
    return { verdict: verdict === 'skipped' ? 'unknown' : verdict, seen: worst.map(({ seen }) => seen).join('; ') };
  },
});

async function readPrinted({ shell, on }: Prints, context: CheckContext): Promise<readonly Printed[]> {
  const nodes = on.kind === 'all' ? haNodesOf(context.lab).map(({ name }) => name) : [await context.resolve(on)];
  return Promise.all(
    nodes.map(async (node) => ({ node, ...(await tryExec(context, node, ['bash', '-c', shell], TIMEOUT_MS)) })),
  );
}
