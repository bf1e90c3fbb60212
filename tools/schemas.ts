import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jsonSchemas } from '../src/config/json-schema.js';
import { WITH_FAULTS, withFaults } from './fault-schemas.js';

/** Writes schemas/*.json from the schemas that files are read with; `--check` only says which ones are stale, exit code 1. */
const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'schemas');
const check = process.argv.includes('--check');

const wanted = {
  ...jsonSchemas(),
  ...Object.fromEntries(
    WITH_FAULTS.map((name) => [name, withFaults(JSON.parse(readFileSync(join(folder, name), 'utf8')))]),
  ),
};

for (const [name, schema] of Object.entries(wanted)) {
  const path = join(folder, name);
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  if (check) {
    console.error(`schemas/${name} is stale; run: npx tsx tools/schemas.ts`);
    process.exitCode = 1;
  } else {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, text);
    console.log(`wrote schemas/${name}`);
  }
}
