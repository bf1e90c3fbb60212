import { watch } from 'node:fs';
import { expect } from 'chai';
import { findInotify, inotifyRoom, instancesOf } from '../../../../src/backends/embedded/inotify.js';

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

  it('are required of a lab before anything of it is made, unless all its nodes run', () => {
    const refused = findInotify(inotifyRoom(0).limit);
    expect(refused).to.include({ id: 'inotify', ok: false, weight: 'required' });
    expect(refused.fix?.text).to.match(/take down a lab .* fs\.inotify\.max_user_instances=/);
    expect(findInotify(0)).to.include({ ok: true });
  });
});
