import type { FormationContext, FormationOutcome } from '../../ports/cluster.js';
import { DONE_BEFORE, outcomeOf } from './idempotent.js';
import { askEveryNode, execOptions } from './nodes.js';

const TIMEOUT_MS = 120_000;
const ANSWER_WITHIN_S = 60;

/**
 * Starts pcsd where it does not run, and waits where it stands: an extra look from here would be a round trip each.
 * `enable` only where it is not: on Debian it goes through the SysV scripts, which takes a booting node's CPU time.
 */
const SCRIPT = `
state="$(systemctl is-active pcsd) $(systemctl is-enabled pcsd 2>/dev/null)"
if [ "$state" = "active enabled" ]; then echo '${DONE_BEFORE}'; fi
case $state in *" enabled") ;; *) systemctl enable pcsd || exit ;; esac
case $state in "active "*) ;; *) systemctl start pcsd || exit ;; esac
timeout "$2" bash -c 'until (exec 3<>"/dev/tcp/$0/2224") 2>/dev/null; do sleep 0.1; done' "$1" && exit 0
echo "pcsd does not answer on port 2224 of $1 within $2 s" >&2
systemctl status --no-pager --lines=3 pcsd >&2
exit 1
`;

export async function startPcsd(context: FormationContext): Promise<FormationOutcome> {
  const answers = await askEveryNode('pcsd', context, (transport) =>
    transport.exec(
      ['sh', '-c', SCRIPT, 'sh', transport.node, String(ANSWER_WITHIN_S)],
      execOptions(context, TIMEOUT_MS),
    ),
  );
  return outcomeOf('pcsd', context, answers, 'pcsd started and enabled');
}
