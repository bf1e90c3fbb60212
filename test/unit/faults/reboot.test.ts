import { expect } from 'chai';
import { FAULTS } from '../../../src/faults/index.js';
import { LabError } from '../../../src/model/errors.js';
import { pretendStack } from './support/pretend-stack.js';

const fault = { kind: 'reboot', node: 'ha-host1' } as const;

describe('a reboot', () => {
  it('is asked of systemd itself, and is in force until it is undone though the node is back at once', async () => {
    const { context, log, node } = await pretendStack();
    await FAULTS.reboot.inject(fault, context);
    expect(log).to.include('ha-host1: systemctl start reboot.target --job-mode=replace-irreversibly --no-block');
    expect(node().bootId).to.equal('second');
    expect(await FAULTS.reboot.isActive(fault, context)).to.equal(true);
    await FAULTS.reboot.undo(fault, context);
    expect(await FAULTS.reboot.isActive(fault, context)).to.equal(false);
  });

  it('that takes the way in along has been made all the same, and is in force while nobody answers', async () => {
    const { context, mischief } = await pretendStack();
    const pretend = mischief.command;
    let isAway = false;
    mischief.command = (name, argv, options) => {
      isAway ||= argv[2] === 'reboot.target';
      if (isAway) throw new LabError('node-unreachable', 'the connection was closed');
      return pretend?.(name, argv, options);
    };
    await FAULTS.reboot.inject(fault, context);
    expect(await FAULTS.reboot.isActive(fault, context)).to.equal(true);
  });

  it('that left the node off is undone by turning it on', async () => {
    const { context } = await pretendStack();
    await FAULTS.reboot.inject(fault, context);
    await context.backend.power?.off(context.instance, fault.node);
    await FAULTS.reboot.undo(fault, context);
    expect(await context.backend.power?.isOn(context.instance, fault.node)).to.equal(true);
    expect(await FAULTS.reboot.isActive(fault, context)).to.equal(false);
  });

  it('that was written down and never begun is not waited for', async () => {
    const { context, node } = await pretendStack();
    await FAULTS.reboot.inject(fault, context);
    node().bootId = 'first';
    await FAULTS.reboot.undo(fault, context);
    expect(await FAULTS.reboot.isActive(fault, context)).to.equal(false);
  });

  it('that never ends is given up, and the message says what the node is at', async () => {
    const { context, mischief, node } = await pretendStack();
    await FAULTS.reboot.inject(fault, context);
    node().bootId = 'first';
    const pretend = mischief.command;
    mischief.command = (name, argv, options) =>
      argv[1] === 'is-system-running' ? { stdout: 'stopping\n', exitCode: 1 } : pretend?.(name, argv, options);
    const failure: unknown = await FAULTS.reboot.undo(fault, context).catch((error: unknown) => error);
    expect(failure).to.have.property('code', 'boot-timeout');
    expect(failure)
      .to.have.property('message')
      .that.matches(/going down/);
  });
});
