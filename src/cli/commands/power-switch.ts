import { powerOff, powerOn } from '../../backends/embedded/power.js';
import { nodeOf } from '../../backends/node-of.js';
import { EXIT } from '../../model/verdict.js';
import { requireInstance } from '../../store/instances.js';
import { checkName } from '../lab-session.js';
import type { Settings } from '../settings.js';
import { unknownOne } from '../unknown-one.js';
import { embeddedDeps } from '../wire.js';

const ORDERS = ['on', 'off'] as const;

/**
 * What a power controller has a node switched by. Not for people: it takes no notice of who is at work on the lab, as power
 * does not. A node that is switched on is only just starting when this ends.
 */
export async function powerSwitch(settings: Settings, lab: string, name: string, order: string): Promise<number> {
  const known = ORDERS.find((each) => each === order);
  if (known === undefined) throw unknownOne('order', order, ORDERS);
  const instance = requireInstance(settings.stateDir, checkName(lab));
  const deps = embeddedDeps(settings);
  const node = nodeOf(instance, name);
  if (known === 'off') await powerOff(deps, instance.name, node.name);
  else await powerOn(deps, instance, node);
  return EXIT.passed;
}
