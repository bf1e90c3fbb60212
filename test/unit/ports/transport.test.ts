import { expect } from 'chai';
import { type ExecResult, execOrThrow } from '../../../src/ports/transport.js';

const answering = (answer: Partial<ExecResult>) => ({
  node: 'a',
  exec: async () => ({ exitCode: 0, stdout: '', stderr: '', durationMs: 1, ...answer }),
});

describe('a command that must succeed', () => {
  it('resolves to its stdout', async () => {
    expect(await execOrThrow(answering({ stdout: 'out\n' }), ['id'], { timeoutMs: 1 })).to.equal('out\n');
  });

  it('throws with the node, the exit code and the last lines where it does not', async () => {
    const failing = answering({ exitCode: 3, stdout: 'before\n', stderr: 'no such luck\n' });
    const error = await execOrThrow(failing, ['id', '-u'], { timeoutMs: 1 }).catch((caught: unknown) => caught);
    expect(error).to.include({ code: 'command-failed' });
    expect((error as Error).message).to.equal('id -u on a ended with exit code 3: no such luck\nbefore');
  });
});
