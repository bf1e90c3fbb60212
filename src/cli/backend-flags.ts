import { BACKENDS } from '../backends/index.js';
import { LabError } from '../model/errors.js';
import type { BackendOptions } from '../model/lab.js';
import type { BackendModule } from '../ports/backend-module.js';
import { unknownOne } from './errors.js';

/** The flags of a command, possibly with those of backends. */
interface Flags {
  readonly backend?: string;
}

/** Throws LabError `usage`, which lists the backends, if there is none of that name. */
export function backendNamed(name: string): BackendModule {
  const known = BACKENDS.find((each) => each.name === name);
  if (known) return known;
  const names = BACKENDS.map((each) => each.name);
  throw unknownOne('backend', name, names);
}

/** The backend if no flag names one. */
export function usualBackendOn(platform: NodeJS.Platform): string {
  const first = BACKENDS.find((each) => each.runsOn(platform));
  if (first) return first.name;
  throw new LabError('platform-unsupported', `no backend runs on ${platform}`);
}

/** The one that --backend names, or that a flag of its own selects. */
export function selectedBackend(flags: Flags): BackendModule | undefined {
  if (flags.backend !== undefined) return backendNamed(flags.backend);
  const given = Object.keys(ownFlagsIn(flags));
  return BACKENDS.find((each) => each.flags.some(({ name, selects }) => selects && given.includes(name)));
}

/** The backends' own flags among those of a command, by name. */
export function ownFlagsIn(flags: Flags): BackendOptions {
  const names = BACKENDS.flatMap((each) => each.flags.map(({ name }) => name));
  const given = Object.entries(flags).filter(([name, value]) => names.includes(name) && typeof value === 'string');
  return Object.fromEntries(given);
}

/** The flags given that this backend has. Throws LabError `usage` for one of another backend, so that the wrong lab is never built. */
export function flagsFor(backend: BackendModule, flags: Flags): BackendOptions {
  const given = ownFlagsIn(flags);
  for (const name of Object.keys(given)) {
    if (backend.flags.some((each) => each.name === name)) continue;
    const other = BACKENDS.find((each) => each.flags.some((flag) => flag.name === name));
    throw new LabError(
      'usage',
      `--${name} is a flag of the ${other?.name} backend, and the backend is ${backend.name}`,
      {
        hint: `add --backend ${other?.name}, or leave --${name} out`,
      },
    );
  }
  return given;
}
