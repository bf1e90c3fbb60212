import type { ExecResult } from '../ports/transport.js';

/** CRM_EX_NOSUCH of pacemaker 2.x (include/crm/common/results.h). */
const CRM_EX_NOSUCH = 105;

/** Whether a tool of pacemaker says that what it was asked for is not there; before 2.0 only its words tell. */
export function saysNoSuch({ exitCode, stderr }: Pick<ExecResult, 'exitCode' | 'stderr'>): boolean {
  return exitCode === CRM_EX_NOSUCH || /no such device or address/i.test(stderr);
}
