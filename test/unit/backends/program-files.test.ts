import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { recipeOf } from '../../../src/backends/embedded/image-store.js';
import { hostProgram, imageScript } from '../../../src/backends/program-files.js';
import { boxRecipeOf } from '../../../src/backends/vagrant/box/build-box.js';
import { TOP } from '../../support/halab.js';
import { needProgram } from '../../support/programs.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const SHELLCHECK = ['--severity=warning', '--external-sources', '--source-path=SCRIPTDIR'];

/** Every program that halab gives to a shell, to Python or to Perl, on this machine or in a node. */
describe('the programs beside the source', () => {
  const folder = temporaryFolder();
  const files = ['host-programs/embedded', 'node-programs'].flatMap((each) =>
    readdirSync(join(TOP, each)).map((name) => join(TOP, each, name)),
  );
  const startingWith = (...heads: readonly string[]) =>
    files.filter((file) => heads.some((head) => readFileSync(file, 'utf8').startsWith(head)));

  it('have nothing that shellcheck warns of', function () {
    needProgram(this, 'shellcheck');
    this.timeout(60_000);
    const scripts = startingWith('#!/bin/sh', '#!/bin/bash');
    expect(scripts.length).to.be.greaterThan(10);
    execFileSync('shellcheck', [...SHELLCHECK, ...scripts], { stdio: 'pipe' });
  });

  it('have nothing that shellcheck warns of where several make the script of an image', function () {
    needProgram(this, 'shellcheck');
    const [image, box] = [recipeOf('debian-12'), boxRecipeOf('debian-12', false)];
    for (const script of [image?.customize, box?.prepare, box?.customize])
      execFileSync('shellcheck', [...SHELLCHECK, '-'], { input: script ?? 'exit', stdio: 'pipe' });
  });

  it('and shellcheck would notice', function () {
    needProgram(this, 'shellcheck');
    const lint = () =>
      execFileSync('shellcheck', [...SHELLCHECK, '-'], { input: '#!/bin/sh\ncd $1 $typo\n', stdio: 'pipe' });
    expect(lint).to.throw();
  });

  it('are Python that compiles', () => {
    const programs = [
      ...startingWith('#!/usr/bin/python3', '#!/usr/bin/env python3'),
      ...files.filter((file) => file.endsWith('.py')),
    ];
    expect(programs.length).to.be.greaterThan(4);
    execFileSync('python3', ['-m', 'py_compile', ...programs], {
      env: { ...process.env, PYTHONPYCACHEPREFIX: folder('cache') },
      stdio: 'pipe',
    });
  });

  it('are Perl that compiles without a warning', () => {
    const programs = files.filter((file) => file.endsWith('.pl'));
    expect(programs).to.have.length(1);
    for (const program of programs) {
      const { stderr } = spawnSync('perl', ['-wc', program], { encoding: 'utf8' });
      expect(stderr).to.equal(`${program} syntax OK\n`);
    }
  });

  it('say in their heads what they are', () => {
    for (const file of startingWith('#!/bin/', '#!/usr/bin/perl'))
      expect(readFileSync(file, 'utf8'), file).to.match(/^#!.*\n# \S/);
  });

  it('leave their heads out of images, so that a comment makes no new one', () => {
    expect(readFileSync(hostProgram('image/system.sh'), 'utf8')).to.match(/^# /);
    expect(imageScript('system.sh')).to.match(/^for unit in /);
  });

  it('are all shipped', () => {
    const { files: shipped } = JSON.parse(readFileSync(join(TOP, 'package.json'), 'utf8')) as { files: string[] };
    expect(shipped).to.include.members(['host-programs', 'node-programs']);
  });
});
