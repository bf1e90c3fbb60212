import { z } from 'zod';
import { scenarioFields } from '../fields/scenario-fields.js';
import { courseSchema } from './course.js';
import { labSchema } from './lab-schema.js';
import { nightlySchema } from './nightly.js';
import { poolSchema } from './pool.js';
import { scenarioSchema } from './scenario-schema.js';

/** File name under schemas/ to JSON Schema (draft 7, which every YAML editor understands). */
export function jsonSchemas(): Readonly<Record<string, unknown>> {
  return {
    'course.schema.json': z.toJSONSchema(courseSchema, { target: 'draft-7', io: 'input' }),
    'lab.schema.json': z.toJSONSchema(labSchema, { target: 'draft-7', io: 'input' }),
    'nightly.schema.json': z.toJSONSchema(nightlySchema, { target: 'draft-7', io: 'input' }),
    'pool.schema.json': z.toJSONSchema(poolSchema, { target: 'draft-7', io: 'input' }),
    'scenario.schema.json': z.toJSONSchema(scenarioSchema(scenarioFields()), { target: 'draft-7', io: 'input' }),
  };
}
