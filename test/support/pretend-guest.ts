import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const SCRIPTS = resolve(import.meta.dirname, '../../Vagrantfile.templates/provision');

/** Nothing that a script writes or sets up outlives it: it has a network and mounts of its own. */
const GUEST = `
set -eu
mount -t tmpfs none "$ROOM"
for folder in etc var root usr/local; do
  name=$(echo "$folder" | tr / -)
  mkdir -p "$ROOM/$name/upper" "$ROOM/$name/work"
  mount -t overlay overlay -o "lowerdir=/$folder,upperdir=$ROOM/$name/upper,workdir=$ROOM/$name/work" "/$folder"
done
mount -t sysfs none /sys
cd /
`;

export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs shell in a copy of this machine that is thrown away afterwards, where `provision NAME words…` is a provisioning script.
 * Programs of `fakes`, shell as well, come before the machine's own. Needs root.
 */
export function inGuest(folder: string, fakes: Readonly<Record<string, string>>, script: string): Finished {
  const room = join(folder, 'room');
  const programs = join(folder, 'programs');
  for (const each of [room, programs]) mkdirSync(each, { recursive: true });
  // A script that reaches for the service manager of this machine would be a bug of the test.
  const all = { systemctl: 'exit 3', hostnamectl: 'exit 3', ...fakes };
  for (const [name, text] of Object.entries(all)) {
    writeFileSync(join(programs, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }
  const provision = `provision() { name=$1; shift; "${SCRIPTS}/$name.sh" "$@"; }\n`;
  const { status, stdout, stderr } = spawnSync(
    'unshare',
    ['--mount', '--net', '--propagation', 'private', 'sh', '-c', `${GUEST}${provision}${script}`],
    {
      encoding: 'utf8',
      env: { PATH: `${programs}:${process.env.PATH}`, ROOM: room, LOG: join(folder, 'log'), LC_ALL: 'C.UTF-8' },
      timeout: 30_000,
    },
  );
  return { exitCode: status, stdout, stderr };
}
