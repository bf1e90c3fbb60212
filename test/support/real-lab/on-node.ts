import { expect } from 'chai';
import { readSettings } from '../../../src/cli/settings.js';
import { backendOf } from '../../../src/cli/wire.js';
import { isLabError } from '../../../src/model/errors.js';
import { requireInstance } from '../../../src/store/instances.js';
import { cleanEnv, TOP } from './halab.js';

const CONNECT_MS = 20_000;
const COMMAND_MS = 120_000;
const UNREACHABLE = 3;

export interface Said {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * One command on a node, over the transport that `halab ssh` takes but without a process for each question. A node that
 * cannot be reached gives the exit code and the message of `halab ssh`.
 */
export async function onNode(lab: string, node: string, argv: readonly string[], stdin?: string): Promise<Said> {
  const settings = readSettings({}, cleanEnv(), TOP);
  try {
    const instance = requireInstance(settings.stateDir, lab);
    const backend = await backendOf(instance, settings);
    const transport = await backend.connect(instance, node, { timeoutMs: CONNECT_MS });
    try {
      return await transport.exec(argv, { timeoutMs: COMMAND_MS, ...(stdin === undefined ? {} : { stdin }) });
    } finally {
      await transport.close();
    }
  } catch (error) {
    if (!isLabError(error)) throw error;
    return { exitCode: UNREACHABLE, stdout: '', stderr: error.message };
  }
}

/** The same, which must succeed; resolves to its stdout. */
export async function saidOn(lab: string, node: string, argv: readonly string[]): Promise<string> {
  const answer = await onNode(lab, node, argv);
  expect(answer.exitCode, `${argv.join(' ')} on ${node}\n${answer.stdout}${answer.stderr}`).to.equal(0);
  return answer.stdout;
}

/**
 * `pcs resource refresh` (or `cleanup`) of a resource, to its end. Pacemaker deletes the history of the resource first
 * and reports it as Stopped until every node has been probed, while it may run all the time.
 */
export async function probeAgain(lab: string, resource: string, by: 'cleanup' | 'refresh' = 'refresh'): Promise<void> {
  await saidOn(lab, 'ha-host1', ['pcs', 'resource', by, resource]);
  await saidOn(lab, 'ha-host1', ['crm_resource', '--wait', '--timeout=60']);
}
