import type { Installable } from '../model/scenario.js';
import type { Transport } from '../ports/transport.js';
import { installRecorder } from './recorder.js';

/** Each program of halab's own that a cluster can run; a name without an installer does not compile. */
export const INSTALLERS: { readonly [I in Installable]: (transport: Transport) => Promise<string> } = {
  recorder: installRecorder,
};
