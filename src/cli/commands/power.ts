import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { embeddedDeps } from '../../backends/embedded/index.js';
import { powerOff, powerOn } from '../../backends/embedded/power.js';
import { serveGate } from '../../backends/vagrant/fencing/gate.js';
import { checkedProvider } from '../../backends/vagrant/options.js';
import { LabError } from '../../model/errors.js';
import { type LabInstance, nodeOf } from '../../model/lab.js';
import { EXIT } from '../../model/verdict.js';
import { createProcessRunner } from '../../system/process-runner.js';
import { oneOf } from '../errors.js';
import { checkName } from '../lab-session.js';
import type { Settings } from '../settings.js';
import { backendHost } from '../wire.js';

/**
 * What sshd runs instead of a shell for a client with the fencing key of a lab. Not for people: it answers the lines that
 * fence_virsh and fence_vbox send, and refuses everything else.
 */
export async function fenceGate(name: string, provider: string, program: string, uri?: string): Promise<number> {
  if (program === '') throw new LabError('usage', 'the gate needs the path of virsh or VBoxManage');
  await serveGate(
    { instance: checkName(name), provider: checkedProvider(provider), program, uri },
    {
      lines: createInterface({ input: process.stdin, terminal: false }),
      write: (text) => void process.stdout.write(text),
      processes: createProcessRunner(),
    },
  );
  return EXIT.passed;
}

const ORDERS = ['on', 'off'] as const;

/**
 * What a power controller runs to switch a node on or off. It reads the lab from the file that the controllers keep. Not for
 * people: it ignores the lock of the lab, as a real power switch would. It returns while a node that it switched on is
 * still booting.
 */
export async function powerSwitch(settings: Settings, file: string, name: string, order: string): Promise<number> {
  const known = oneOf('order', order, ORDERS);
  const instance = readInstance(file);
  const deps = embeddedDeps(backendHost(settings));
  const node = nodeOf(instance, name);
  if (known === 'off') await powerOff(deps, instance.name, node.name);
  else await powerOn(deps, instance, node);
  return EXIT.passed;
}

function readInstance(file: string): LabInstance {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LabInstance;
  } catch (cause) {
    throw new LabError('usage', `${file} is no lab that has power controllers`, {
      hint: 'halab fault inject power-off and halab heal are for people',
      cause,
    });
  }
}
