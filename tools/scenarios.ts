import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { markdownTable, scenarioRows } from '../src/cli/commands/scenarios.js';

/** Writes the table of docs/scenarios.md from the scenario files. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const file = join(root, 'docs', 'scenarios.md');
const text = readFileSync(file, 'utf8');
const table = markdownTable(scenarioRows({ cwd: root, root }, [], undefined));
writeFileSync(
  file,
  text.replace(/(<!-- table -->\n)[\s\S]*(\n<!-- end of table -->)/, (_, from, to) => `${from}${table}${to}`),
);
