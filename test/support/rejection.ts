import { expect } from 'chai';
import { LabError } from '../../src/model/errors.js';

/** The LabError that this ends with; a test fails where it ends well. */
export async function rejection(work: Promise<unknown>): Promise<LabError> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(outcome).to.be.instanceOf(LabError);
  return outcome as LabError;
}
