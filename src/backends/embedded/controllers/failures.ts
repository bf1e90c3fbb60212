import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../../../model/errors.js';
import {
  CONTROLLER_FAILURES,
  type Controller,
  type ControllerFailure,
  type ControllerNumber,
  controllersOf,
} from '../../../model/fencing.js';
import { type LabInstance, nodeOf } from '../../../model/lab.js';
import type { ControllerAbility } from '../../../ports/backend.js';
import { type EmbeddedDeps, execOrThrow } from '../host.js';
import { controllersOfLab } from '../names.js';
import {
  controllerFolder,
  controllerName,
  newPassword,
  ownedFile,
  passwordOf,
  whyNoControllers,
  writeLanConf,
} from './files.js';
import { ALONE, LINK, restartController, simulatorsOf } from './tree.js';

/** Breaks one of a node's two controllers; the other goes on. */
export function createControllers(deps: EmbeddedDeps): ControllerAbility {
  return {
    fail: async (instance, node, how, number) => {
      const controller = controllerOf(deps, instance, node, number);
      await recover(deps, instance, controller);
      await BREAK[how](deps, instance, controller);
    },
    recover: (instance, node, number) => recover(deps, instance, controllerOf(deps, instance, node, number)),
    failureOf: (instance, node, number) => failureOf(deps, instance, controllerOf(deps, instance, node, number)),
  };
}

type Break = (deps: EmbeddedDeps, instance: LabInstance, controller: Controller) => Promise<void>;

const BREAK: { readonly [F in ControllerFailure]: Break } = {
  unreachable: (deps, instance, controller) => setAddress(deps, instance, controller, 'del'),
  'wrong-password': async (deps, instance, controller) => {
    note(deps, instance, controller, 'wrong-password');
    writeLanConf(deps.dirs, instance.name, controller, newPassword());
    await restartController(deps, instance.name, controllerName(controller));
  },
  slow: async (deps, instance, controller) => note(deps, instance, controller, 'slow'),
  lies: async (deps, instance, controller) => note(deps, instance, controller, 'lies'),
};

/** The controller reads this file at each request and misbehaves as it says. */
function note({ dirs }: EmbeddedDeps, { name }: LabInstance, controller: Controller, how: ControllerFailure): void {
  ownedFile(join(controllerFolder(dirs, name, controller), 'wrong'), `${how}\n`, 0o600);
}

/** A slow one is restarted as well, which ends the request that it is slow about. */
async function recover(deps: EmbeddedDeps, instance: LabInstance, controller: Controller): Promise<void> {
  const how = await failureOf(deps, instance, controller);
  if (how === undefined) return;
  if (how === 'unreachable') return setAddress(deps, instance, controller, 'add');
  const own = controllerFolder(deps.dirs, instance.name, controller);
  writeLanConf(deps.dirs, instance.name, controller, passwordOf(deps.dirs, instance.name, controller.number));
  for (const file of ['claimed', 'wrong']) rmSync(join(own, file), { force: true });
  if (how !== 'lies') await restartController(deps, instance.name, controllerName(controller));
}

/** By the address that it has or not, by what it goes by, and by its being alive. */
async function failureOf(
  deps: EmbeddedDeps,
  instance: LabInstance,
  controller: Controller,
): Promise<ControllerFailure | undefined> {
  if (!(await hasAddress(deps, instance, controller))) return 'unreachable';
  if (simulatorsOf(instance.name, controllerName(controller)).length === 0) {
    throw new LabError('backend-failed', `the power controller of ${controller.node} does not run`, {
      hint: `halab up --name ${instance.name} starts what is missing`,
    });
  }
  const file = join(controllerFolder(deps.dirs, instance.name, controller), 'wrong');
  const word = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  return CONTROLLER_FAILURES.find((each) => each === word);
}

async function hasAddress(deps: EmbeddedDeps, { name }: LabInstance, { address }: Controller): Promise<boolean> {
  const argv = ['ip', '-n', controllersOfLab(name), '-4', '-o', 'addr', 'show', 'dev', LINK];
  const shown = await execOrThrow(deps, argv, { what: 'looking at the addresses of the power controllers' });
  return shown.includes(` ${address}/`);
}

async function setAddress(
  deps: EmbeddedDeps,
  { name }: LabInstance,
  { node, address }: Controller,
  verb: 'add' | 'del',
): Promise<void> {
  const prefixed = `${address}/${ALONE}`;
  const argv = ['ip', '-n', controllersOfLab(name), 'addr', verb, prefixed, 'dev', LINK];
  await execOrThrow(deps, argv, {
    what: `${verb === 'add' ? 'giving' : 'taking'} the power controller of ${node} its address`,
  });
}

/** Throws LabError `node-not-found`, `ability-missing` where the node has none. */
function controllerOf(
  { dirs }: EmbeddedDeps,
  instance: LabInstance,
  name: string,
  number: ControllerNumber = 1,
): Controller {
  const { name: node } = nodeOf(instance, name);
  const found = controllersOf(instance.lab).find((each) => each.node === node && each.number === number);
  const why = whyNoControllers(dirs, instance) ?? (found ? undefined : `${node} is no HA node`);
  if (found !== undefined && why === undefined) return found;
  throw new LabError('ability-missing', `${node} has no power controller: ${why}`, {
    hint: 'Name an HA node of a lab that has them.',
    data: { node },
  });
}
