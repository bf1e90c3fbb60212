import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';

const FOLDER = resolve(import.meta.dirname, '../../schemas');

/** Schemas of what answers hold, to which theirs refer. */
const PARTS = ['cluster-state'];

/** Names of the published schemas of `--json` answers: `error` for halab.error/1. */
export const ANSWERS: readonly string[] = readdirSync(FOLDER)
  .map((file) => file.replace('.schema.json', ''))
  .filter((name) => !['course', 'lab', 'nightly', 'pool', 'scenario', ...PARTS].includes(name));

export function schemaOf(name: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(join(FOLDER, `${name}.schema.json`), 'utf8')) as Readonly<Record<string, unknown>>;
}

const ajv = new Ajv2020({ allErrors: true, strict: true });
for (const name of [...PARTS, ...ANSWERS]) ajv.addSchema(schemaOf(name));

/** What is wrong with a value by the published schema of that name. */
export function problemsBy(name: string, value: unknown): readonly string[] {
  ajv.validate(`halab.${name}/1`, value);
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
}
