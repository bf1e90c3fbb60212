import { clusterLinksOf, haNodesOf, type Lab } from '../../model/lab.js';
import type { FormationContext, FormationOutcome } from '../../ports/cluster.js';
import type { ExecResult } from '../../ports/transport.js';
import { parseCorosyncConf } from '../corosync-conf.js';
import { type ClusterSetup, detectDialect } from '../dialect.js';
import { failWithDiagnosis, formationFailed } from './failure.js';
import { askEveryNode, askNode, execOptions, leaderOf, namesOfHaNodes } from './nodes.js';
import { planSetup, type SetupFacts } from './setup-plan.js';

const LOOK_TIMEOUT_MS = 30_000;
/** On emulated processors pcs has been seen to need two minutes. */
const SETUP_TIMEOUT_MS = 300_000;

const UNITS = ['corosync', 'pacemaker'] as const;
const SCRIPT = `
echo "active $(systemctl is-active "$@" | tr '\\n' ' ')"
cat /etc/corosync/corosync.conf 2>/dev/null
exit 0
`;

export async function setUp(context: FormationContext): Promise<FormationOutcome> {
  const { name } = context.lab.cluster;
  const { tokenMs } = context.pace;
  const nodes = namesOfHaNodes(context);
  const leader = leaderOf(context);
  const facts = await lookAtNodes(context);
  const plan = planSetup(name, nodes, facts);
  if (plan.kind === 'done') return { changed: false, seen: `cluster ${name} was set up before on ${nodes.join(', ')}` };
  if (plan.kind === 'refuse') {
    throw formationFailed({
      stage: 'setup',
      node: plan.nodes.join(', '),
      said: plan.why,
      hint: plan.mend,
      data: { facts },
    });
  }
  const result = await askNode('setup', context, leader, async (transport) => {
    const dialect = await detectDialect(transport, execOptions(context, LOOK_TIMEOUT_MS));
    return transport.exec(
      dialect.setupArgv({
        name,
        nodes,
        ...addressesOf(context.lab),
        force: plan.force,
        ...(tokenMs === undefined ? {} : { tokenMs }),
      }),
      execOptions(context, SETUP_TIMEOUT_MS),
    );
  });
  if (result.exitCode !== 0) return failWithDiagnosis('setup', context, [{ node: leader, result }]);
  const withToken = tokenMs === undefined ? '' : ` with a token of ${tokenMs} ms`;
  return { changed: true, seen: `cluster ${name} set up on ${nodes.join(', ')}${withToken}; ${plan.why}` };
}

/** Of labs where more than one network carries the cluster. */
export function addressesOf(lab: Lab): Pick<ClusterSetup, 'addresses'> {
  const links = new Map(haNodesOf(lab).map((node) => [node.name, clusterLinksOf(lab, node)]));
  if ([...links.values()].every(({ length }) => length < 2)) return {};
  return {
    addresses: new Map([...links].map(([node, own]) => [node, own.map(({ address }) => address)])),
  };
}

async function lookAtNodes(context: FormationContext): Promise<readonly SetupFacts[]> {
  const answers = await askEveryNode('setup', context, (transport) =>
    transport.exec(['sh', '-c', SCRIPT, 'sh', ...UNITS], execOptions(context, LOOK_TIMEOUT_MS)),
  );
  return answers.map(({ node, result }) => setupFactsFrom(node, result));
}

export function setupFactsFrom(node: string, { stdout }: Pick<ExecResult, 'stdout'>): SetupFacts {
  const [first = '', ...rest] = stdout.split('\n');
  const states = first
    .replace(/^active /, '')
    .trim()
    .split(' ');
  const conf = rest.join('\n').trim();
  return {
    node,
    running: UNITS.filter((_, index) => states[index] === 'active'),
    ...(conf === '' ? {} : { conf: parseCorosyncConf(conf) }),
  };
}
