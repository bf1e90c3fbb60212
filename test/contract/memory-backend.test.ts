import { createMemoryBackend } from '../support/memory-lab.js';
import { describeBackend } from './backend.js';

describeBackend('memory', () => {
  const { backend, instance } = createMemoryBackend();
  return { backend, instance: instance('contract'), gaps: { fencing: 'no fence agent runs in memory' } };
});
