import type { z } from 'zod';
import { historyAnswer } from '../../history/answer.js';
import type { Frozen } from '../../model/frozen.js';
import { nightAnswer } from '../../nightly/night-answer.js';
import { runAnswer } from '../../report/run-answer.js';
import { bisectAnswer } from './bisect.js';
import { clusterStateAnswer } from './cluster-state.js';
import {
  baselinesAnswer,
  boxAnswer,
  doctorAnswer,
  downAnswer,
  errorAnswer,
  fencingAnswer,
  forwardAnswer,
  imagesAnswer,
  listAnswer,
  newAnswer,
  resetAnswer,
  snapshotsAnswer,
  upAnswer,
  vagrantfileAnswer,
} from './labs.js';
import { learnListAnswer, learnReportAnswer, learnSessionAnswer, learnVerifyAnswer } from './learn.js';
import { nightlyPlanAnswer, poolStatusAnswer } from './nightly.js';
import { compareAnswer, historyRebuildAnswer, reportAnswer, siteAnswer } from './reports.js';
import {
  auditAnswer,
  faultAnswer,
  faultsAnswer,
  healAnswer,
  planAnswer,
  plansAnswer,
  runsAnswer,
  scenariosAnswer,
} from './runs.js';
import { statusAnswer, statusFromAnswer } from './status.js';

/** What commands answer with `--json`, by name: `box` is halab.box/1, published as schemas/box.schema.json. */
export const ANSWERS = {
  audit: auditAnswer,
  baselines: baselinesAnswer,
  bisect: bisectAnswer,
  box: boxAnswer,
  'cluster-state': clusterStateAnswer,
  compare: compareAnswer,
  doctor: doctorAnswer,
  down: downAnswer,
  error: errorAnswer,
  fault: faultAnswer,
  faults: faultsAnswer,
  fencing: fencingAnswer,
  forward: forwardAnswer,
  heal: healAnswer,
  history: historyAnswer,
  'history-rebuild': historyRebuildAnswer,
  images: imagesAnswer,
  'learn-list': learnListAnswer,
  'learn-report': learnReportAnswer,
  'learn-session': learnSessionAnswer,
  'learn-verify': learnVerifyAnswer,
  list: listAnswer,
  new: newAnswer,
  night: nightAnswer,
  'nightly-plan': nightlyPlanAnswer,
  plan: planAnswer,
  plans: plansAnswer,
  'pool-status': poolStatusAnswer,
  report: reportAnswer,
  reset: resetAnswer,
  run: runAnswer,
  runs: runsAnswer,
  scenarios: scenariosAnswer,
  site: siteAnswer,
  snapshots: snapshotsAnswer,
  status: statusAnswer,
  'status-from': statusFromAnswer,
  up: upAnswer,
  vagrantfile: vagrantfileAnswer,
} as const;

/** What an answer of that name holds; the code that makes one says that it `satisfies` this. */
export type AnswerOf<N extends keyof typeof ANSWERS> = Frozen<z.output<(typeof ANSWERS)[N]>>;
