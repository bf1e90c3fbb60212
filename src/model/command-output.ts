const MOST = 8;

/** The last lines of an output that are not blank. */
export function lastLines(output: string, most = MOST): readonly string[] {
  return output
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .slice(-most);
}

/** The last of them, without indentation; `undefined` where there is none. */
export function lastLine(output: string): string | undefined {
  return lastLines(output, 1)[0]?.trimStart();
}

/**
 * The messages with which each tool reports that no cluster runs on the node. pcs: `cluster is not currently running on this
 * node` (pcs/status.py), `error running crm_mon, is pacemaker running?` (CRM_MON_ERROR); crm_mon: `Connection to cluster
 * failed`, `cluster is not available on this node`, `pacemakerd is not running`, in 1.1 `Could not connect to the CIB`;
 * crmsh: `crm_mon (rc=102)`, where 102 is CRM_EX_DISCONNECT and 107 ENOTCONN its older number.
 */
const NOT_RUNNING =
  /(?:cluster|corosync|pacemakerd?) is not (?:currently )?running|not available on this node|is pacemaker running|connection to (?:the )?cluster failed|could not connect|not connected|\b(?:rc|code)[= ](?:102|107)\b/i;

const DISCONNECTED: readonly number[] = [102, 107];

/** Whether a tool reports, by its output or its exit code, that the cluster does not run on the node. */
export function reportsClusterDown(output: string, exitCode?: number): boolean {
  return (exitCode !== undefined && DISCONNECTED.includes(exitCode)) || NOT_RUNNING.test(output);
}

/** CRM_EX_NOSUCH of pacemaker 2.x (include/crm/common/results.h). */
const CRM_EX_NOSUCH = 105;

/** Whether a pacemaker tool reports that the requested object does not exist; before 2.0 only its text shows it. */
export function reportsNoSuch({ exitCode, stderr }: { readonly exitCode: number; readonly stderr: string }): boolean {
  return exitCode === CRM_EX_NOSUCH || /no such device or address/i.test(stderr);
}

/** The last lines of both streams, stderr last, for a message; prompts for a password are left out, and `secret` is masked. */
export function lastLinesOf(
  { stdout, stderr }: { readonly stdout: string; readonly stderr: string },
  secret?: string,
): string {
  const output = `${stdout}\n${stderr}`.replace(/^(?:Username: )?(?:Password: )?/gm, '');
  const end = lastLines(output).join('\n');
  return secret ? end.replaceAll(secret, '********') : end;
}
