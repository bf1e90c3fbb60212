import { expect } from 'chai';
import type { ListedMachine, QueuedJob } from '../../../../src/pools/slurm/queue.js';
import { handleIn, handleText, sightOf } from '../../../../src/pools/slurm/sight.js';

const HANDLE = { id: '1_0', turn: 0 };
const job = (state: string, more: Partial<QueuedJob> = {}): QueuedJob => ({
  ...{ id: '1_0', state, restarts: 0, machine: 'm1', reason: '' },
  ...more,
});
const machine = (state: string, reason = ''): ListedMachine => ({
  ...{ name: 'm1', state, cpus: 2, cpusInUse: 0, memoryMiB: 4000, reason },
});
const sight = (queued: QueuedJob | undefined, seen?: string, now?: ListedMachine) =>
  sightOf(HANDLE, queued, seen === undefined ? {} : { machine: seen }, () => now);

describe('where a job of Slurm is', () => {
  it('waits, runs and ends as Slurm says; its epilog is a part of it', () => {
    expect(sight(job('PENDING', { machine: '' }))).to.deep.equal({ state: 'waiting' });
    expect(sight(job('CONFIGURING'))).to.deep.equal({ state: 'waiting' });
    for (const state of ['RUNNING', 'COMPLETING'])
      expect(sight(job(state), 'm1')).to.deep.equal({ state: 'running', machine: 'm1' });
    // It was requeued, and completes on the machine that it had before.
    expect(sight(job('COMPLETING'))).to.deep.equal({ state: 'waiting' });
    for (const state of ['COMPLETED', 'FAILED'])
      expect(sight(job(state))).to.deep.equal({ state: 'ended', machine: 'm1' });
  });

  it('says why it ended where Slurm ended it, and that it never began', () => {
    expect(sight(job('TIMEOUT'))).to.deep.equal({
      ...{ state: 'ended', machine: 'm1', reason: 'it took longer than its time limit' },
    });
    expect(sight(job('CANCELLED', { machine: '' }))).to.deep.equal({
      ...{ state: 'ended', reason: 'it was cancelled', neverBegan: true },
    });
  });

  it('has ended where Slurm has forgotten it, on the machine where it was seen', () => {
    expect(sight(undefined, 'm2')).to.deep.equal({
      ...{ state: 'ended', machine: 'm2', reason: 'Slurm does not know it any more' },
    });
  });

  it('is lost with its machine, and again in the queue', () => {
    const lost = sight(job('PENDING', { restarts: 1, machine: '' }), 'm1', machine('down*', 'Not responding'));
    expect(lost).to.deep.equal({
      ...{ state: 'lost', machine: 'm1', isInnocent: false, again: { handle: '1_0#1', turn: 1 } },
      reason: 'the machine m1 was lost (down*: Not responding)',
    });
    // It runs already elsewhere; the machine that it was lost with is not that one.
    expect(sight(job('RUNNING', { restarts: 1, machine: 'm3' }), 'm1', machine('down*'))).to.include({
      ...{ state: 'lost', machine: 'm1', reason: 'the machine m1 was lost (down*)' },
    });
  });

  it('is lost by no fault of its own where a machine was refused or taken from it', () => {
    const restarted = job('PENDING', { restarts: 2, machine: '' });
    expect(sight(restarted, 'm1', machine('idle+drain', 'Prolog error'))).to.include({
      ...{ state: 'lost', isInnocent: true, reason: 'm1 did not pass the check before the job, and is drained' },
    });
    expect(sight(restarted, 'm1', machine('allocated'))).to.include({
      ...{ isInnocent: true, reason: 'm1 was taken from it: it was preempted, or requeued manually' },
    });
    expect(sight(restarted)).to.deep.include({
      ...{ isInnocent: true, again: { handle: '1_0#2', turn: 2 } },
      reason: 'its machine was lost, or was taken from it',
    });
  });

  it('is lost for good where Slurm does not begin it again', () => {
    const lost = sight(job('NODE_FAIL'), undefined, machine('down*'));
    expect(lost).to.include({ state: 'lost', machine: 'm1', isInnocent: false }).and.to.not.have.property('again');
    expect(sight(job('PREEMPTED'), undefined, machine('allocated'))).to.include({ state: 'lost', isInnocent: true });
  });

  it('is found again by its id and how often it was begun', () => {
    expect(handleIn(handleText({ id: '12_3', turn: 4 }))).to.deep.equal({ id: '12_3', turn: 4 });
    expect(sightOf({ id: '1_0', turn: 1 }, job('RUNNING', { restarts: 1 }), {}, () => undefined).state).to.equal(
      'running',
    );
  });
});
