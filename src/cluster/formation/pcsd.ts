import type { FormationContext, FormationOutcome } from '../../ports/cluster.js';
import { DONE_BEFORE, outcomeOf } from './idempotent.js';
import { askEveryNode, execOptions } from './nodes.js';

const TIMEOUT_MS = 120_000;
const ANSWER_WITHIN_S = 60;

/**
 * pcs gives another node 60 s for a request, and `cluster setup` refuses `--request-timeout` (0.11.5), so slow nodes get
 * the default itself raised. pcsd has read the file when it started; what it says is read anew by the next.
 */
const RAISE_REQUEST_TIMEOUT = `
for python in python3 python2; do command -v $python >/dev/null 2>&1 && break; done
settings=$($python -c 'import pcs.settings as s; print(s.__file__)') || exit
settings=\${settings%c}
if grep -q "^default_request_timeout = $1$" "$settings"; then echo '${DONE_BEFORE}'; exit 0; fi
sed -i '/^default_request_timeout = /d' "$settings" && echo "default_request_timeout = $1" >> "$settings"
`;

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
  const raised = await raiseRequestTimeout(context);
  const started = await startEverywhere(context);
  return raised === undefined
    ? started
    : { changed: started.changed || raised.changed, seen: `${raised.seen}; ${started.seen}` };
}

async function raiseRequestTimeout(context: FormationContext): Promise<FormationOutcome | undefined> {
  const { pcsRequestS } = context.pace;
  if (pcsRequestS === undefined) return undefined;
  const answers = await askEveryNode('pcsd', context, (transport) =>
    transport.exec(['sh', '-c', RAISE_REQUEST_TIMEOUT, 'sh', String(pcsRequestS)], execOptions(context, TIMEOUT_MS)),
  );
  return outcomeOf('pcsd', context, answers, `pcs's request timeout raised to ${pcsRequestS} s`);
}

async function startEverywhere(context: FormationContext): Promise<FormationOutcome> {
  const answers = await askEveryNode('pcsd', context, (transport) =>
    transport.exec(
      ['sh', '-c', SCRIPT, 'sh', transport.node, String(Math.ceil(ANSWER_WITHIN_S * context.pace.factor))],
      execOptions(context, TIMEOUT_MS),
    ),
  );
  return outcomeOf('pcsd', context, answers, 'pcsd started and enabled');
}
