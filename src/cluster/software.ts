import type { ExecOptions, Transport } from '../ports/transport.js';

export const PACKAGES = ['corosync', 'pacemaker', 'pcs'] as const;
type PackageName = (typeof PACKAGES)[number];

/** What a node has installed; `manager` is the package manager that reports it. */
export interface Software {
  readonly manager: 'dpkg' | 'rpm';
  /** Upstream version without epoch and revision, e.g. `0.11.5`; absent where not installed. */
  readonly versions: Readonly<Partial<Record<PackageName, string>>>;
}

/** The package database answers in milliseconds; starting pcs to ask its version takes half a second. */
const SCRIPT = `
if command -v dpkg-query >/dev/null 2>&1; then
  echo manager dpkg
  dpkg-query -W -f '\${Package} \${db:Status-Status} \${Version}\\n' "$@" 2>/dev/null
else
  echo manager rpm
  rpm -q --qf '%{NAME} installed %{VERSION}\\n' "$@" 2>/dev/null
fi
exit 0
`;

export const SOFTWARE_ARGV: readonly string[] = ['sh', '-c', SCRIPT, 'sh', ...PACKAGES];

const cache = new WeakMap<Transport, Software>();

/** Asked once for each transport and then remembered, unless something was missing. Throws what the transport throws. */
export async function readSoftware(transport: Transport, options: ExecOptions): Promise<Software> {
  const known = cache.get(transport);
  if (known !== undefined) return known;
  const result = await transport.exec(SOFTWARE_ARGV, options);
  const software = parseSoftware(result.stdout);
  if (missingPackages(software).length === 0) cache.set(transport, software);
  return software;
}

export function parseSoftware(stdout: string): Software {
  const versions: Partial<Record<PackageName, string>> = {};
  for (const line of stdout.split('\n')) {
    const [name, status, version] = line.trim().split(' ');
    const known = PACKAGES.find((candidate) => candidate === name);
    if (known !== undefined && status === 'installed' && version) versions[known] = upstreamVersion(version);
  }
  return { manager: /^manager dpkg$/m.test(stdout) ? 'dpkg' : 'rpm', versions };
}

export function missingPackages(software: Software): readonly PackageName[] {
  return PACKAGES.filter((name) => software.versions[name] === undefined);
}

/** `1:0.11.5-1+deb12u1` is `0.11.5`. */
function upstreamVersion(version: string): string {
  return version.replace(/^\d+:/, '').replace(/-[^-]*$/, '');
}
