import { labelOf } from './names.js';

/** Whether a domain, volume, network or machine of that name, or a folder of a path, belongs to the lab. */
export function isOf(instance: string, name: string): boolean {
  return name === labelOf(instance) || name.startsWith(`${labelOf(instance)}.`);
}

/** The lab that a name belongs to. Undefined where it is none of ours. */
export function instanceOf(name: string): string | undefined {
  return /^halab-([a-z][a-z0-9-]*)(?:\.|$)/.exec(name)?.[1];
}

/** The folder of a path, with either kind of slash, that carries a lab's label: the innermost one. */
export function labelIn(path: string): string | undefined {
  return path
    .split(/[\\/]/)
    .reverse()
    .find((part) => instanceOf(part) !== undefined);
}

/**
 * The machine that a volume belongs to, e.g. `halab-x.n1` of `halab-x.n1.img` and `halab-x.n1-vdb.qcow2`. A node's name may
 * be the beginning of another's, so the longest that fits is meant.
 */
export function machineOfVolume(volume: string, machines: readonly string[]): string | undefined {
  const fits = machines.filter(
    (machine) => volume === machine || (volume.startsWith(machine) && /^[._-]/.test(volume.slice(machine.length))),
  );
  return fits.sort((a, b) => b.length - a.length)[0];
}
