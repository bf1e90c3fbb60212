import type { FormationContext, FormationOutcome } from '../../ports/cluster.js';
import { detectDialect } from '../dialect.js';
import {
  askEveryNode,
  askNode,
  DONE_BEFORE,
  execOptions,
  failWithDiagnosis,
  leaderOf,
  namesOfHaNodes,
  outcomeOf,
  wasDoneBefore,
} from './on-nodes.js';

const PCSD_TIMEOUT_MS = 120_000;
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
const START_PCSD = `
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
    transport.exec(
      ['sh', '-c', RAISE_REQUEST_TIMEOUT, 'sh', String(pcsRequestS)],
      execOptions(context, PCSD_TIMEOUT_MS),
    ),
  );
  return outcomeOf('pcsd', context, answers, `pcs's request timeout raised to ${pcsRequestS} s`);
}

async function startEverywhere(context: FormationContext): Promise<FormationOutcome> {
  const answers = await askEveryNode('pcsd', context, (transport) =>
    transport.exec(
      ['sh', '-c', START_PCSD, 'sh', transport.node, String(Math.ceil(ANSWER_WITHIN_S * context.pace.factor))],
      execOptions(context, PCSD_TIMEOUT_MS),
    ),
  );
  return outcomeOf('pcsd', context, answers, 'pcsd started and enabled');
}

const AUTH_TIMEOUT_MS = 180_000;

/**
 * pcs keeps a token for each host it was authorised at in known-hosts (0.10+) or tokens (0.9). Only where all names stand
 * there is it worth a second or two to let pcs try them; the first time, nothing runs but the command itself.
 */
const AUTHORISE = `
nodes=$1; shift
known() {
  for n in $nodes; do
    grep -qF "\\"$n\\"" /var/lib/pcsd/known-hosts 2>/dev/null || grep -qF "\\"$n\\"" /var/lib/pcsd/tokens 2>/dev/null || return 1
  done
}
authorised() {
  said=$(pcs status pcsd $nodes </dev/null 2>&1)
  for n in $nodes; do printf '%s\\n' "$said" | grep -qE "^ *$n: Online$" || return 1; done
}
if known && authorised; then echo '${DONE_BEFORE}'; exit 0; fi
exec "$@"
`;

/** The password goes to pcs on stdin, which reads it there when it has no terminal. */
export async function authorise(context: FormationContext): Promise<FormationOutcome> {
  const leader = leaderOf(context);
  const nodes = namesOfHaNodes(context);
  const result = await askNode('auth', context, leader, async (transport) => {
    const dialect = await detectDialect(transport, execOptions(context, AUTH_TIMEOUT_MS));
    const argv = ['sh', '-c', AUTHORISE, 'sh', nodes.join(' '), ...dialect.authArgv(nodes)];
    return transport.exec(argv, execOptions(context, AUTH_TIMEOUT_MS, `${context.haclusterPassword}\n`));
  });
  if (result.exitCode !== 0) return failWithDiagnosis('auth', context, [{ node: leader, result }]);
  const before = wasDoneBefore(result);
  return {
    changed: !before,
    seen: `${leader} ${before ? 'was authorised before' : 'is authorised'} at ${nodes.join(', ')}`,
  };
}

const PASSWORD_TIMEOUT_MS = 30_000;

/** Sets it again when it was set: there is no way to compare that would not need the hash or a login. */
export async function setPassword(context: FormationContext): Promise<FormationOutcome> {
  const stdin = `hacluster:${context.haclusterPassword}\n`;
  const answers = await askEveryNode('password', context, (transport) =>
    transport.exec(['chpasswd'], execOptions(context, PASSWORD_TIMEOUT_MS, stdin)),
  );
  return outcomeOf('password', context, answers, 'password of hacluster set');
}
