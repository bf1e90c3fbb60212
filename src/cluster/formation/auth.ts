import type { FormationContext, FormationOutcome } from '../../ports/cluster.js';
import { detectDialect } from '../dialect.js';
import { failWithDiagnosis } from './failure.js';
import { DONE_BEFORE, wasDoneBefore } from './idempotent.js';
import { askNode, execOptions, leaderOf, namesOfHaNodes } from './nodes.js';

const TIMEOUT_MS = 180_000;

/**
 * pcs keeps a token for each host it was authorised at in known-hosts (0.10+) or tokens (0.9). Only where all names stand
 * there is it worth a second or two to let pcs try them; the first time, nothing runs but the command itself.
 */
const SCRIPT = `
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
    const dialect = await detectDialect(transport, execOptions(context, TIMEOUT_MS));
    const argv = ['sh', '-c', SCRIPT, 'sh', nodes.join(' '), ...dialect.authArgv(nodes)];
    return transport.exec(argv, execOptions(context, TIMEOUT_MS, `${context.haclusterPassword}\n`));
  });
  if (result.exitCode !== 0) return failWithDiagnosis('auth', context, [{ node: leader, result }]);
  const before = wasDoneBefore(result);
  return {
    changed: !before,
    seen: `${leader} ${before ? 'was authorised before' : 'is authorised'} at ${nodes.join(', ')}`,
  };
}
