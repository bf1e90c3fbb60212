import { LabError } from '../model/errors.js';
import type { Ability, KernelAbility } from '../model/scenario.js';
import type { Backend } from '../ports/backend.js';

/** Throws LabError `ability-missing`; plans are checked before a run, so that only faults injected by hand get here. */
export function requireAbility<A>(backend: Backend, ability: Ability, found: A | undefined): A {
  if (found !== undefined) return found;
  throw new LabError('ability-missing', `the ${backend.name} backend has no ability '${ability}'`, {
    hint: 'Choose a backend that has it, or another fault.',
    data: { backend: backend.name, ability },
  });
}

/** The same for what the kernel of a backend's nodes can do. */
export function requireKernel(backend: Backend, ability: KernelAbility): void {
  requireAbility(
    backend,
    ability,
    backend.kernel?.find((each) => each === ability),
  );
}
