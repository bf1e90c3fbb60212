import { ISCSI_PORT, sharedDisksOf } from '../model/iscsi.js';
import type { FormationStage } from '../model/scenario.js';
import type { FormationContext, FormationOutcome } from '../ports/cluster.js';
import { nodeScript } from '../ports/node-program.js';
import type { Transport } from '../ports/transport.js';
import {
  detectDialect,
  knownDialect,
  missingPackages,
  packagesOn,
  readSoftware,
  type Software,
  usualDialect,
} from './dialect.js';
import { commandsOf, typedText } from './formation/commands.js';
import { createFenceDevices, createFencingLevels } from './formation/fencing.js';
import {
  askEveryNode,
  askNode,
  execOptions,
  failWithDiagnosis,
  formationFailed,
  leaderOf,
  namesOfPcsNodes,
  outcomeOf,
  runOnEveryNode,
  wasDoneBefore,
} from './formation/on-nodes.js';
import { addRemoteNodes } from './formation/remote-nodes.js';
import { setUp } from './formation/setup.js';

type StageRunner = (context: FormationContext) => Promise<FormationOutcome>;

/** In the order of FORMATION_STAGES; each is idempotent: it checks on the nodes what is done already. */
const STAGES: { readonly [S in FormationStage]: StageRunner } = {
  packages: checkPackages,
  pcsd: startPcsd,
  password: setPassword,
  auth: authorise,
  setup: setUp,
  start: startCluster,
  enable: enableCluster,
  'remote-nodes': addRemoteNodes,
  fencing: createFenceDevices,
  'fencing-levels': createFencingLevels,
  storage: logInToStorage,
};

/** Throws LabError `formation-failed`, `pcs-unsupported` or `interrupted`. */
export async function form(stage: FormationStage, context: FormationContext): Promise<FormationOutcome> {
  const outcome = await STAGES[stage](context);
  const leader = leaderOf(context);
  const pcs = knownDialect(await context.transport(leader)) ?? usualDialect(context.lab);
  const typed = typedText(commandsOf(stage, context.lab, { leader, pcs, devices: context.fenceDevices ?? [] }));
  return typed === '' ? outcome : { ...outcome, byHand: typed };
}

const PACKAGES_TIMEOUT_MS = 30_000;

/** Installs nothing: the backend that creates the nodes does that. */
async function checkPackages(context: FormationContext): Promise<FormationOutcome> {
  const { lab } = context;
  const wantedOn = (name: string) => lab.nodes.flatMap((node) => (node.name === name ? packagesOn(node, lab) : []));
  const read = (transport: Transport) =>
    readSoftware(transport, execOptions(context, PACKAGES_TIMEOUT_MS), wantedOn(transport.node));
  const answers = await askEveryNode('packages', context, read, namesOfPcsNodes(context));
  const judged = answers.map(({ node, result }) => ({
    node,
    result,
    missing: missingPackages(result, wantedOn(node)),
  }));
  const lacking = judged.filter(({ missing }) => missing.length > 0);
  const first = lacking[0];
  if (first === undefined) {
    const seen = answers.map(
      ({ node, result }) =>
        `${node}: ${wantedOn(node)
          .map((name) => `${name} ${result.versions[name]}`)
          .join(', ')}`,
    );
    return { changed: false, seen: seen.join('; ') };
  }
  throw formationFailed({
    stage: 'packages',
    node: lacking.map(({ node }) => node).join(', '),
    output: lacking.map(({ node, missing }) => `${node} lacks ${missing.join(', ')}.`).join('\n'),
    hint: `Install them there: ${installCommand(first.result, wantedOn(first.node))}`,
    data: { missing: Object.fromEntries(lacking.map(({ node, missing }) => [node, missing])) },
  });
}

/** Packages are installed from whatever repositories the node has; on EL the high-availability one must be enabled. */
function installCommand({ manager }: Software, packages: readonly string[]): string {
  const names = packages.join(' ');
  return manager === 'dpkg'
    ? `apt-get install -y ${names}`
    : `dnf install -y --enablerepo=highavailability ${names} (yum install -y ${names} on EL 7)`;
}

const PCSD_TIMEOUT_MS = 120_000;
const ANSWER_WITHIN_S = 60;
const RAISE_REQUEST_TIMEOUT = nodeScript('raise-pcs-timeout.sh');
const START_PCSD = nodeScript('start-pcsd.sh');

async function startPcsd(context: FormationContext): Promise<FormationOutcome> {
  const raised = await raiseRequestTimeout(context);
  const timeoutS = String(Math.ceil(ANSWER_WITHIN_S * context.slowness.factor));
  const start = (transport: Transport) =>
    transport.exec(['sh', '-c', START_PCSD, 'sh', transport.node, timeoutS], execOptions(context, PCSD_TIMEOUT_MS));
  const answers = await askEveryNode('pcsd', context, start, namesOfPcsNodes(context));
  const started = await outcomeOf('pcsd', context, answers, 'pcsd started and enabled');
  return raised === undefined
    ? started
    : { changed: started.changed || raised.changed, seen: `${raised.seen}; ${started.seen}` };
}

async function raiseRequestTimeout(context: FormationContext): Promise<FormationOutcome | undefined> {
  const { pcsRequestS } = context.slowness;
  if (pcsRequestS === undefined) return undefined;
  const argv = ['sh', '-c', RAISE_REQUEST_TIMEOUT, 'sh', String(pcsRequestS)];
  const done = `pcs's request timeout raised to ${pcsRequestS} s`;
  return runOnEveryNode('pcsd', context, { argv, timeoutMs: PCSD_TIMEOUT_MS }, done, namesOfPcsNodes(context));
}

/** Sets the password on every call: comparing it would require the hash or a login. */
function setPassword(context: FormationContext): Promise<FormationOutcome> {
  const stdin = `hacluster:${context.haclusterPassword}\n`;
  const command = { argv: ['chpasswd'], timeoutMs: 30_000, stdin };
  return runOnEveryNode('password', context, command, 'password of hacluster set', namesOfPcsNodes(context));
}

const AUTH_TIMEOUT_MS = 180_000;
const AUTHORISE = nodeScript('authorise.sh');

/** pcs gets the password on stdin, where it reads it when stdin is not a terminal. */
async function authorise(context: FormationContext): Promise<FormationOutcome> {
  const leader = leaderOf(context);
  const nodes = namesOfPcsNodes(context);
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

const START_TIMEOUT_MS = 300_000;

/** `systemctl is-active a b` succeeds if one of the units is active, so the script compares the words. */
const UNLESS_BOTH_ARE = nodeScript('unless-both-are.sh');

/**
 * Each node starts its own services: with `--all`, one node would start the others through pcsd and report less on failure.
 * The first node starts before the others: all wait for its first dc-deadtime to end, and that begins earlier while the
 * other nodes do not use the hypervisor host's processors.
 */
async function startCluster(context: FormationContext): Promise<FormationOutcome> {
  const argv = ['sh', '-c', UNLESS_BOTH_ARE, 'sh', 'is-active', 'active', 'pcs', 'cluster', 'start'];
  const start = (transport: Transport) => transport.exec(argv, execOptions(context, START_TIMEOUT_MS));
  const leader = leaderOf(context);
  const first = context.transport(leader).then(start);
  // A failure of the first node is reported together with those of the others.
  const firstIsDone = first.then(
    () => undefined,
    () => undefined,
  );
  const answers = await askEveryNode('start', context, async (transport) => {
    if (transport.node === leader) return first;
    await firstIsDone;
    return start(transport);
  });
  return outcomeOf('start', context, answers, 'cluster started');
}

function enableCluster(context: FormationContext): Promise<FormationOutcome> {
  const argv = ['sh', '-c', UNLESS_BOTH_ARE, 'sh', 'is-enabled', 'enabled', 'pcs', 'cluster', 'enable'];
  return runOnEveryNode('enable', context, { argv, timeoutMs: 120_000 }, 'cluster enabled');
}

const LOG_IN_TO_STORAGE = nodeScript('log-in-to-storage.sh');

/** Logs every HA node in to all disks of the lab, all nodes at the same time: a login writes nothing to the disk. */
function logInToStorage(context: FormationContext): Promise<FormationOutcome> {
  const disks = sharedDisksOf(context.lab);
  const args = disks.flatMap(({ id, portal, target, device }) => [
    id,
    `${portal.address}:${ISCSI_PORT}`,
    target,
    device,
  ]);
  const command = { argv: ['sh', '-c', LOG_IN_TO_STORAGE, 'sh', ...args], timeoutMs: 180_000 };
  const names = disks.map(({ id }) => id).join(', ');
  return runOnEveryNode('storage', context, command, `logged in to ${names || 'no disk, since the lab has none,'}`);
}
