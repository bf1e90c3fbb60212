import { expect } from 'chai';
import { isLabError } from '../../../src/model/errors.js';
import { FULL_SPEED, LONGEST_WAIT_MS } from '../../../src/model/slowness.js';
import type { Backend } from '../../../src/ports/backend.js';
import { createConnections } from '../../../src/runner/connections.js';
import { createMemoryRun } from '../../support/memory-run.js';

describe('the connections of a run', () => {
  it('tell everybody who waits for an attempt that is given up that the node is unreachable', async () => {
    const { deps } = await createMemoryRun();
    const connect: Backend['connect'] = (_instance, _node, { signal }) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    const connections = createConnections(deps.instance, { ...deps.backend, connect }, () => FULL_SPEED);
    const waiting = connections.to('ha-host1').catch((error: unknown) => error);
    connections.forget('ha-host1');
    const error = await waiting;
    expect(isLabError(error) && error.code).to.equal('node-unreachable');
    await connections.close();
  });

  it('open a new one after that', async () => {
    const { deps, lab } = await createMemoryRun();
    const connections = createConnections(deps.instance, deps.backend, () => FULL_SPEED);
    await connections.to('ha-host1');
    connections.forget('ha-host1');
    expect((await connections.to('ha-host1')).node).to.equal('ha-host1');
    expect(lab.connects.get('ha-host1')).to.equal(2);
    await connections.close();
  });

  it('stretch the deadline of a command for slow nodes, unless it does not depend on their speed', async () => {
    const { deps } = await createMemoryRun();
    const deadlines: number[] = [];
    const connect: Backend['connect'] = async (instance, node, options) => {
      const transport = await deps.backend.connect(instance, node, options);
      return {
        ...transport,
        exec: (argv, given) => {
          deadlines.push(given.timeoutMs);
          return transport.exec(argv, given);
        },
      };
    };
    const connections = createConnections(deps.instance, { ...deps.backend, connect }, () => ({ factor: 32.2 }));
    const transport = await connections.to('ha-host1');
    await transport.exec(['true'], { timeoutMs: 86_400_000 });
    await transport.exec(['true'], { timeoutMs: 1_001 });
    await transport.exec(['true'], { timeoutMs: 86_400_000, isNotStretched: true });
    expect(deadlines).to.deep.equal([LONGEST_WAIT_MS, 32_233, 86_400_000]);
    await connections.close();
  });
});
