import { LabError } from '../model/errors.js';
import { parseJson } from '../model/json-text.js';
import { type Cell, cellSchema } from './cell.js';

/** plan.jsonl: a cell a line, longest unit first. */
export function planText(cells: readonly Cell[]): string {
  return cells.map((cell) => `${JSON.stringify(cell)}\n`).join('');
}

/** Throws LabError `config-invalid` with the place of the first line that is none. */
export function readPlan(file: string, text: string): readonly Cell[] {
  const lines = text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [{ line, number: index + 1 }]));
  const cells = lines.map(({ line, number }) => cellIn(line) ?? notACell(file, number));
  const ids = cells.map(({ id }) => id);
  const twice = ids.findIndex((id, index) => ids.indexOf(id) < index);
  if (twice >= 0) throw unreadable(file, lines[twice]?.number ?? 1, `the cell ${ids[twice]} is in the plan already`);
  if (cells.length > 0) return cells;
  throw unreadable(file, 1, 'there is no cell in the plan');
}

function cellIn(line: string): Cell | undefined {
  return cellSchema.safeParse(parseJson(line)).data;
}

function notACell(file: string, line: number): never {
  throw unreadable(file, line, 'this line is no cell of a plan');
}

function unreadable(file: string, line: number, message: string): LabError {
  return new LabError('config-invalid', `${file}:${line}:1: ${message}`, {
    hint: 'halab nightly plan writes it again',
    data: { file, line },
  });
}
