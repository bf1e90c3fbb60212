import type { FaultTable } from '../ports/fault.js';
import { freeze } from './freeze.js';
import { linkDown } from './link-down.js';
import { powerOff } from './power-off.js';

export const FAULTS: FaultTable = {
  'link-down': linkDown,
  'power-off': powerOff,
  freeze,
};
