import { type ErrorCode, LabError } from '../model/errors.js';
import type { LabInstance } from '../model/lab.js';
import { FULL_SPEED, type Slowness, slownessOf } from '../model/slowness.js';
import type { Backend, PackageAbility, Prerequisite } from '../ports/backend.js';

/** Checks the machine before anything is changed. Throws one LabError that lists everything that is missing. */
export async function requireMachine(backend: Backend, instance: LabInstance): Promise<void> {
  if (instance.lab.stack !== undefined) requirePackages(backend);
  const missing = (await backend.preflight(instance)).filter((finding) => !finding.ok && finding.weight === 'required');
  if (missing.length === 0) return;
  const lines = missing.map(({ text, fix }) => (fix ? `${text} → ${fix.text}` : text));
  const what = missing.every(isOfLab)
    ? `the ${backend.name} backend cannot run the lab ${instance.lab.name}:`
    : `this machine cannot run the ${backend.name} backend:`;
  throw new LabError(codeOf(missing), `${what}\n  ${lines.join('\n  ')}`, {
    hint: `halab doctor shows the details${canFix(missing) ? ', halab doctor --fix installs what apt has' : ''}`,
    data: { missing: missing.map(({ id }) => id) },
  });
}

/** Throws LabError `ability-missing` where nodes take no packages on top of their image. */
export function requirePackages(backend: Backend): PackageAbility {
  if (backend.packages !== undefined) return backend.packages;
  throw new LabError('ability-missing', whyNoPackages(backend), {
    hint: 'leave --stack out, or take --backend embedded',
  });
}

export function whyNoPackages({ name }: Backend): string {
  return `the ${name} backend puts no packages on top of an image`;
}

/** Why this backend can run the lab on no machine at all, such as a kernel module that it asks for; undefined where it can. */
export async function whyLabCannotRun(backend: Backend, instance: LabInstance): Promise<string | undefined> {
  const reasons = (await backend.preflight(instance)).filter(
    (finding) => !finding.ok && finding.weight === 'required' && isOfLab(finding),
  );
  if (reasons.length === 0) return undefined;
  return `the ${backend.name} backend cannot run the lab ${instance.lab.name}: ${reasons.map(({ text }) => text).join('; ')}`;
}

/**
 * Removing a lab requires only the rights to do so: root, if the backend has a finding `root`. Throws LabError `not-root`.
 */
export async function requireRights(backend: Backend, instance: LabInstance): Promise<void> {
  const root = (await backend.preflight(instance)).find(({ id }) => id === 'root');
  if (root === undefined || root.ok) return;
  throw new LabError('not-root', `taking a lab of the ${backend.name} backend down needs root`, {
    hint: root.fix?.text ?? 'run the same command as root (sudo)',
  });
}

/** It is about what the lab file asks for, and no machine would change it. */
function isOfLab({ id }: Prerequisite): boolean {
  return id.startsWith('lab:');
}

function canFix(missing: readonly Prerequisite[]): boolean {
  return missing.some(({ fix }) => fix?.argv?.[0] === 'apt-get');
}

function codeOf(missing: readonly Prerequisite[]): ErrorCode {
  if (missing.every(isOfLab)) return 'config-invalid';
  const has = (id: string) => missing.some((finding) => finding.id.startsWith(id));
  if (has('platform')) return 'platform-unsupported';
  if (has('root')) return 'not-root';
  if (has('program:') || has('plugin:')) return 'package-missing';
  return has('disk') ? 'disk-full' : 'backend-failed';
}

/** A lab that cannot be measured now counts as running at full speed. */
export async function slownessNow(backend: Backend, instance: LabInstance): Promise<Slowness> {
  try {
    return slownessOf((await backend.measureSlowness?.(instance)) ?? 1);
  } catch (error) {
    if (error instanceof LabError) return FULL_SPEED;
    throw error;
  }
}
