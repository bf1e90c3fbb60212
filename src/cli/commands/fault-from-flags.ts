import { Option } from 'commander';
import { readFault } from '../../config/fault.js';
import type { Param } from '../../faults/define-fault.js';
import { type AnyFaultKind, FAULTS, type FaultProblem, faultKind, type RawFault } from '../../faults/index.js';
import { readTarget } from '../../fields/target.js';
import { LabError } from '../../model/errors.js';
import type { LabInstance } from '../../model/lab.js';
import type { Fault } from '../../model/scenario.js';
import { unknownOne } from '../errors.js';
import type { LabFlags } from '../lab-session.js';

/** Flags of `halab fault inject`, each called after the parameter of the faults that take it. */
export type InjectFlags = LabFlags & Readonly<Record<string, string | undefined>>;

/** One flag for each parameter that some kind of fault takes, with what it is for each of them. */
export function faultOptions(): readonly Option[] {
  const flags = new Map<string, { readonly value: string; readonly helps: Map<string, string[]> }>();
  for (const { kind, params } of Object.values(FAULTS)) {
    for (const [key, { flag }] of Object.entries<Param>(params)) {
      if (flag === undefined) continue;
      const { helps } = flags.get(key) ?? { helps: new Map<string, string[]>() };
      helps.set(flag.help, [...(helps.get(flag.help) ?? []), kind]);
      flags.set(key, { value: flags.get(key)?.value ?? flag.value, helps });
    }
  }
  return [...flags].map(([key, { value, helps }]) => {
    const parts = [...helps].map(([help, kinds]) => `for ${kinds.join(', ')}: ${help}`);
    return new Option(`--${key} ${value}`, parts.join('; '));
  });
}

/**
 * The fault that a command line describes, its roles still to be resolved. It is built as a scenario file would have it, and
 * checked in the same way. That happens before it is written to the journal, because a fault that cannot be injected cannot
 * be undone either.
 */
export function faultFromFlags(
  kind: string,
  nodes: readonly string[],
  flags: InjectFlags,
  instance: LabInstance,
): Fault {
  const { lab } = instance;
  for (const node of nodes) if (node !== 'all') refuseUnknown(node, instance);
  const found = faultKind(kind);
  if (found === undefined) throw unknownOne('fault', kind, Object.keys(FAULTS));
  refuseNodes(found, nodes, instance);
  const read = readFault(found, { ...rawFrom(found, flags, instance), ...placeFrom(nodes) }, lab);
  if ('problems' in read) throw refused(found, read.problems, flags);
  return read.fault;
}

/** Roles such as `{dc}` are resolved when the cluster is asked. */
function refuseUnknown(name: string, { name: lab, lab: { nodes } }: LabInstance): void {
  if (name.startsWith('{')) refuseNoRole(name);
  const known = nodes.map((node) => node.name);
  if (!name.startsWith('{') && !known.includes(name)) throw unknownOne(`node of ${lab}`, name, known, 'node-not-found');
}

function refuseNoRole(text: string): void {
  const target = readTarget(text);
  if ('message' in target) throw new LabError('usage', target.message, { hint: target.hint });
  if (target.kind !== 'kept' && !('was' in target && target.was)) return;
  throw new LabError('usage', `${text} is a node of an earlier step, and here is none`, {
    hint: 'Roles here: {dc}, {holder of RESOURCE}, {any other than …}, {storage} and {client}.',
  });
}

/** As a file would have it. */
function placeFrom(nodes: readonly string[]): { readonly node?: string; readonly nodes?: 'all' | readonly string[] } {
  const [node] = nodes;
  if (node === undefined) return {};
  if (nodes.length > 1) return { nodes };
  return node === 'all' ? { nodes: 'all' } : { node };
}

function refuseNodes({ kind, params }: AnyFaultKind, named: readonly string[], { lab: { nodes } }: LabInstance): void {
  const takesNode = 'node' in params;
  const [node] = named;
  if (takesNode && node === undefined)
    throw new LabError('usage', `${kind} is on a node, and none is named`, {
      hint: `Add one: ${nodes.map(({ name }) => name).join(', ')}.`,
    });
  if (takesNode || node === undefined) return;
  const [flag] = Object.keys(params);
  throw new LabError('usage', `${kind} is on several nodes, and takes none by itself`, {
    hint: `Give the nodes with --${flag} only, and leave out ${node}.`,
  });
}

function rawFrom({ kind, params }: AnyFaultKind, flags: InjectFlags, { lab }: LabInstance): RawFault {
  const given = Object.entries(params).flatMap(([key, { flag, schema }]) => {
    if (flag === undefined) return [];
    const text = flags[key] ?? flag.fallback?.(lab);
    if (text !== undefined) return [[key, flag.read?.(text, lab) ?? text] as const];
    if (schema.safeParse(undefined).success) return [];
    const hint = `Add --${key}, such as --${key} ${flag.example}.`;
    throw new LabError('usage', `${kind} needs --${key}`, { hint });
  });
  return { kind, ...Object.fromEntries(given) };
}

/** The first problem, after the flag that it is about. */
function refused({ params }: AnyFaultKind, [first]: readonly FaultProblem[], flags: InjectFlags): LabError {
  if (first === undefined) throw new Error('a fault was refused without a problem');
  const { at, message, hint } = first;
  const key = String(at[0]);
  const flag = params[key]?.flag === undefined ? '' : `--${key}${flags[key] === undefined ? '' : ` ${flags[key]}`}: `;
  const code = key === 'link' ? 'link-not-found' : 'usage';
  return new LabError(code, `${flag}${message}`, { hint: hint.endsWith('.') ? hint : `${hint}.` });
}
