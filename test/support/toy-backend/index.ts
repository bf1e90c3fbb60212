import type { BackendModule } from '../../../src/ports/backend-module.js';
import { createMemoryBackend } from '../memory-lab.js';

/** A backend of toys, which are all in memory. */
export const toys: BackendModule = {
  name: 'toys',
  summary: 'nodes to play with',
  runsOn: () => true,
  flags: [
    { name: 'toy', value: 'toy', description: 'what to play with', commands: ['up', 'doctor'], selects: true },
    { name: 'colour', value: 'colour', description: 'in which colour', commands: ['up'], mayChange: true },
  ],
  optionsFrom: (flags) => ({ toy: 'bricks', ...flags }),
  create: async () => ({ ...createMemoryBackend().backend, name: 'toys' }),
};
