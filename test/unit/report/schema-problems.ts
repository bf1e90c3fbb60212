type Json = Readonly<Record<string, unknown>>;

/** Enough of JSON Schema 2020-12 for our own schemas: what is wrong with the value, as `path: problem`. */
export function schemaProblems(value: unknown, schema: Json, root: Json = schema, path = '$'): readonly string[] {
  if (typeof schema.$ref === 'string') return schemaProblems(value, definition(root, schema.$ref), root, path);
  if ('const' in schema && value !== schema.const) return [`${path}: not ${schema.const}`];
  if (Array.isArray(schema.enum) && !schema.enum.includes(value))
    return [`${path}: not one of ${schema.enum.join(', ')}`];
  switch (schema.type) {
    case 'object':
      return objectProblems(value, schema, root, path);
    case 'array':
      if (!Array.isArray(value)) return [`${path}: not an array`];
      return value.flatMap((item, index) => schemaProblems(item, schema.items as Json, root, `${path}[${index}]`));
    case 'integer':
      return Number.isInteger(value) ? [] : [`${path}: not an integer`];
    case undefined:
      return [];
    default:
      return typeof value === schema.type ? [] : [`${path}: not a ${schema.type}`];
  }
}

function objectProblems(value: unknown, schema: Json, root: Json, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path}: not an object`];
  const properties = (schema.properties ?? {}) as Readonly<Record<string, Json>>;
  const required = (schema.required ?? []) as readonly string[];
  const missing = required.filter((key) => !(key in value)).map((key) => `${path}.${key}: missing`);
  const wrong = Object.entries(value).flatMap(([key, item]) => {
    const own = properties[key] ?? (schema.additionalProperties as Json | boolean | undefined);
    if (own === false) return [`${path}.${key}: not allowed`];
    return typeof own === 'object' ? schemaProblems(item, own, root, `${path}.${key}`) : [];
  });
  return [...missing, ...wrong];
}

function definition(root: Json, ref: string): Json {
  const name = ref.replace('#/$defs/', '');
  const found = (root.$defs as Readonly<Record<string, Json>>)[name];
  if (!found) throw new Error(`no definition ${ref}`);
  return found;
}
