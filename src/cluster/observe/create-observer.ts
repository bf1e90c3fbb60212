import type { Auditor } from '../../ports/audit.js';
import { askForMacs } from './macs.js';
import { observeNode } from './observe.js';

export function createObserver(): Pick<Auditor, 'observe' | 'askForMacs'> {
  return { observe: observeNode, askForMacs };
}
