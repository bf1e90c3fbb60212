import type { BackendModule } from '../ports/backend-module.js';
import { embedded } from './embedded/index.js';
import { vagrant } from './vagrant/index.js';

/** The backends there are. Where no flag names one, the first that this machine's platform can run is taken. */
export const BACKENDS: readonly BackendModule[] = [embedded, vagrant];
