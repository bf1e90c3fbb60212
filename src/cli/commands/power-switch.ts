import { readFileSync } from 'node:fs';
import { embeddedDeps } from '../../backends/embedded/index.js';
import { powerOff, powerOn } from '../../backends/embedded/power.js';
import { nodeOf } from '../../backends/node-of.js';
import { LabError } from '../../model/errors.js';
import type { LabInstance } from '../../model/lab.js';
import { EXIT } from '../../model/verdict.js';
import type { Settings } from '../settings.js';
import { unknownOne } from '../unknown-one.js';
import { backendHost } from '../wire.js';

const ORDERS = ['on', 'off'] as const;

/**
 * What a power controller has a node switched by, told the lab by the file that its controllers keep of it. Not for people:
 * it takes no notice of who is at work on the lab, as power does not. A node that is switched on is only just starting when
 * this ends.
 */
export async function powerSwitch(settings: Settings, file: string, name: string, order: string): Promise<number> {
  const known = ORDERS.find((each) => each === order);
  if (known === undefined) throw unknownOne('order', order, ORDERS);
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
