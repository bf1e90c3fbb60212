import { type Message, message } from '../../messages/message.js';
import type { Outcome } from '../outcome.js';

/** What an outcome means and what is usually behind it; how pacemaker takes it ("Pacemaker Explained", OCF return codes). */
interface OutcomeTexts {
  readonly name: Message;
  readonly causes: Message;
  /** `hard`: not tried on this node again. `fatal`: on none. `soft`: may be tried here again. */
  readonly taken: 'soft' | 'hard' | 'fatal';
}

export const OUTCOME_TEXTS: { readonly [O in Outcome]: OutcomeTexts } = {
  error: {
    name: message('outcome.error.name'),
    causes: message('outcome.error.causes'),
    taken: 'soft',
  },
  arguments: {
    name: message('outcome.arguments.name'),
    causes: message('outcome.arguments.causes'),
    taken: 'hard',
  },
  unimplemented: {
    name: message('outcome.unimplemented.name'),
    causes: message('outcome.unimplemented.causes'),
    taken: 'hard',
  },
  privileges: {
    name: message('outcome.privileges.name'),
    causes: message('outcome.privileges.causes'),
    taken: 'hard',
  },
  'not-installed': {
    name: message('outcome.not-installed.name'),
    causes: message('outcome.not-installed.causes'),
    taken: 'hard',
  },
  'not-configured': {
    name: message('outcome.not-configured.name'),
    causes: message('outcome.not-configured.causes'),
    taken: 'fatal',
  },
  'not-running': {
    name: message('outcome.not-running.name'),
    causes: message('outcome.not-running.causes'),
    taken: 'soft',
  },
  promoted: {
    name: message('outcome.promoted.name'),
    causes: message('outcome.promoted.causes'),
    taken: 'soft',
  },
  'failed-promoted': {
    name: message('outcome.failed-promoted.name'),
    causes: message('outcome.failed-promoted.causes'),
    taken: 'soft',
  },
  'connection-died': {
    name: message('outcome.connection-died.name'),
    causes: message('outcome.connection-died.causes'),
    taken: 'soft',
  },
  degraded: {
    name: message('outcome.degraded.name'),
    causes: message('outcome.degraded.causes'),
    taken: 'soft',
  },
  'timed-out': {
    name: message('outcome.timed-out.name'),
    causes: message('outcome.timed-out.causes'),
    taken: 'soft',
  },
  'not-executed': {
    name: message('outcome.not-executed.name'),
    causes: message('outcome.not-executed.causes'),
    taken: 'soft',
  },
  cancelled: {
    name: message('outcome.cancelled.name'),
    causes: message('outcome.cancelled.causes'),
    taken: 'soft',
  },
  unknown: {
    name: message('outcome.unknown.name'),
    causes: message('outcome.unknown.causes'),
    taken: 'soft',
  },
};
