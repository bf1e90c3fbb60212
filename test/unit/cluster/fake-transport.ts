import { controllersOf } from '../../../src/model/fencing.js';
import { FULL_SPEED } from '../../../src/model/slowness.js';
import type { FormationContext } from '../../../src/ports/cluster.js';
import type { ExecOptions, ExecResult, Transport } from '../../../src/ports/transport.js';
import { testLab } from './test-lab.js';

export interface Call {
  readonly node: string;
  readonly argv: readonly string[];
  readonly stdin: string | undefined;
}

export type Answer = Partial<ExecResult> | Error;
export type Answers = (call: Call) => Answer | Promise<Answer>;

/** A transport that notes what it is asked and answers by a function. */
export function fakeTransport(node: string, answers: Answers, calls: Call[] = []): Transport {
  const refuse = (): never => {
    throw new Error('not part of this test');
  };
  return {
    node,
    async exec(argv: readonly string[], options: ExecOptions) {
      const call = { node, argv, stdin: options.stdin };
      calls.push(call);
      const answer = await answers(call);
      if (answer instanceof Error) throw answer;
      return { exitCode: 0, stdout: '', stderr: '', durationMs: 1, ...answer };
    },
    upload: refuse,
    download: refuse,
    shell: refuse,
    forward: refuse,
    close: async () => undefined,
  };
}

export const PASSWORD = 'Sw0rdfish-hidden';
export const FENCING_SECRET = 'Sh0vel-hidden';

/** Three HA nodes that all answer by one function; one transport a node, as in a run. */
export function fakeFormation(answers: Answers): { readonly context: FormationContext; readonly calls: Call[] } {
  const calls: Call[] = [];
  const transports = new Map<string, Transport>();
  const context: FormationContext = {
    lab: testLab,
    haclusterPassword: PASSWORD,
    slowness: FULL_SPEED,
    fenceDevices: controllersOf(testLab).map(({ node, level, address }) => ({
      id: `fence-${node}-${level}`,
      node,
      level,
      agent: 'fence_test',
      options: { ip: address },
      secrets: { password: FENCING_SECRET },
    })),
    async transport(node) {
      const transport = transports.get(node) ?? fakeTransport(node, answers, calls);
      transports.set(node, transport);
      return transport;
    },
  };
  return { context, calls };
}

/** What follows the fixed script: a call's arguments, or the argv itself where there is no script. */
export function wordsOf({ argv }: Call): readonly string[] {
  return argv[0] === 'sh' ? argv.slice(4) : argv;
}

export function runsPcs(call: Call): boolean {
  return wordsOf(call).includes('pcs') && wordsOf(call).includes('cluster');
}
