import { expect } from 'chai';
import { createBuildProgress } from '../../../../src/backends/image/building.js';

describe('the progress of an image', () => {
  it('names each step, and counts packages in between', () => {
    const told: string[] = [];
    const onLine = createBuildProgress((text) => told.push(text));
    onLine('I: installing remaining packages inside the chroot...');
    for (let count = 1; count <= 80; count += 1) onLine(`Unpacking package-${count} (1.2-3) ...`);
    for (let count = 1; count <= 45; count += 1) onLine(`Setting up package-${count} (1.2-3) ...`);
    onLine('Selecting previously unselected package corosync.');
    expect(told).to.deep.equal([
      'installing remaining packages inside the chroot...',
      '40 packages unpacked',
      '80 packages unpacked',
      '80 packages unpacked, 40 set up',
    ]);
  });
});
