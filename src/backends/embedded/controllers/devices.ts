import { existsSync, readFileSync } from 'node:fs';
import { type Controller, controllersOf, type FenceDevice } from '../../../model/fencing.js';
import type { FencingAbility, PowerOrder } from '../../../ports/backend.js';
import type { EmbeddedDirs } from '../names.js';
import { controllerDirs, passwordOf, USERS, whyNoControllers } from './files.js';

const NAMES: { readonly [L in Controller['level']]: string } = { 1: 'fence', 2: 'outlet' };

/** The nodes' controllers as the cluster's fence devices: by fence_ipmilan, as in a rack. */
export function createFencing({ dirs }: { readonly dirs: EmbeddedDirs }): FencingAbility {
  return {
    whyNot: (instance) => whyNoControllers(dirs, instance),
    orders: ({ name }) => ordersIn(controllerDirs(dirs, name).orders),
    devices: ({ name, lab }) =>
      controllersOf(lab).map(
        ({ node, level, address }): FenceDevice => ({
          id: `${NAMES[level]}-${node}`,
          node,
          level,
          agent: 'fence_ipmilan',
          options: {
            ip: address,
            username: USERS[level],
            lanplus: '1',
            // Stated: ipmitool would first ask for the suites there are, which ipmi_sim does not answer.
            cipher: '3',
            // Where nothing answers, ipmitool gives up after 20 s then, after 28 s by default; pacemaker tries again itself.
            ipmitool_timeout: '1',
            pcmk_reboot_retries: '1',
            pcmk_host_list: node,
          },
          secrets: { password: passwordOf(dirs, name, level) },
        }),
      ),
  };
}

/** What else stands there is what a switch said that failed. */
function ordersIn(file: string): readonly PowerOrder[] {
  if (!existsSync(file)) return [];
  return [...readFileSync(file, 'utf8').matchAll(/^(\d{4}-\d{2}-\d{2}T\S+Z) (.+)$/gm)].map(
    ([, at = '', text = '']) => ({
      at,
      text,
    }),
  );
}
