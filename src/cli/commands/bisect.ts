import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LabError } from '../../model/errors.js';
import type { Package, Stack } from '../../model/stack.js';
import { EXIT } from '../../model/verdict.js';
import type { Turn } from '../../nightly/turns.js';
import { type Row, rowOf } from '../../stack/changes.js';
import { runIdOf } from '../../store/run-folder.js';
import { systemClock } from '../../system/clock.js';
import { createProcessRunner } from '../../system/process-runner.js';
import { bisectJson } from '../bisect/answer.js';
import { turnsOf, versionsOf } from '../bisect/bounds.js';
import { bisectLines } from '../bisect/lines.js';
import { search } from '../bisect/search.js';
import { tryState } from '../bisect/try-state.js';
import { withInterrupt } from '../interrupt.js';
import type { LabFlags } from '../lab-session.js';
import { output, stopwatch, terminalPage } from '../output.js';
import { requireMachine, requirePackages } from '../preflight.js';
import { groupByLab, type LabGroup } from '../run/lab-groups.js';
import { ROOT, type Settings } from '../settings.js';
import { gatherStack } from '../stack/pinned.js';

export interface BisectFlags extends Pick<LabFlags, 'lab' | 'image' | 'backend'> {
  readonly stack?: readonly string[];
  readonly package?: readonly string[];
  readonly repeat?: number;
  /** False with `--no-nights`. */
  readonly nights?: boolean;
  readonly every?: boolean;
  readonly dryRun?: boolean;
  /** What runs a scenario instead of halab, in tests. */
  readonly program?: string;
}

/** Runs a scenario with one state of the stack after the other, and names the version with which it began to fail. */
export async function bisect(settings: Settings, asked: string | undefined, flags: BisectFlags): Promise<number> {
  const { stack: sources, dryRun = false } = flags;
  if (sources === undefined)
    throw new LabError('usage', 'there is nothing to bisect without --stack', {
      hint: 'name a folder that has several versions of a package, or a line of sources.list',
    });
  const turn = flags.nights === false ? undefined : turnFor(settings, asked, flags);
  const scenario = asked ?? turn?.scenario;
  if (scenario === undefined)
    throw new LabError('usage', 'nothing has turned from passed to failed in the nights here', {
      hint: 'name the scenario: halab bisect SCENARIO --stack FOLDER',
    });
  const where = { lab: flags.lab, backend: flags.backend, image: flags.image ?? turn?.image };
  const group = await labFor(settings, scenario, where);
  if (flags.program === undefined) await requireMachine(group.backend, group.instance);
  const stack = await gatherStack(settings, sources, flags.package ?? [], (debs) => debs);
  const installed = await packagesIn(group);
  const row = rowFor(turn, stack, installed, flags);
  const folder = join(settings.reportsDir, 'bisects', runIdOf(systemClock.now(), scenario));
  const { name: lab, image } = group.instance.lab;
  const known = { place: { folder, scenario, lab, image, sources }, turn, row, debs: stack.debs, installed };
  if (dryRun) {
    tell(settings, bisectJson({ ...known, results: new Map() }, { kind: 'planned' }));
    return EXIT.passed;
  }
  mkdirSync(folder, { recursive: true });
  const { results, end } = await withInterrupt((signal) =>
    search(row, {
      every: flags.every ?? false,
      folder,
      note: output.note,
      try: (wanted, at) => {
        const deps = { processes: createProcessRunner(), argv: argvOf(scenario, where, flags), signal };
        return tryState({ ...deps, stack: folderOf(stack), repeat: flags.repeat ?? 1 }, wanted, at);
      },
    }),
  );
  const json = bisectJson({ ...known, results }, end);
  writeFileSync(join(folder, 'bisect.json'), `${JSON.stringify(json, undefined, 2)}\n`);
  tell(settings, json);
  return end.kind === 'found' ? EXIT.passed : EXIT.unknown;
}

/** What the nights say of the scenario; of several cells, those that the flags mean. Throws LabError `usage` where it could be one of several scenarios. */
function turnFor({ reportsDir }: Settings, asked: string | undefined, { lab, image }: BisectFlags): Turn | undefined {
  const fits = (wanted: string | undefined, is: string) => wanted === undefined || wanted === is;
  const turns = turnsOf(reportsDir).filter(
    (turn) => fits(asked, turn.scenario) && fits(lab, turn.lab) && fits(image, turn.image),
  );
  const [first] = turns;
  const scenarios = [...new Set(turns.map(({ scenario }) => scenario))];
  if (scenarios.length > 1)
    throw new LabError('usage', `several scenarios have turned from passed to failed: ${scenarios.join(', ')}`, {
      hint: 'name the one to bisect',
    });
  if (first !== undefined)
    output.note(`${first.cell} passed in ${first.green.night}, and first failed in ${first.red.night}`);
  return first;
}

async function labFor(
  settings: Settings,
  scenario: string,
  where: Pick<LabFlags, 'lab' | 'backend' | 'image'>,
): Promise<LabGroup> {
  const [group, ...others] = await groupByLab(settings, [scenario], { ...where, dryRun: true });
  const asked = group?.plan.filter(({ asGiven }) => !asGiven) ?? [];
  if (group === undefined || others.length > 0 || asked.length !== 1)
    throw new LabError('usage', `${scenario} is not one scenario`, { hint: 'halab scenarios lists them' });
  const skipped = asked[0]?.skipped;
  if (skipped !== undefined) throw new LabError('usage', `${scenario} cannot be run: ${skipped}`);
  return group;
}

async function packagesIn({ backend, instance }: LabGroup): Promise<readonly Package[]> {
  const elapsed = stopwatch();
  const onProgress = ({ text }: { readonly text: string }) => output.note(`[${elapsed()}] ${text}`);
  const packages = requirePackages(backend);
  return withInterrupt((signal) => packages.inImage(instance, { signal, onProgress }));
}

/** Between the two nights; where the stack has nothing between them, all that it has. */
function rowFor(turn: Turn | undefined, { debs }: Stack, installed: readonly Package[], flags: BisectFlags): Row {
  const only = flags.package && { only: flags.package };
  const good = turn && versionsOf(turn.green.run);
  const bad = turn && versionsOf(turn.red.run);
  if (good !== undefined && bad !== undefined) {
    const row = rowOf(installed, debs, { good, bad, ...only });
    if (row.changes.length > 0) return row;
    output.note('the stack has no version between those of the two nights: all that it has are tried');
  }
  const row = rowOf(installed, debs, { ...only });
  if (row.changes.length > 0) return row;
  throw new LabError('usage', 'the stack has no newer version of a package that the image has', {
    hint: 'a bisection goes from the versions of the image to the newest of the stack',
  });
}

function argvOf(scenario: string, where: Pick<LabFlags, 'lab' | 'backend' | 'image'>, { program }: BisectFlags) {
  const halab = program === undefined ? [process.execPath, join(ROOT, 'bin', 'halab.js')] : [program];
  const flags = { ...where, name: `bisect-${process.pid}`, keep: 'never' };
  const words = Object.entries(flags).flatMap(([flag, value]) => (value === undefined ? [] : [`--${flag}`, value]));
  return [...halab, 'run', scenario, ...words];
}

function folderOf({ debs }: Stack): string {
  return dirname(debs[0]?.file ?? '');
}

function tell(settings: Settings, json: ReturnType<typeof bisectJson>): void {
  if (settings.json) output.answer('bisect', json);
  else for (const line of bisectLines(json, terminalPage(settings.language))) output.line(line);
}
