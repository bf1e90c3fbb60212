import { existsSync, realpathSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { unknownWord } from '../fields/value-problem.js';
import { defined } from '../model/defined.js';
import { LabError } from '../model/errors.js';
import type { Lab } from '../model/lab.js';
import type { Scenario } from '../model/scenario.js';
import { type Dirs, isFile, isFolder, looksLikePath, notFound, readText, shownPath, yamlFilesBelow } from './files.js';
import { misfitOf, readScenario } from './scenario.js';
import { scenarioWarnings } from './scenario-warnings.js';
import { isScript, type ScriptFile } from './script/load.js';
import { readScript, scriptSource } from './script/read-script.js';
import { fieldOf, listOf, type Problem, readSource, refuseIfAny, type Source, textOf } from './source.js';
import type { ForStudent } from './vary.js';

export interface ScenarioSelection {
  readonly selected: readonly Scenario[];
  /** The selected ones and everything that is given to them, by id. */
  readonly library: ReadonlyMap<string, Scenario>;
  readonly warnings: readonly Problem[];
}

/** A file that may hold a scenario; only what is needed is judged whole. */
export interface Entry {
  readonly path: string;
  /** Whether it is one of halab's own. */
  readonly isOfLibrary: boolean;
  readonly source: Source;
  readonly id: string | undefined;
  /** Of a scripted scenario. */
  readonly script?: ScriptFile;
}

/** A scenario that need not be on disk. */
interface WrittenScenario {
  /** What problems are told of. */
  readonly file: string;
  readonly text: string;
}

interface PickOptions {
  readonly set?: string;
  readonly written?: readonly WrittenScenario[];
  /** Scripted scenarios, which are imported before; without them, none is known. */
  readonly scripts?: readonly ScriptFile[];
  /** The student that exercises are drawn for; without one, as in `halab run`. */
  readonly variant?: ForStudent;
}

/** What was asked for, not yet read for any lab. */
export interface PickedScenarios {
  readonly wanted: readonly Entry[];
  /** The whole library, and the files asked for beside it. */
  readonly all: readonly Entry[];
  readonly variant?: ForStudent;
}

/**
 * Scenarios by id, file or folder, in the order asked for, and what is handed in as text behind them; with `set`, only
 * those that belong to it. No selector and no text: all of the library.
 * Throws LabError `scenario-not-found`.
 */
export function pickScenarios(selectors: readonly string[], dirs: Dirs, options: PickOptions = {}): PickedScenarios {
  const { scripts = [] } = options;
  const entries = new Map<string, Entry>();
  const folder = join(dirs.root, 'scenarios');
  const add = (path: string): Entry => {
    const real = realpathSync(path);
    const script = scripts.find((each) => each.path === real);
    if (script === undefined && isScript(path)) throw notHere(path);
    const isOfLibrary = isWithin(real, folder);
    const read = script === undefined ? readEntry(path, dirs, isOfLibrary) : scriptEntry(script, isOfLibrary);
    const entry = entries.get(real) ?? read;
    entries.set(real, entry);
    return entry;
  };
  const filesIn = (within: string): readonly string[] => [
    ...yamlFilesBelow(within),
    ...scripts.map(({ path }) => path).filter((path) => path.startsWith(`${realpathSync(within)}${sep}`)),
  ];
  const library = (isFolder(folder) ? filesIn(folder) : []).map(add);
  const written = (options.written ?? []).map(writtenEntry);
  for (const entry of written) entries.set(entry.path, entry);
  const found =
    selectors.length === 0 && written.length === 0
      ? library
      : selectors.flatMap((selector) => select(selector, library, { add, filesIn }, dirs));
  const asked = [...found, ...written];
  const wanted = [...new Set(asked)].filter(
    (entry) => options.set === undefined || setsOf(entry).includes(options.set),
  );
  if (wanted.length === 0) throw nothingSelected(selectors, options.set, asked);
  return { wanted, all: [...entries.values()], ...defined({ variant: options.variant }) };
}

/** Reads what is wanted and everything given to it for this lab; whatever is wrong is added to `problems`. */
export function readPicked(
  { wanted, all, variant }: PickedScenarios,
  lab: Lab,
  problems: Problem[],
): ScenarioSelection {
  problems.push(...duplicates(all));
  const needed = closure(wanted, all, problems);
  const scenarios = new Map<Entry, Scenario>();
  for (const entry of needed) {
    const { scenario, problems: found } = readForLab(entry, lab, variant);
    problems.push(...found, ...unknownBefore(entry, all));
    if (scenario !== undefined) scenarios.set(entry, scenario);
  }
  const of = (entry: Entry): Scenario[] => [scenarios.get(entry) ?? []].flat();
  return {
    selected: wanted.flatMap(of),
    library: new Map(needed.flatMap(of).map((scenario) => [scenario.id, scenario])),
    warnings: needed.flatMap(({ source }) => scenarioWarnings(source)),
  };
}

/**
 * A scenario whose lab lacks what it needs is read as far as that is possible without a lab, to be skipped with the reason.
 * What else does not fit is a mistake in a user's own file; a file of the library is not the user's to fix.
 */
function readForLab(entry: Entry, lab: Lab, variant?: ForStudent): ReturnType<typeof readScenario> {
  if (entry.script !== undefined) {
    const { scenario, problems } = readScript(entry.script, lab);
    const misfit = scenario && misfitOf(scenario, lab);
    return { problems, ...(scenario === undefined ? {} : { scenario: { ...scenario, ...defined({ misfit }) } }) };
  }
  const fitted = readScenario(entry.source.again(), lab, variant);
  if (fitted.scenario !== undefined && misfitOf(fitted.scenario, lab) === undefined) return fitted;
  const { scenario } = readScenario(entry.source.again(), undefined, variant);
  if (scenario === undefined) return fitted;
  const misfit = misfitOf(scenario, lab) ?? (entry.isOfLibrary ? fitted.problems[0]?.message : undefined);
  return misfit === undefined ? fitted : { scenario: { ...scenario, misfit }, problems: [] };
}

/** As `pickScenarios`, all of them read for one lab. Throws LabError `config-invalid` too, with every problem of every file that is needed. */
export function loadScenarios(
  selectors: readonly string[],
  lab: Lab,
  dirs: Dirs,
  options: PickOptions = {},
): ScenarioSelection {
  const problems: Problem[] = [];
  const selection = readPicked(pickScenarios(selectors, dirs, options), lab, problems);
  refuseIfAny(problems);
  return selection;
}

function writtenEntry({ file, text }: WrittenScenario): Entry {
  const source = readSource(file, text);
  return { path: file, isOfLibrary: false, source, id: textOf(fieldOf(source.data, 'id')) };
}

function isWithin(path: string, folder: string): boolean {
  return existsSync(folder) && path.startsWith(join(realpathSync(folder), '/'));
}

/** As nearly every file writes it; to read a whole library for the ids alone takes longer than anything else here. */
const ID_LINE = /^id: *(['"]?)([\w-]+)\1 *(?:#.*)?$/m;

function readEntry(path: string, dirs: Dirs, isOfLibrary: boolean): Entry {
  const text = readText(path, 'scenario-not-found');
  let read: Source | undefined;
  const source = (): Source => {
    read ??= readSource(shownPath(path, dirs.cwd), text);
    return read;
  };
  return {
    path,
    isOfLibrary,
    get source() {
      return source();
    },
    id: ID_LINE.exec(text)?.[2] ?? textOf(fieldOf(source().data, 'id')),
  };
}

function scriptEntry(script: ScriptFile, isOfLibrary: boolean): Entry {
  const source = scriptSource(script);
  return { path: script.path, isOfLibrary, source, id: textOf(fieldOf(source.data, 'id')), script };
}

function notHere(path: string): LabError {
  return new LabError('usage', `${path} is a script, which can be run and listed, and nothing else`, {
    hint: 'name a scenario of data here',
  });
}

function setsOf(entry: Entry): readonly unknown[] {
  return listOf(fieldOf(entry.source.data, 'sets'));
}

function select(
  selector: string,
  library: readonly Entry[],
  { add, filesIn }: { add(path: string): Entry; filesIn(folder: string): readonly string[] },
  dirs: Dirs,
): readonly Entry[] {
  const byId = library.find(({ id }) => id === selector);
  if (byId !== undefined) return [byId];
  // Where the user stands, then in the project, so that scenarios/walkthrough works from any folder.
  for (const path of [resolve(dirs.cwd, selector), resolve(dirs.root, selector)]) {
    if (isFile(path)) return [add(path)];
    if (isFolder(path)) return filesIn(path).map(add);
  }
  throw scenarioNotFound(selector, library);
}

function scenarioNotFound(selector: string, library: readonly Entry[]): LabError {
  const known = library.flatMap(({ id }) => id ?? []);
  const what = looksLikePath(selector) ? `no scenario file or folder ${selector}` : `no scenario '${selector}'`;
  const hint = `Known scenarios: ${known.join(', ') || 'none'}. A path to a file or a folder works too.`;
  return notFound('scenario-not-found', what, selector, known, hint);
}

function nothingSelected(selectors: readonly string[], set: string | undefined, asked: readonly Entry[]): LabError {
  const sets = [...new Set(asked.flatMap((entry) => setsOf(entry).flatMap((name) => textOf(name) ?? [])))].sort();
  const where = selectors.length === 0 ? 'the scenarios folder' : selectors.join(', ');
  const message = set === undefined ? `no scenario in ${where}` : `no scenario of set '${set}' in ${where}`;
  const hint = sets.length > 0 ? `Sets there: ${sets.join(', ')}.` : 'Name a scenario, a file or a folder.';
  return new LabError('scenario-not-found', message, { hint, data: { asked: selectors, set, sets } });
}

function duplicates(entries: readonly Entry[]): Problem[] {
  const owners = new Map<string, Entry>();
  return entries.flatMap((entry) => {
    const owner = entry.id === undefined ? undefined : owners.get(entry.id);
    if (entry.id !== undefined && owner === undefined) owners.set(entry.id, entry);
    if (owner === undefined) return [];
    const message = `scenario id '${entry.id}' is taken by ${owner.source.file}`;
    return [entry.source.problemAt(['id'], { message, hint: 'give each scenario an id of its own' })];
  });
}

/** The exercises that a student should have done before must be there. */
function unknownBefore({ source }: Entry, all: readonly Entry[]): readonly Problem[] {
  const after = listOf(fieldOf(fieldOf(source.data, 'exercise'), 'after'));
  return after.flatMap((id, index) => {
    if (typeof id !== 'string' || all.some((entry) => entry.id === id)) return [];
    const known = all.flatMap((entry) => (entry.id === undefined ? [] : [entry.id]));
    return [source.problemAt(['exercise', 'after', index], unknownWord('exercise', id, known))];
  });
}

/** The wanted entries and, before each, what is given to it. */
function closure(wanted: readonly Entry[], all: readonly Entry[], problems: Problem[]): readonly Entry[] {
  const done = new Set<Entry>();
  const visit = (entry: Entry, trail: readonly Entry[]): void => {
    if (done.has(entry)) return;
    for (const [index, given] of listOf(fieldOf(entry.source.data, 'given')).entries()) {
      const next = all.find(({ id }) => id !== undefined && id === given);
      const circle = next === undefined ? -1 : [...trail, entry].indexOf(next);
      if (circle >= 0 && next !== entry) {
        const round = [...[...trail, entry].slice(circle), next].map((one) => one?.id).join(' → ');
        const wrong = { message: `given goes round in a circle: ${round}`, hint: 'remove one of them' };
        problems.push(entry.source.problemAt(['given', index], wrong));
      } else if (next === undefined && typeof given === 'string') {
        const known = all.flatMap(({ id }) => id ?? []);
        problems.push(entry.source.problemAt(['given', index], unknownWord('scenario', given, known)));
      } else if (next !== undefined && next !== entry) {
        visit(next, [...trail, entry]);
      }
    }
    done.add(entry);
  };
  for (const entry of wanted) visit(entry, []);
  return [...done];
}
