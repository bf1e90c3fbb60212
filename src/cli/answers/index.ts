import type { z } from 'zod';
import type { Frozen } from '../../model/frozen.js';
import { runAnswer } from '../../report/run-answer.js';
import { clusterStateAnswer } from './cluster-state.js';
import {
  boxAnswer,
  doctorAnswer,
  downAnswer,
  errorAnswer,
  fencingAnswer,
  forwardAnswer,
  imagesAnswer,
  listAnswer,
  newAnswer,
  snapshotsAnswer,
  upAnswer,
  vagrantfileAnswer,
} from './labs.js';
import { learnListAnswer, learnSessionAnswer } from './learn.js';
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
  box: boxAnswer,
  'cluster-state': clusterStateAnswer,
  doctor: doctorAnswer,
  down: downAnswer,
  error: errorAnswer,
  fault: faultAnswer,
  faults: faultsAnswer,
  fencing: fencingAnswer,
  forward: forwardAnswer,
  heal: healAnswer,
  images: imagesAnswer,
  'learn-list': learnListAnswer,
  'learn-session': learnSessionAnswer,
  list: listAnswer,
  new: newAnswer,
  plan: planAnswer,
  plans: plansAnswer,
  run: runAnswer,
  runs: runsAnswer,
  scenarios: scenariosAnswer,
  snapshots: snapshotsAnswer,
  status: statusAnswer,
  'status-from': statusFromAnswer,
  up: upAnswer,
  vagrantfile: vagrantfileAnswer,
} as const;

/** What an answer of that name holds; the code that makes one says that it `satisfies` this. */
export type AnswerOf<N extends keyof typeof ANSWERS> = Frozen<z.output<(typeof ANSWERS)[N]>>;
