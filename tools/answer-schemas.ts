import { z } from 'zod';
import { ANSWERS } from '../src/cli/answers/index.js';

type Schema = Readonly<Record<string, unknown>>;

/** File name under schemas/ to JSON Schema, of each answer. An answer within another is a reference to its own file. */
export function answerSchemas(): Readonly<Record<string, Schema>> {
  return Object.fromEntries(Object.entries(ANSWERS).map(([name, answer]) => [`${name}.schema.json`, schemaOf(answer)]));
}

function schemaOf(answer: z.ZodType): Schema {
  const { id = '', title } = z.globalRegistry.get(answer) ?? {};
  // With a name of its own, an answer is one more of the parts that zod collects.
  const { $schema, $defs = {} } = z.toJSONSchema(answer, { io: 'output' });
  const { title: _, ...body } = withoutIds($defs[id]) as Schema;
  const defs = reachable(body, withoutIds($defs, true) as Schema);
  return { $schema, $id: id, title, ...body, ...(Object.keys(defs).length > 0 ? { $defs: defs } : {}) };
}

/** Leaves out the `id` that zod repeats in each part, and refers to another answer by the address of its file. */
function withoutIds(schema: unknown, isProperties = false): unknown {
  if (Array.isArray(schema)) return schema.map((each) => withoutIds(each));
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).filter(
    ([key, value]) => isProperties || key !== 'id' || typeof value !== 'string',
  );
  return Object.fromEntries(
    entries.map(([key, value]) => {
      if (key === '$ref' && typeof value === 'string')
        return [key, value.replace(/^#\/\$defs\/(halab\.[\w-]+)~1(\d+)$/, '../$1/$2')];
      return [key, withoutIds(value, key === 'properties' && !isProperties)];
    }),
  );
}

/** Those of the parts that a schema refers to, directly or by way of others. */
function reachable(schema: unknown, defs: Schema): Schema {
  const found = new Set<string>();
  const look = (within: unknown): void => {
    for (const [, name = ''] of JSON.stringify(within).matchAll(/"#\/\$defs\/([^"]+)"/g)) {
      if (found.has(name)) continue;
      found.add(name);
      look(defs[name]);
    }
  };
  look(schema);
  return Object.fromEntries(Object.entries(defs).filter(([name]) => found.has(name)));
}
