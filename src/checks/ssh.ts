import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { lastLine } from '../model/command-output.js';
import { targetText } from '../model/target.js';
import type { ExecResult } from '../ports/transport.js';
import { defineCheck, passedIf, tryExec } from './define-check.js';

interface SshObservation {
  readonly from: string;
  readonly landsOn: string;
  /** Or why the node to log in from could not be asked. */
  readonly answer: ExecResult | { readonly problem: string };
}

const TIMEOUT_MS = 10_000;
const COMMAND_NOT_FOUND = 127;

/**
 * Logs in with the key that every node of a lab holds. Host keys are not kept: the address moves from host to host, and
 * each has its own.
 */
const SSH = [
  ...['ssh', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=5', '-o', 'LogLevel=ERROR'],
  ...['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null'],
];

const schema = ({ address, target }: ScenarioFields) =>
  strict({ ssh: address, from: target, 'lands-on': target })
    .describe('Logs in to an address and finds out on which node the session lands.')
    .transform(({ ssh, from, 'lands-on': landsOn }) => ({ address: ssh, from, landsOn }));

export const sshCheck = defineCheck({
  kind: 'ssh',
  schema,
  cost: 6,
  when: 'now',
  targets: ({ from, landsOn }) => [from, landsOn],
  readsStatusText: false,
  describe: ({ address, from, landsOn }) =>
    `ssh from ${targetText(from)} to ${address} lands on ${targetText(landsOn)}`,
  async observe({ address, from: fromTarget, landsOn: landsOnTarget }, context): Promise<SshObservation> {
    const from = await context.resolve(fromTarget);
    const landsOn = await context.resolve(landsOnTarget);
    return { from, landsOn, answer: await tryExec(context, from, [...SSH, `root@${address}`, 'hostname'], TIMEOUT_MS) };
  },
  judge({ address }, { from, landsOn, answer }) {
    if ('problem' in answer)
      return { verdict: 'unknown', seen: `${from} could not be asked to log in: ${answer.problem}` };
    if (answer.exitCode === COMMAND_NOT_FOUND) return { verdict: 'unknown', seen: `there is no ssh on ${from}` };
    if (answer.exitCode !== 0) {
      const said = lastLine(answer.stderr) ?? `exit code ${answer.exitCode}`;
      return { verdict: 'failed', seen: `ssh from ${from} to ${address}: ${said}` };
    }
    const host = answer.stdout.trim().split('.')[0] ?? '';
    return passedIf(host === landsOn, `ssh from ${from} to ${address} lands on ${host || '(no name)'}`);
  },
});
