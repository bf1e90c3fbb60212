import { expect } from 'chai';
import { createSlots } from '../../../src/transports/connection.js';

/** Whether a promise has settled once everything that can run has run. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  const later = new Promise((resolve) => setImmediate(resolve, pending));
  return (await Promise.race([promise, later])) !== pending;
}

describe('slots', () => {
  it('are given in the order they were asked for', async () => {
    const slots = createSlots(1);
    const order: string[] = [];
    const first = await slots.take();
    const rest = ['second', 'third'].map(async (name) => {
      const release = await slots.take();
      order.push(name);
      release?.();
    });
    first?.();
    await Promise.all(rest);
    expect(order).to.deep.equal(['second', 'third']);
  });

  it('keep the one too many waiting', async () => {
    const slots = createSlots(2);
    const [first] = [await slots.take(), await slots.take()];
    const third = slots.take();
    expect(await isSettled(third)).to.equal(false);
    first?.();
    expect(await third).to.be.a('function');
  });

  it('let go whoever aborts while waiting, and pass the place on', async () => {
    const slots = createSlots(1);
    const first = await slots.take();
    const abort = new AbortController();
    const [impatient, patient] = [slots.take(abort.signal), slots.take()];
    abort.abort();
    expect(await impatient).to.equal(undefined);
    first?.();
    expect(await patient).to.be.a('function');
  });

  it('give none to whoever has aborted before', async () => {
    expect(await createSlots(1).take(AbortSignal.abort())).to.equal(undefined);
  });
});
