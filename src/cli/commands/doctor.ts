import { EXIT } from '../../model/verdict.js';
import type { Prerequisite } from '../../ports/backend.js';
import { createProcessRunner } from '../../system/process-runner.js';
import { type LabFlags, labFromFlags, wantedInstance } from '../lab-session.js';
import { output } from '../output.js';
import type { Settings } from '../settings.js';
import { backendOf } from '../wire.js';

const FIX_MS = 10 * 60_000;

export async function doctor(settings: Settings, flags: LabFlags & { readonly fix?: boolean }): Promise<number> {
  const lab = labFromFlags(settings, flags);
  const instance = wantedInstance(settings, flags, lab);
  const backend = await backendOf(instance, settings);
  let findings = await backend.preflight(instance);
  if (flags.fix) {
    await fixAll(findings);
    findings = await backend.preflight(instance);
  }
  const ready = findings.every(({ ok, weight }) => ok || weight === 'advice');
  if (settings.json) output.answer('doctor', { backend: backend.name, lab: lab.name, ready, findings });
  else printFindings(findings, `${backend.name} backend, lab ${lab.name}`, ready);
  return ready ? EXIT.passed : EXIT.unknown;
}

function printFindings(findings: readonly Prerequisite[], title: string, ready: boolean): void {
  output.line(title);
  for (const { ok, weight, id, text, fix } of findings) {
    output.line(`  ${ok ? '✔' : weight === 'advice' ? '!' : '✖'} ${id.padEnd(24)} ${text}`);
    if (fix) output.line(`      → ${fix.text}`);
  }
  output.line(
    ready
      ? 'ready: halab up starts the lab'
      : 'not ready: fix what is marked ✖ (halab doctor --fix installs what apt has)',
  );
}

/** Packages in one go, everything else one by one; each command is shown before it runs. */
async function fixAll(findings: readonly Prerequisite[]): Promise<void> {
  const argvs = findings.filter(({ ok }) => !ok).flatMap(({ fix }) => (fix?.argv ? [fix.argv] : []));
  const isApt = (argv: readonly string[]) => argv[0] === 'apt-get';
  const packages = [...new Set(argvs.filter(isApt).map((argv) => argv[argv.length - 1] ?? ''))];
  const apt = [
    ['apt-get', 'update'],
    ['apt-get', 'install', '-y', '--no-install-recommends', ...packages],
  ];
  for (const argv of [...(packages.length > 0 ? apt : []), ...argvs.filter((each) => !isApt(each))]) {
    output.note(`$ ${argv.join(' ')}`);
    const result = await createProcessRunner().run(argv, {
      timeoutMs: FIX_MS,
      env: { DEBIAN_FRONTEND: 'noninteractive' },
      onLine: (line) => output.note(`  ${line}`),
    });
    if (result.exitCode !== 0) output.note(`  exit code ${result.exitCode}`);
  }
}
