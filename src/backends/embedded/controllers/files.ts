import { createHash, randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Controller, type ControllerNumber, controllersOf, type FenceDevice } from '../../../model/fencing.js';
import type { LabInstance } from '../../../model/lab.js';
import type { FencingAbility, PowerOrder } from '../../../ports/backend.js';
import { hostProgram } from '../../program-files.js';
import { labImage } from '../image-store.js';
import { type EmbeddedDirs, ID_BASE, labDirs } from '../names.js';

/** Names are `<node>.<number>`; node names have no dot. */
export function controllerName({ node, number }: Pick<Controller, 'node' | 'number'>): string {
  return `${node}.${number}`;
}

export function controllerDirs(dirs: EmbeddedDirs, instance: string) {
  const folder = labDirs(dirs, instance).controllers;
  return {
    folder,
    /** Where the node image is seen from the controllers. */
    root: join(folder, 'root'),
    bench: join(folder, 'bench'),
    /** The lab as it was brought up: what a switch needs to start a node. */
    instance: join(folder, 'instance.json'),
    log: join(folder, 'controllers.log'),
    /** A line for each order and for what came of it: time, controller, order. */
    orders: join(folder, 'orders.log'),
  };
}

export function controllerFolder(
  dirs: EmbeddedDirs,
  instance: string,
  controller: Pick<Controller, 'node' | 'number'>,
) {
  return join(controllerDirs(dirs, instance).bench, controllerName(controller));
}

/** Everything that the controllers are made of; what is there already stays. Idempotent. */
export function writeControllerFiles(dirs: EmbeddedDirs, instance: LabInstance): void {
  const { folder, root, bench, instance: file } = controllerDirs(dirs, instance.name);
  for (const each of [folder, root, bench]) mkdirSync(each, { recursive: true, mode: 0o755 });
  writeFileSync(file, JSON.stringify(instance), { mode: 0o600 });
  ownedFile(join(bench, 'start.emu'), readFileSync(hostProgram('embedded/start.emu'), 'utf8'), 0o644);
  ownedFile(join(bench, 'chassis'), readFileSync(hostProgram('embedded/chassis.sh'), 'utf8'), 0o755);
  for (const controller of controllersOf(instance.lab)) {
    const own = controllerFolder(dirs, instance.name, controller);
    for (const each of [own, join(own, 'state')]) {
      mkdirSync(each, { recursive: true, mode: 0o700 });
      chownSync(each, ID_BASE, ID_BASE);
    }
    if (!existsSync(join(own, 'lan.conf')))
      writeLanConf(dirs, instance.name, controller, passwordOf(dirs, instance.name, controller.number));
  }
}

/** What ipmi_sim is started with (ipmi_lan(5)). It takes no notice of a change until it is started again. */
export function writeLanConf(dirs: EmbeddedDirs, instance: string, controller: Controller, password: string): void {
  const name = controllerName(controller);
  const lines = [
    `name "${name}"`,
    'set_working_mc 0x20',
    'startlan 1',
    `  addr ${controller.address} 623`,
    '  priv_limit admin',
    '  allowed_auths_admin md5',
    // Part of what RMCP+ proves the password by: without one no session comes about.
    `  guid ${guidOf(`${instance} ${name}`)}`,
    'endlan',
    `chassis_control "/mnt/chassis ${name}"`,
    `user 2 true "${controller.user}" "${password}" admin 10 md5`,
  ];
  ownedFile(join(controllerFolder(dirs, instance, controller), 'lan.conf'), `${lines.join('\n')}\n`, 0o600);
}

/** Made up for each lab and number, and kept where only root reads it. IPMI 2.0 takes up to 20 bytes, 1.5 up to 16. */
export function passwordOf(dirs: EmbeddedDirs, instance: string, number: ControllerNumber): string {
  const file = passwordFile(dirs, instance, number);
  if (!existsSync(file)) {
    mkdirSync(labDirs(dirs, instance).state, { recursive: true, mode: 0o755 });
    writeFileSync(`${file}.new`, newPassword(), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return readFileSync(file, 'utf8');
}

export function passwordFile(dirs: EmbeddedDirs, instance: string, number: ControllerNumber): string {
  return join(labDirs(dirs, instance).state, `fencing-password-${number}`);
}

export function newPassword(): string {
  return randomBytes(12).toString('base64url');
}

/** Sixteen bytes that no other controller has. */
function guidOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32);
}

/** Replaced whole; read by the controllers, which are root of the lab's own user namespace. */
export function ownedFile(path: string, content: string, mode: number): void {
  rmSync(`${path}.new`, { force: true });
  writeFileSync(`${path}.new`, content, { mode });
  chownSync(`${path}.new`, ID_BASE, ID_BASE);
  renameSync(`${path}.new`, path);
}

/** Why a lab has no power controllers; undefined where it has. An image that is not built yet will have what they take. */
export function whyNoControllers(dirs: EmbeddedDirs, { lab }: LabInstance): string | undefined {
  if (controllersOf(lab).length === 0)
    return `the management network ${lab.management.cidr} has no room for the addresses of power controllers`;
  const { built, root } = labImage(dirs.cache, lab);
  if (built && !existsSync(join(root, 'usr/bin/ipmi_sim'))) return `the image ${lab.image} has no ipmi_sim`;
  return undefined;
}

/** The nodes' controllers as the cluster's fence devices: by fence_ipmilan, as in a rack. */
export function createFencing({ dirs }: { readonly dirs: EmbeddedDirs }): FencingAbility {
  return {
    whyNot: (instance) => whyNoControllers(dirs, instance),
    orders: ({ name }) => ordersIn(controllerDirs(dirs, name).orders),
    devices: ({ name, lab }) =>
      controllersOf(lab).map(
        ({ node, number, level, address, device, user }): FenceDevice => ({
          id: `${device}-${node}`,
          node,
          level,
          agent: 'fence_ipmilan',
          options: {
            ip: address,
            username: user,
            lanplus: '1',
            // Stated: ipmitool would first ask for the suites there are, which ipmi_sim does not answer.
            cipher: '3',
            // Where nothing answers, ipmitool gives up after 20 s then, after 28 s by default; pacemaker tries again itself.
            ipmitool_timeout: '1',
            pcmk_reboot_retries: '1',
            // What becomes of a reboot where two devices must succeed.
            ...(lab.powerSupplies === 2 ? { pcmk_off_retries: '1' } : {}),
            pcmk_host_list: node,
          },
          secrets: { password: passwordOf(dirs, name, number) },
        }),
      ),
  };
}

/** Has all outlets of a node on: halab itself powers it on. */
export function switchOutletsOn(dirs: EmbeddedDirs, { name, lab }: LabInstance, node: string): void {
  const { folder } = controllerDirs(dirs, name);
  for (const each of controllersOf(lab).filter((controller) => controller.node === node))
    rmSync(join(folder, `off.${controllerName(each)}`), { force: true });
}

/** The other lines are the output of a switch that failed. */
function ordersIn(file: string): readonly PowerOrder[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').matchAll(/^(\d{4}-\d{2}-\d{2}T\S+Z) (.+)$/gm);
  return [...lines].map(([, at = '', text = '']) => ({ at, text }));
}
