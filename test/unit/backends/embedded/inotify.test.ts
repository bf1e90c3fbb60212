import { watch } from 'node:fs';
import { expect } from 'chai';
import { inotifyRoom, instancesOf } from '../../../../src/backends/embedded/inotify.js';

describe('the inotify instances of this machine', () => {
  before(function () {
    if (process.platform !== 'linux') this.skip();
  });

  it('are counted by the files that processes have open', () => {
    const watcher = watch(import.meta.dirname);
    try {
      expect(instancesOf([process.pid])).to.be.above(0);
      expect(inotifyRoom(1).used).to.be.at.least(instancesOf([process.pid]));
    } finally {
      watcher.close();
    }
  });

  it('are none of a process that has ended', () => {
    expect(instancesOf([2 ** 30])).to.equal(0);
  });

  it('are enough for some nodes, and not for any number of them', () => {
    const { limit } = inotifyRoom(0);
    expect(inotifyRoom(0).isEnough).to.equal(true);
    expect(inotifyRoom(limit)).to.include({ isEnough: false, limit, needed: limit * 7 });
  });
});
