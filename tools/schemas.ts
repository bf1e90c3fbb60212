import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jsonSchemas } from '../src/config/json-schema.js';
import { answerSchemas } from './answer-schemas.js';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '..', 'schemas');

/** File name under schemas/ to what it should hold: of the files that people write, and of the answers they get. */
export function wantedSchemas(): Readonly<Record<string, string>> {
  const schemas = { ...jsonSchemas(), ...answerSchemas() };
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, `${JSON.stringify(schema, null, 2)}\n`]),
  );
}

/** Names of the files under schemas/ that are not what they should be. */
export function staleSchemas(): readonly string[] {
  const isCurrent = (name: string, text: string) =>
    existsSync(join(FOLDER, name)) && readFileSync(join(FOLDER, name), 'utf8') === text;
  return Object.entries(wantedSchemas()).flatMap(([name, text]) => (isCurrent(name, text) ? [] : [name]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = wantedSchemas();
  for (const name of staleSchemas()) {
    writeFileSync(join(FOLDER, name), wanted[name] ?? '');
    console.log(`wrote schemas/${name}`);
  }
}
