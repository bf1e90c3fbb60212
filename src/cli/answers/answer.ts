import { z } from 'zod';

/** The answer halab.NAME/1; `more` are keywords of JSON Schema that zod cannot express. */
export function answer<Name extends string, Shape extends z.core.$ZodLooseShape>(
  name: Name,
  title: string,
  shape: Shape,
  more: z.GlobalMeta = {},
) {
  const id = `halab.${name}/1` as const;
  return z.strictObject({ schema: z.literal(id), ...shape }).meta({ id, title, ...more });
}
