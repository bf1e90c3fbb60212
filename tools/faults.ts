import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { type AnyFaultKind, FAULTS } from '../src/faults/index.js';

/** Writes the table of docs/faults.md from the table of faults: `npx tsx tools/faults.ts`. */
const PAGE = fileURLToPath(new URL('../docs/faults.md', import.meta.url));

/** The page with the table that it ought to have. */
export function withFaultTable(page: string): string {
  const rows = Object.values(FAULTS as unknown as Record<string, AnyFaultKind>).map(rowOf);
  const table = ['| fault | needs of the backend | parameters, beside the node |', '|---|---|---|', ...rows].join('\n');
  return page.replace(/(<!-- table -->\n)[\s\S]*(\n<!-- end of table -->)/, (_, from, to) => `${from}${table}${to}`);
}

function rowOf({ kind, params, needs, needsNote }: AnyFaultKind): string {
  const abilities = needs({}).join(', ') || 'nothing';
  const keys = Object.keys(params).filter((key) => key !== 'node');
  const words = keys.map((key) => (key === 'nodes' || key === 'groups' ? `\`${key}\` instead of it` : `\`${key}\``));
  return `| [\`${kind}\`](#${kind}) | ${abilities}${needsNote ?? ''} | ${words.join(', ') || 'none'} |`;
}

if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(PAGE, withFaultTable(readFileSync(PAGE, 'utf8')));
