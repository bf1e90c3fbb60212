import { isLabError } from '../../model/errors.js';
import type { ArpObservation } from '../../model/observation.js';
import type { Transport } from '../../ports/transport.js';

/**
 * Broadcasts an ARP request for the address and collects all answers, for `$3` seconds, and where none comes for `$4`, twenty times that.
 * `arping` (iputils, arping(8)) sends one request a second and goes on after the first answer; it is stopped by SIGINT.
 */
const SCRIPT = `
answers=$(timeout -s INT "$3" arping -b -I "$1" "$2" 2>&1)
case $answers in *reply*|*'not found'*) ;; *) answers=$(timeout -s INT "$4" arping -b -I "$1" "$2" 2>&1) ;; esac
echo "$answers"
`;
const LISTEN_S = 0.1;
const TIMEOUT_MS = 15_000;

interface ArpQuestion {
  readonly address: string;
  readonly device: string;
  /** How much slower than hardware the nodes are. */
  readonly factor: number;
}

/** Never throws for the lab's sake. */
export async function askForMacs(
  transport: Transport,
  { address, device, factor }: ArpQuestion,
  signal?: AbortSignal,
): Promise<ArpObservation> {
  const listenS = LISTEN_S * factor;
  const argv = ['sh', '-c', SCRIPT, 'halab-arp', device, address, String(listenS), String(listenS * 20)];
  try {
    const { stdout } = await transport.exec(argv, {
      timeoutMs: TIMEOUT_MS,
      signal,
    });
    return { address, from: transport.node, ...macsFrom(stdout) };
  } catch (error) {
    if (!isLabError(error)) throw error;
    return { address, from: transport.node, macs: [], problem: error.message };
  }
}

/** `Unicast reply from 192.168.56.24 [02:00:C0:A8:38:20]  0.549ms`; without the closing count arping has not run. */
export function macsFrom(stdout: string): Pick<ArpObservation, 'macs' | 'problem'> {
  const macs = [...stdout.matchAll(/reply from \S+ \[([0-9A-Fa-f:]+)\]/g)].flatMap(
    ([, mac]) => mac?.toLowerCase() ?? [],
  );
  if (!/^Received \d+ response/m.test(stdout))
    return { macs: [], problem: stdout.trim().split('\n')[0] || 'arping printed nothing' };
  return { macs: [...new Set(macs)].sort() };
}
