import type { FormationContext, FormationOutcome } from '../../ports/cluster.js';
import { missingPackages, PACKAGES, readSoftware, type Software } from '../software.js';
import { askEveryNode, execOptions, formationFailed } from './on-nodes.js';

const TIMEOUT_MS = 30_000;

/** Only looks: the backend that makes the nodes installs packages. */
export async function checkPackages(context: FormationContext): Promise<FormationOutcome> {
  const answers = await askEveryNode('packages', context, (transport) =>
    readSoftware(transport, execOptions(context, TIMEOUT_MS)),
  );
  const lacking = answers.filter(({ result }) => missingPackages(result).length > 0);
  const first = lacking[0];
  if (first === undefined) {
    const seen = answers.map(
      ({ node, result }) => `${node}: ${PACKAGES.map((name) => `${name} ${result.versions[name]}`).join(', ')}`,
    );
    return { changed: false, seen: seen.join('; ') };
  }
  throw formationFailed({
    stage: 'packages',
    node: lacking.map(({ node }) => node).join(', '),
    said: lacking.map(({ node, result }) => `${node} lacks ${missingPackages(result).join(', ')}.`).join('\n'),
    hint: `Install them there: ${installCommand(first.result)}`,
    data: { missing: Object.fromEntries(lacking.map(({ node, result }) => [node, missingPackages(result)])) },
  });
}

/** Packages are installed from whatever repositories the node has; on EL the high-availability one must be enabled. */
function installCommand(software: Software): string {
  return software.manager === 'dpkg'
    ? `apt-get install -y ${PACKAGES.join(' ')}`
    : `dnf install -y --enablerepo=highavailability ${PACKAGES.join(' ')} (yum install -y ${PACKAGES.join(' ')} on EL 7)`;
}
