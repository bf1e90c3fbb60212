import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { recipeOf } from '../../../../../src/backends/embedded/image-store.js';
import { IMAGE_IDS, type Recipe, WORKPLACE_PACKAGES } from '../../../../../src/backends/image/recipe.js';
import { boxRecipeOf } from '../../../../../src/backends/vagrant/box/build-box.js';

const CLUSTER = ['corosync', 'pacemaker', 'pcs', 'resource-agents', 'tgt', 'open-iscsi'];

function recipe(id: string, cluster: boolean): Required<Recipe> {
  const found = boxRecipeOf(id, cluster);
  if (!found) throw new Error(`no recipe ${id}`);
  return found;
}

function archivedBy({ customize }: Recipe): readonly string[] {
  return /^set -- (.*)$/m.exec(customize)?.[1]?.split(' ') ?? [];
}

describe('the recipe of a box', () => {
  it('is there for each image, and for nothing else', () => {
    expect(IMAGE_IDS.map((id) => recipe(id, true).suite)).to.deep.equal(['bullseye', 'bookworm', 'trixie']);
    expect(boxRecipeOf('centos-7', true)).to.equal(undefined);
    expect(boxRecipeOf('constructor', true)).to.equal(undefined);
  });

  it('has a kernel, and the cluster packages inside', () => {
    expect(recipe('debian-12', true).packages).to.include.members([
      'linux-image-cloud-amd64',
      'openssh-server',
      ...CLUSTER,
    ]);
    expect(archivedBy(recipe('debian-12', true))).to.deep.equal([]);
  });

  it('has what a lab adds, once, inside or in the archive', () => {
    const more = ['drbd-utils', 'fence-agents'];
    const inside = boxRecipeOf('debian-12', true, more);
    expect(inside?.packages.filter((name) => more.includes(name))).to.have.members(more);
    const bare = boxRecipeOf('debian-12', false, more);
    expect(bare?.packages).to.not.include('drbd-utils');
    expect(bare && archivedBy(bare)).to.include('drbd-utils');
  });

  it('leaves the cluster packages to the archive where it is asked to', () => {
    const bare = recipe('debian-12', false);
    expect(bare.packages).to.include('linux-image-cloud-amd64').and.not.include.members(CLUSTER);
    expect(archivedBy(bare)).to.include.members([...CLUSTER, 'fence-agents']);
    expect([...bare.packages, ...archivedBy(bare)]).to.have.members(recipe('debian-12', true).packages);
  });

  it('has what an embedded node has, but for programs that stand for hardware and what exercises are done with', () => {
    const programs = ['ipmitool', 'openipmi', 'qemu-system-common', 'qemu-utils', 'qemu-block-extra'];
    const own: readonly string[] = [...programs, ...WORKPLACE_PACKAGES, 'crmsh'];
    const embedded = (recipeOf('debian-12')?.packages ?? []).filter((name) => !own.includes(name));
    expect(recipe('debian-12', true).packages).to.include.members(embedded);
  });

  for (const cluster of [true, false]) {
    it(`is shell that parses, ${cluster ? 'with' : 'without'} the cluster packages`, () => {
      const { prepare, customize } = recipe('debian-12', cluster);
      for (const script of [prepare, customize]) {
        const { status, stderr } = spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' });
        expect(status, stderr).to.equal(0);
      }
    });
  }

  it('collects before apt’s lists are thrown away', () => {
    const { customize } = recipe('debian-12', false);
    expect(customize.indexOf('--download-only')).to.be.below(customize.indexOf('var/lib/apt/lists'));
  });
});
