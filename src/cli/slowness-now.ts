import { LabError } from '../model/errors.js';
import type { LabInstance } from '../model/lab.js';
import { FULL_SPEED, type Slowness, slownessOf } from '../model/slowness.js';
import type { Backend } from '../ports/backend.js';

/** A lab that cannot be measured now is taken for a fast one. */
export async function slownessNow(backend: Backend, instance: LabInstance): Promise<Slowness> {
  try {
    return slownessOf((await backend.measureSlowness?.(instance)) ?? 1);
  } catch (error) {
    if (error instanceof LabError) return FULL_SPEED;
    throw error;
  }
}
