import { z } from 'zod';
import { type AgentMetadata, parseAgentMetadata } from '../cluster/agent-metadata.js';
import { strict } from '../fields/schema.js';
import { word } from '../fields/values.js';
import { messageOf } from '../model/errors.js';
import { haNodesOf } from '../model/lab.js';
import type { CheckContext } from '../ports/check.js';
import { complaintOf, defineCheck, type FieldsOf, passedIf } from './define-check.js';

/** `read`: what the agent says of itself. `refused`: pacemaker has no such agent. `unread`: nobody could be asked. */
type AgentObservation =
  | { readonly kind: 'read'; readonly node: string; readonly metadata: AgentMetadata }
  | { readonly kind: 'refused' | 'unread'; readonly problem: string };

/** Agents may start interpreters to print their metadata. */
const TIMEOUT_MS = 30_000;
const COMMAND_NOT_FOUND = 127;

const schema = () =>
  strict({
    agent: word,
    requires: z.array(word).min(1).optional(),
    knows: z.array(word).min(1).optional(),
    operations: z.record(z.string(), z.record(z.string(), word)).optional(),
  }).describe("What a resource agent's metadata says: required and known parameters, default operations.");

type Agent = FieldsOf<typeof schema>;

export const agentCheck = defineCheck({
  kind: 'agent',
  schema,
  cost: 3,
  when: 'now',
  targets: () => [],
  readsStatusText: false,
  describe({ agent, requires, knows, operations }) {
    const parts = [
      ...(requires?.length ? [`requires ${requires.join(', ')}`] : []),
      ...(knows?.length ? [`knows ${knows.join(', ')}`] : []),
      ...Object.entries(operations ?? {}).map(([name, values]) => `has ${name} with ${pairs(values)}`),
    ];
    return `${agent} ${parts.join(', ') || 'is installed'}`;
  },
  observe: readAgent,
  judge(expectation, observation) {
    if (observation.kind !== 'read') {
      return { verdict: observation.kind === 'unread' ? 'unknown' : 'failed', seen: observation.problem };
    }
    const wrong = faultsIn(expectation, observation.metadata);
    const { node, metadata } = observation;
    const required = metadata.parameters.filter((parameter) => parameter.required).map(({ name }) => name);
    const seen = `${metadata.name} on ${node}: ${metadata.parameters.length} parameters, required ${required.join(', ') || 'none'}`;
    return passedIf(wrong.length === 0, wrong.length === 0 ? seen : `${wrong.join('; ')} (${seen})`);
  },
});

/** The first HA node that answers; the cluster need not run for it. */
async function readAgent({ agent }: Agent, context: CheckContext): Promise<AgentObservation> {
  const problems: string[] = [];
  for (const { name: node } of haNodesOf(context.lab)) {
    try {
      const result = await context.exec(node, ['crm_resource', '--show-metadata', agent], TIMEOUT_MS);
      if (result.exitCode === 0) return { kind: 'read', node, metadata: parseAgentMetadata(result.stdout) };
      const problem = `${node}: ${complaintOf(result)}`;
      if (result.exitCode !== COMMAND_NOT_FOUND) return { kind: 'refused', problem };
      problems.push(problem);
    } catch (error) {
      problems.push(`${node}: ${messageOf(error)}`);
    }
  }
  return {
    kind: 'unread',
    problem: `the metadata of ${agent} could not be read: ${problems.join('; ') || 'no HA node'}`,
  };
}

function faultsIn({ requires = [], knows = [], operations = {} }: Agent, metadata: AgentMetadata): readonly string[] {
  const parameter = (name: string): AgentMetadata['parameters'][number] | undefined =>
    metadata.parameters.find((known) => known.name === name);
  return [
    ...requires.filter((name) => parameter(name)?.required !== true).map((name) => `${name} is not required`),
    ...knows.filter((name) => parameter(name) === undefined).map((name) => `${name} is not known`),
    ...Object.entries(operations).flatMap(([name, wanted]) => operationFault(name, wanted, metadata)),
  ];
}

/** An agent may list an operation more than once, e.g. one monitor for each role. */
function operationFault(
  name: string,
  wanted: Readonly<Record<string, string>>,
  { actions }: AgentMetadata,
): readonly string[] {
  const listed = actions.filter((action) => action.name === name);
  const fits = listed.some(({ attributes }) =>
    Object.entries(wanted).every(([key, value]) => attributes[key] === value),
  );
  if (fits) return [];
  return [
    listed.length === 0
      ? `there is no operation ${name}`
      : `${name} has ${listed.map(({ attributes }) => pairs(attributes)).join(' or ')}`,
  ];
}

function pairs(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');
}
