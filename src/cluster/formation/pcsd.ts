import type { FormationContext, FormationOutcome } from '../../ports/cluster.js';
import { nodeScript } from '../../ports/node-program.js';
import { detectDialect } from '../dialect.js';
import {
  askEveryNode,
  askNode,
  execOptions,
  failWithDiagnosis,
  leaderOf,
  namesOfHaNodes,
  outcomeOf,
  wasDoneBefore,
} from './on-nodes.js';

const PCSD_TIMEOUT_MS = 120_000;
const ANSWER_WITHIN_S = 60;

const RAISE_REQUEST_TIMEOUT = nodeScript('raise-pcs-timeout.sh');

const START_PCSD = nodeScript('start-pcsd.sh');

export async function startPcsd(context: FormationContext): Promise<FormationOutcome> {
  const raised = await raiseRequestTimeout(context);
  const started = await startEverywhere(context);
  return raised === undefined
    ? started
    : { changed: started.changed || raised.changed, seen: `${raised.seen}; ${started.seen}` };
}

async function raiseRequestTimeout(context: FormationContext): Promise<FormationOutcome | undefined> {
  const { pcsRequestS } = context.slowness;
  if (pcsRequestS === undefined) return undefined;
  const answers = await askEveryNode('pcsd', context, (transport) =>
    transport.exec(
      ['sh', '-c', RAISE_REQUEST_TIMEOUT, 'sh', String(pcsRequestS)],
      execOptions(context, PCSD_TIMEOUT_MS),
    ),
  );
  return outcomeOf('pcsd', context, answers, `pcs's request timeout raised to ${pcsRequestS} s`);
}

async function startEverywhere(context: FormationContext): Promise<FormationOutcome> {
  const answers = await askEveryNode('pcsd', context, (transport) =>
    transport.exec(
      ['sh', '-c', START_PCSD, 'sh', transport.node, String(Math.ceil(ANSWER_WITHIN_S * context.slowness.factor))],
      execOptions(context, PCSD_TIMEOUT_MS),
    ),
  );
  return outcomeOf('pcsd', context, answers, 'pcsd started and enabled');
}

const AUTH_TIMEOUT_MS = 180_000;

const AUTHORISE = nodeScript('authorise.sh');

/** The password goes to pcs on stdin, which reads it there when it has no terminal. */
export async function authorise(context: FormationContext): Promise<FormationOutcome> {
  const leader = leaderOf(context);
  const nodes = namesOfHaNodes(context);
  const result = await askNode('auth', context, leader, async (transport) => {
    const dialect = await detectDialect(transport, execOptions(context, AUTH_TIMEOUT_MS));
    const argv = ['sh', '-c', AUTHORISE, 'sh', nodes.join(' '), ...dialect.authArgv(nodes)];
    return transport.exec(argv, execOptions(context, AUTH_TIMEOUT_MS, `${context.haclusterPassword}\n`));
  });
  if (result.exitCode !== 0) return failWithDiagnosis('auth', context, [{ node: leader, result }]);
  const before = wasDoneBefore(result);
  return {
    changed: !before,
    seen: `${leader} ${before ? 'was authorised before' : 'is authorised'} at ${nodes.join(', ')}`,
  };
}

const PASSWORD_TIMEOUT_MS = 30_000;

/** Sets it again when it was set: there is no way to compare that would not need the hash or a login. */
export async function setPassword(context: FormationContext): Promise<FormationOutcome> {
  const stdin = `hacluster:${context.haclusterPassword}\n`;
  const answers = await askEveryNode('password', context, (transport) =>
    transport.exec(['chpasswd'], execOptions(context, PASSWORD_TIMEOUT_MS, stdin)),
  );
  return outcomeOf('password', context, answers, 'password of hacluster set');
}
