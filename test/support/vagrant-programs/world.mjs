/*
 * What the fake programs share: a folder (FAKE_WORLD) that stands for the machine. One file for each thing, so that
 * programs that run at the same time do not get into each other's way.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One call of a program, in a process of its own or in that of a test. */
const calls = new AsyncLocalStorage();
const asProgram = {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  env: process.env,
  cwd: process.cwd(),
  isProgram: true,
};
const call = () => calls.getStore() ?? asProgram;
const inWorld = (...path) => join(call().env.FAKE_WORLD, ...path);

/** The end of a program, with its exit code. */
class Exit extends Error {
  constructor(code) {
    super(`exit code ${code}`);
    this.code = code;
  }
}

export function exit(code) {
  throw new Exit(code);
}

export function out(text) {
  call().stdout(text);
}

export function err(text) {
  call().stderr(text);
}

export const cwd = () => call().cwd;
export const env = () => call().env;

/** Runs a program's main function; to its exit code. `io`: stdout and stderr (functions), env, cwd. */
export async function runMain(main, args, io) {
  try {
    await calls.run(io, () => main(args));
    return 0;
  } catch (error) {
    if (error instanceof Exit) return error.code;
    throw error;
  }
}

/** As the program that was started; not where a test imports it. */
export async function startAsProgram(url, main) {
  if (realpathSync(process.argv[1]) !== fileURLToPath(url)) return;
  process.exitCode = await runMain(main, process.argv.slice(2), asProgram);
}

/** What is done when the program is interrupted; a test that runs it in its own process cannot interrupt it. */
export function onInterrupt(work) {
  const io = call();
  if (!io.isProgram) return;
  process.on('SIGINT', () => process.exit(calls.run(io, work)));
}
const RECORDED = join(import.meta.dirname, '../../fixtures/vagrant-programs/recorded');

export function recorded(name) {
  return readFileSync(join(RECORDED, name), 'utf8');
}

/** lab.json: `{ label, nodes: [{ name, macs }] }`, written by the test. */
export function lab() {
  return JSON.parse(readFileSync(inWorld('lab.json'), 'utf8'));
}

export function log(program, entry) {
  appendFileSync(inWorld('calls.jsonl'), `${JSON.stringify({ program, ...entry })}\n`);
}

export function things(kind) {
  const folder = inWorld(kind);
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

export function thing(kind, name) {
  const file = inWorld(kind, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

export function put(kind, name, value) {
  mkdirSync(inWorld(kind), { recursive: true });
  writeFileSync(inWorld(kind, name), JSON.stringify(value));
}

export function drop(kind, name) {
  rmSync(inWorld(kind, name), { force: true });
}

/** control.json: `[{ program, args, does }]`; the first whose `args` (a pattern) is in the command line is what happens instead. */
export function orderFor(program, args) {
  const file = inWorld('control.json');
  const rules = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const line = args.join(' ');
  return rules.find((rule) => rule.program === program && new RegExp(rule.args).test(line))?.does;
}

/** Says what it was told to say and ends, or never ends; to nothing where it was told neither. */
export async function obey(program, args) {
  log(program, { args, driver: env().LIBVIRT_DRIVER });
  const order = orderFor(program, args);
  if (!order) return undefined;
  if (order.stdout) out(order.stdout);
  if (order.recorded) out(recorded(order.recorded));
  if (order.stderr) err(order.stderr);
  if (order.hang) await new Promise((resolve) => setTimeout(resolve, 600_000));
  if (order.exit !== undefined) exit(order.exit);
  return order;
}

export function fail(text, code = 1) {
  err(`${text}\n`);
  exit(code);
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
