import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect } from 'chai';
import { CHECKS } from '../../../src/checks/index.js';
import { jsonSchemas } from '../../../src/config/json-schema.js';

const root = resolve(import.meta.dirname, '../../..');

function yamlFiles(folder: string): string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.yaml')).map((name) => join(root, folder, name));
}

describe('the JSON Schemas', () => {
  for (const [name, schema] of Object.entries(jsonSchemas())) {
    it(`${name} is what the files are read with`, () => {
      expect(JSON.parse(readFileSync(join(root, 'schemas', name), 'utf8'))).to.deep.equal(
        JSON.parse(JSON.stringify(schema)),
      );
    });
  }

  for (const [folder, schema] of [
    ['labs', 'lab'],
    ['scenarios', 'scenario'],
    ['courses', 'course'],
  ] as const) {
    it(`are named by every file under ${folder}`, () => {
      for (const file of yamlFiles(folder)) {
        const [, path = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(readFileSync(file, 'utf8')) ?? [];
        expect(resolve(dirname(file), path), file).to.equal(join(root, 'schemas', `${schema}.schema.json`));
      }
    });
  }

  it('refuse unknown keys and know every kind of expectation', () => {
    const scenario = jsonSchemas()['scenario.schema.json'] as {
      additionalProperties: boolean;
      definitions: { expectation: { anyOf: unknown[] } };
    };
    expect(scenario.additionalProperties).to.equal(false);
    expect(scenario.definitions.expectation.anyOf).to.have.length(30);
    expect(scenario.definitions.expectation.anyOf).to.have.length(Object.keys(CHECKS).length);
  });
});
