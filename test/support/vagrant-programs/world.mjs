/*
 * What the fake programs share: a folder (FAKE_WORLD) that stands for the machine. One file for each thing, so that
 * programs that run at the same time do not get into each other's way.
 */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const WORLD = process.env.FAKE_WORLD;
const RECORDED = join(import.meta.dirname, '../../fixtures/vagrant-programs/recorded');

export function recorded(name) {
  return readFileSync(join(RECORDED, name), 'utf8');
}

/** lab.json: `{ label, nodes: [{ name, macs }] }`, written by the test. */
export function lab() {
  return JSON.parse(readFileSync(join(WORLD, 'lab.json'), 'utf8'));
}

export function log(program, entry) {
  appendFileSync(join(WORLD, 'calls.jsonl'), `${JSON.stringify({ program, ...entry })}\n`);
}

export function things(kind) {
  const folder = join(WORLD, kind);
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

export function thing(kind, name) {
  const file = join(WORLD, kind, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

export function put(kind, name, value) {
  mkdirSync(join(WORLD, kind), { recursive: true });
  writeFileSync(join(WORLD, kind, name), JSON.stringify(value));
}

export function drop(kind, name) {
  rmSync(join(WORLD, kind, name), { force: true });
}

/** control.json: `[{ program, args, does }]`; the first whose `args` (a pattern) is in the command line is what happens instead. */
export function orderFor(program, args) {
  const file = join(WORLD, 'control.json');
  const rules = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const line = args.join(' ');
  return rules.find((rule) => rule.program === program && new RegExp(rule.args).test(line))?.does;
}

/** Says what it was told to say and ends, or never ends; to nothing where it was told neither. */
export async function obey(program, args) {
  log(program, { args, driver: process.env.LIBVIRT_DRIVER });
  const order = orderFor(program, args);
  if (!order) return undefined;
  if (order.stdout) process.stdout.write(order.stdout);
  if (order.recorded) process.stdout.write(recorded(order.recorded));
  if (order.stderr) process.stderr.write(order.stderr);
  if (order.hang) await new Promise((resolve) => setTimeout(resolve, 600_000));
  if (order.exit !== undefined) process.exit(order.exit);
  return order;
}

export function fail(text, code = 1) {
  process.stderr.write(`${text}\n`);
  process.exit(code);
}

export function newMachine(name, id, macs) {
  return {
    name,
    id,
    state: 'running',
    cables: Object.fromEntries(macs.map((mac) => [mac, 'up'])),
    snapshots: [],
    files: {},
  };
}

export function idOf(name) {
  const digits = Buffer.from(name).toString('hex').padEnd(32, '0').slice(-32);
  return digits.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}

export function requireMachine(name, message) {
  const machine = thing('machines', name);
  if (!machine) fail(message);
  return machine;
}

export function takeSnapshot(machine, name, at) {
  const { state, files } = machine;
  machine.snapshots.push({ name, at, state, files });
  put('machines', machine.name, machine);
}
