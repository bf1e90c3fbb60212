import { loadCourses } from '../../config/course.js';
import { labNames } from '../../config/files.js';
import { explain } from '../../diagnosis/explain.js';
import { clustersIn } from '../../diagnosis/views.js';
import { faultText } from '../../model/fault-nodes.js';
import type { Language } from '../../model/text.js';
import { EXIT } from '../../model/verdict.js';
import { requireInstance } from '../../store/instances.js';
import { systemClock } from '../../system/clock.js';
import { busyWith } from '../lab-session.js';
import { output } from '../output.js';
import type { Settings } from '../settings.js';
import { type Listed, listLines } from './list-lines.js';
import { scenarioRows } from './scenarios.js';
import { baselinesHere, listedBaselines } from './snapshot.js';
import { askOnce, observeLabs } from './status-labs.js';
import type { LabView } from './status-page.js';

type ListedLab = Listed['running'][number];

/** What is here: the labs on this machine at a glance, and the lab files, scenarios and sets that there are to run. */
export async function list(settings: Settings): Promise<number> {
  const listed = await listedIn(settings);
  if (settings.json) output.answer('list', listed);
  else for (const line of listLines(listed, Date.parse(systemClock.now()), settings.language)) output.line(line);
  return EXIT.passed;
}

async function listedIn(settings: Settings): Promise<Listed> {
  const rows = await scenarioRows(settings, [], undefined);
  const sets = [...new Set(rows.flatMap((row) => row.sets))].sort();
  const views = await observeLabs(settings, {}, askOnce());
  return {
    running: views.map((view) => listedLab(settings, view)),
    labs: labNames(settings),
    scenarios: rows.map(({ id }) => id),
    courses: loadCourses(settings).map(({ id, chapters }) => ({
      id,
      exercises: chapters.flatMap(({ exercises }) => exercises),
    })),
    baselines: listedBaselines(await baselinesHere(settings)),
    sets: sets.map((name) => ({ name, scenarios: rows.filter((row) => row.sets.includes(name)).length })),
  };
}

function listedLab(settings: Settings, view: LabView): ListedLab {
  const { lab, who, since } = requireInstance(settings.stateDir, view.instance);
  const busy = busyWith(settings, view.instance);
  const trouble = troubleOf(view, settings.language);
  return {
    instance: view.instance,
    ...(who === undefined ? {} : { who }),
    lab: view.lab,
    backend: view.backend,
    image: lab.image,
    ...(since === undefined ? {} : { since }),
    state: view.state,
    nodes: { up: view.nodes.filter(({ state }) => state === 'running').length, all: view.nodes.length },
    ...(busy === undefined ? {} : { busy }),
    cluster: clusterOf(view),
    ...(trouble === undefined ? {} : { trouble }),
    faults: view.faults.map(({ fault }) => faultText(fault)),
  };
}

/** Pure. */
export function clusterOf({ cluster, views }: Pick<LabView, 'cluster' | 'views'>): ListedLab['cluster'] {
  const seen = views.map(({ state }) => state).filter(({ nodes }) => nodes.length > 0);
  const state = seen.find(({ quorate }) => quorate === true) ?? seen[0];
  if (state === undefined) {
    const areDown = cluster.length > 0 && cluster.every(({ problem }) => problem?.kind === 'cluster-down');
    return { state: areDown ? 'stopped' : 'unknown' };
  }
  const { clusterName, dc, quorate, nodes } = state;
  const clusters = clustersIn(views).length;
  return {
    state: 'runs',
    ...(clusterName ? { name: clusterName } : {}),
    ...(dc === undefined ? {} : { dc: dc.name }),
    ...(quorate === undefined ? {} : { quorum: quorate }),
    online: nodes.filter(({ online }) => online).length,
    nodes: nodes.length,
    ...(seen.length > clusters ? { views: seen.length } : {}),
    ...(clusters > 1 ? { clusters } : {}),
  };
}

/** Pure. The first problem that no other causes, or else the first warning. */
export function troubleOf({ views }: Pick<LabView, 'views'>, language: Language): ListedLab['trouble'] {
  const items = views.filter(({ state }) => state.nodes.length > 0).flatMap((view) => view.items);
  const own = items.filter(({ causedBy }) => causedBy === undefined);
  const worst =
    own.find(({ severity }) => severity === 'problem') ?? own.find(({ severity }) => severity === 'warning');
  if (worst === undefined) return undefined;
  const { severity, title } = explain(worst, language);
  return { severity, text: title };
}
