import { auditor as realAuditor } from '../../../../src/cli/auditor.js';
import { faultFromFlags } from '../../../../src/cli/commands/fault-from-flags.js';
import { faultJson } from '../../../../src/cli/commands/inject.js';
import { createProgram } from '../../../../src/cli/program.js';
import { actionText } from '../../../../src/cli/run/dry-run.js';
import { createRandom } from '../../../../src/cli/run/request.js';
import { readScenario } from '../../../../src/config/scenario.js';
import { readSource } from '../../../../src/config/source.js';
import type { FaultKind } from '../../../../src/faults/index.js';
import type { ResolvedFault } from '../../../../src/model/scenario.js';
import { createExecutor, driveInOrder } from '../../../../src/runner/run.js';
import { drawWalk } from '../../../../src/walk/draw.js';
import { problemsBy } from '../../../support/json-schemas.js';
import { LINUXHA } from '../../../support/memory-lab.js';
import { createMemoryRun } from '../../../support/memory-run.js';
import { onNamedNodes } from '../../../support/named-fault.js';
import { showing, well } from '../../audits/support/input.js';
import { readWalk, sceneWithVip } from '../../walk/support/walks.js';

/**
 * Is run in a copy of halab that has one kind of fault more, the toy `jam` of docs/extending.md, and prints what became of
 * it (define-fault.test.ts).
 */
const JAM = 'jam' as FaultKind;

function readSteps(steps: string) {
  return readScenario(readSource('toy.yaml', `id: toy\ntitle: A toy\nsteps:${steps}`), LINUXHA);
}

async function fromCommandLine(...words: readonly string[]): Promise<ResolvedFault | string> {
  const { lab } = await createMemoryRun();
  const program = createProgram(() => undefined);
  const inject = program.commands.find((each) => each.name() === 'fault')?.commands.at(-1);
  let found: ResolvedFault | string = 'nothing was parsed';
  inject?.action((kind, nodes, flags) => {
    try {
      found = onNamedNodes(faultFromFlags(kind, nodes, flags, lab.instance()), lab.instance().lab);
    } catch (error) {
      found = String((error as Error).message);
    }
  });
  await program.parseAsync(['node', 'halab', 'fault', 'inject', ...words]);
  return found;
}

/** A monitor of vip fails on ha-host1 while the fault is active; what audit no-failures says, and what was done. */
async function audited(node: string) {
  const { scenario } = readSteps(`
  - { id: jam, fault: { kind: jam, node: ${node}, resource: vip, jars: 2 } }
  - { id: heal, heal: jam }
`);
  if (scenario === undefined) throw new Error('the scenario cannot be read');
  const commands: string[] = [];
  let isActive = false;
  const failedActions = [
    { text: 'vip_monitor', resource: 'vip', operation: 'monitor', intervalMs: 30_000, node: 'ha-host1', exitCode: 1 },
  ];
  const auditor = {
    ...realAuditor,
    pendingActivityIn: () => undefined,
    observe: async (transport: { readonly node: string }) => {
      const shown = isActive ? showing(well(), { failedActions }) : well();
      const found = shown.nodes.find((each) => each.node === transport.node);
      return found ?? { node: transport.node, answered: true, problems: {} };
    },
    askForMacs: async (_transport: unknown, { address }: { readonly address: string }) => ({
      address,
      from: 'iscsi-disks',
      macs: [],
    }),
  };
  const { session, lab } = await createMemoryRun({ deps: { auditor } });
  lab.mischief.command = (on, argv) => {
    const [program = ''] = argv;
    if (!['touch', 'rm', 'test'].includes(program)) return undefined;
    if (program !== 'test') isActive = program === 'touch';
    commands.push(`${on}: ${argv.join(' ')}`);
    return { exitCode: program === 'test' && !isActive ? 1 : 0 };
  };
  const { scenarios } = await driveInOrder(
    [{ scenario, asGiven: false, requires: [], isSetUp: false }],
    createExecutor(session),
  );
  const results = scenarios[0]?.steps[0]?.audits?.results;
  return { noFailures: results?.find(({ audit }) => audit === 'no-failures')?.verdict, commands };
}

const file = readSteps('\n  - { id: jam, fault: { kind: jam, node: "{dc}", resource: vip, jars: 3 } }\n');
const wrong = readSteps('\n  - { id: jam, fault: { kind: jam, node: ha-hots1, resource: vip, jars: 10, jar: 1 } }\n');
const action = file.scenario?.steps[0]?.action;
const flags = await fromCommandLine('jam', 'ha-host1', '--resource', 'vip', '--jars', '3');
const answer = (fault: object) => faultJson({ id: 'a', at: '2026-11-28T00:00:00Z', run: 'r', fault: fault as never });
const scene = sceneWithVip(LINUXHA, [JAM]);
const drawn = drawWalk(scene, createRandom(1), 4);

console.log(
  JSON.stringify({
    file: { action, text: action && actionText(action), problems: wrong.problems.map(({ message }) => message) },
    flags: [flags, await fromCommandLine('jam', 'ha-host1', '--resource', 'vip')],
    schema: [
      problemsBy('fault', answer(flags as object)),
      problemsBy('fault', answer({ ...(flags as object), jars: 10 })),
    ],
    walk: readWalk(drawn, scene).steps.map(({ action: each }) => (each.kind === 'fault' ? each.fault : each.kind)),
    audit: { explained: await audited('ha-host1'), unexplained: (await audited('ha-host2')).noFailures },
  }),
);
