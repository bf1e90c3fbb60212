import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../model/errors.js';
import { type LabInstance, labelOf } from '../model/lab.js';

const PREFIX = labelOf('');

/** The folder of a lab's state: `<state>/halab-<name>/`. */
function instanceFolder(stateDir: string, name: string): string {
  return join(stateDir, labelOf(name));
}

export function journalFile(stateDir: string, name: string): string {
  return join(instanceFolder(stateDir, name), 'faults.jsonl');
}

/** What an exercise in the lab goes back to; undefined where there is nothing yet. */
export function loadBaseline<T>(stateDir: string, name: string): T | undefined {
  const file = baselineFile(stateDir, name);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
}

/** The configuration of a cluster has the passwords of its fence devices. */
export function saveBaseline(stateDir: string, name: string, baseline: unknown): void {
  writeWhole(baselineFile(stateDir, name), JSON.stringify(baseline), 0o600);
}

/** Idempotent. */
export function removeBaseline(stateDir: string, name: string): void {
  rmSync(baselineFile(stateDir, name), { force: true });
}

function baselineFile(stateDir: string, name: string): string {
  return join(instanceFolder(stateDir, name), 'baseline.json');
}

/** Saves the lab's description before anything of it is created. */
export function saveInstance(stateDir: string, instance: LabInstance): void {
  const folder = instanceFolder(stateDir, instance.name);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  writeWhole(join(folder, 'instance.json'), `${JSON.stringify(instance, undefined, 2)}\n`, 0o600);
}

/** Undefined where no lab of that name was created here, or its creation was cut off before it was saved. */
export function loadInstance(stateDir: string, name: string): LabInstance | undefined {
  const file = join(instanceFolder(stateDir, name), 'instance.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as LabInstance) : undefined;
}

export function listInstances(stateDir: string): readonly string[] {
  if (!existsSync(stateDir)) return [];
  return readdirSync(stateDir)
    .filter((name) => name.startsWith(PREFIX) && existsSync(join(stateDir, name, 'instance.json')))
    .map((name) => name.slice(PREFIX.length))
    .sort();
}

/** Throws LabError `lab-not-up`, naming the labs there are. */
export function requireInstance(stateDir: string, name: string): LabInstance {
  const instance = loadInstance(stateDir, name);
  if (instance) return instance;
  const known = listInstances(stateDir);
  throw new LabError('lab-not-up', `there is no lab called ${name} on this machine`, {
    hint: known.length > 0 ? `labs here: ${known.join(', ')} (--name picks one)` : 'halab up brings one up',
    data: { name, known },
  });
}

/** The hacluster password: the lab file's, or one generated for this lab and kept where only root can read it. */
export function haclusterPassword(stateDir: string, instance: LabInstance): string {
  if (instance.lab.cluster.haclusterPassword !== undefined) return instance.lab.cluster.haclusterPassword;
  const file = passwordFile(stateDir, instance.name);
  if (!existsSync(file)) writeWhole(file, randomBytes(15).toString('base64url'), 0o600);
  return readFileSync(file, 'utf8');
}

/** For a lab that is recreated under the same name and already has its folder. */
export function keepHaclusterPassword(stateDir: string, instance: LabInstance, password: string): void {
  if (instance.lab.cluster.haclusterPassword === undefined)
    writeWhole(passwordFile(stateDir, instance.name), password, 0o600);
}

function passwordFile(stateDir: string, name: string): string {
  return join(instanceFolder(stateDir, name), 'hacluster-password');
}

/** Windows ignores the mode; there the folder belongs to the user. */
function writeWhole(file: string, content: string, mode: number): void {
  writeFileSync(`${file}.new`, content, { mode });
  renameSync(`${file}.new`, file);
}
