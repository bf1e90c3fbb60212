import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CHECKS } from '../src/checks/index.js';
import { markdownTable, scenarioRows } from '../src/cli/commands/scenarios.js';
import { jsonSchemas } from '../src/config/json-schema.js';

/** Writes the tables of docs/scenarios.md from the scenario files and from the kinds of expectation. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const PAGE = join(root, 'docs', 'scenarios.md');

/** The page with the tables that it ought to have. */
export async function withScenarioTables(page: string): Promise<string> {
  const library = markdownTable(await scenarioRows({ cwd: root, root }, [], undefined));
  return withTable(withTable(page, 'table', library), 'table of expectations', expectationTable());
}

function withTable(page: string, name: string, table: string): string {
  const [from, to] = [`<!-- ${name} -->\n`, `\n<!-- end of ${name} -->`];
  const [before, rest = ''] = page.split(from);
  return [before, from, table, to, rest.split(to)[1]].join('');
}

/** One kind as the published schema has it: the first key names the kind. */
interface WrittenKind {
  readonly properties: Readonly<Record<string, { readonly properties?: object }>>;
  readonly required: readonly string[];
  readonly description: string;
}

/** A kind that is written in several forms has a row for each. */
function expectationTable(): string {
  const schema = jsonSchemas()['scenario.schema.json'] as {
    readonly definitions: { readonly expectation: { readonly anyOf: readonly (WrittenKind | Forms)[] } };
  };
  const rows = schema.definitions.expectation.anyOf.flatMap(formsOf).map(rowOf);
  return ['| expectation | other keys | what must hold |', '|---|---|---|', ...rows].join('\n');
}

interface Forms {
  readonly anyOf: readonly WrittenKind[];
  readonly description?: string;
}

function formsOf(kind: WrittenKind | Forms): readonly WrittenKind[] {
  if (!('anyOf' in kind)) return [kind];
  return kind.anyOf.map((form) => ({ ...form, description: form.description ?? kind.description }));
}

function rowOf({ properties, required, description }: WrittenKind): string {
  const keys = Object.keys(properties);
  const kind = keys.find((key) => key in CHECKS) ?? keys[0] ?? '';
  const others = keys.filter((key) => key !== kind).map((key) => `\`${key}\`${required.includes(key) ? '' : '?'}`);
  const inner = Object.keys(properties[kind]?.properties ?? {}).join(', ');
  return `| \`${kind}${inner && `: { ${inner} }`}\` | ${others.join(', ') || '–'} | ${description.replaceAll('|', '\\|')} |`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(PAGE, await withScenarioTables(readFileSync(PAGE, 'utf8')));
