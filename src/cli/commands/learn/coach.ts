import { EXIT } from '../../../model/verdict.js';
import type { OpenLearning } from './open.js';
import { printSession } from './show.js';

/** What `start` hands a terminal to. */
export async function coach({ settings, session }: OpenLearning): Promise<number> {
  printSession(settings, session.state());
  return EXIT.passed;
}
