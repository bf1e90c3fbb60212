import { expect } from 'chai';
import { findRoom } from '../../../../src/backends/embedded/preflight.js';

describe('the room for more labs', () => {
  it('is what ends first, with the command that lifts it', () => {
    const room = findRoom({ nodes: 4, inotify: 2, memory: 10, disk: 100 });
    expect(room).to.deep.include({ id: 'room', ok: false, weight: 'advice' });
    expect(room.text).to.equal('2 more labs of 4 nodes can run beside those here, then inotify instances end first');
    expect(room.fix?.text).to.equal('sysctl -w fs.inotify.max_user_instances=1024');
    expect(findRoom({ nodes: 4, inotify: 30, memory: 1, disk: 9 }).text).to.match(/^1 more lab of .* free memory ends/);
  });

  it('is nothing to mend where a class fits', () => {
    expect(findRoom({ nodes: 4, inotify: 30, memory: 12, disk: 9 })).to.not.have.property('fix');
  });
});
