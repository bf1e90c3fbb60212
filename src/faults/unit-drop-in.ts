import type { FaultContext } from '../ports/fault.js';
import { ask, ENDS_AFTER_S, must, nothingToBreak } from './on-node.js';
import { ruleOf, type ServiceFault } from './service-rules.js';

/** Long enough for a start to have been a success. */
const RUNS_FOR = '3s';
/** systemd’s own patience must not be what ends a stop. */
const STOP_PATIENCE_S = ENDS_AFTER_S + 60;

/** What makes a unit go wrong, by systemd.service(5); after pacemaker’s own drop-in, which is 50-pacemaker.conf. */
const SAYING: { readonly [K in ServiceFault['kind']]: (fault: ServiceFault) => readonly string[] } = {
  // A unit has no monitor but its own state: it has to fail for it.
  'monitor-fail': () => [`RuntimeMaxSec=${RUNS_FOR}`],
  'start-fail': () => ['ExecStartPre=/bin/false'],
  'stop-hang': (fault) => [
    'ExecStop=',
    `ExecStop=-/usr/bin/timeout ${ENDS_AFTER_S} /bin/sh -c "while test -e ${ruleOf(fault)}; do sleep 1; done"`,
    `TimeoutStopSec=${STOP_PATIENCE_S}`,
  ],
};

/** May run twice. */
export async function dropIn(context: FaultContext, fault: ServiceFault, unit: string): Promise<void> {
  const { node, kind } = fault;
  if (kind === 'monitor-fail') await refuseOneShot(context, node, unit);
  await must(context, node, ['mkdir', '-p', folderOf(unit)]);
  const content = ['# Made by halab, and gone with the fault.', '[Service]', ...SAYING[kind](fault), ''].join('\n');
  await (await context.transport(node)).upload(content, fileOf(unit, fault));
  await must(context, node, ['systemctl', 'daemon-reload']);
}

/** systemd itself goes by it. */
export async function isDroppedIn(context: FaultContext, fault: ServiceFault, unit: string): Promise<boolean> {
  const shown = await must(context, fault.node, ['systemctl', 'show', '--property=DropInPaths', unit]);
  return shown.trim().split(/[=\s]/).includes(fileOf(unit, fault));
}

/** May run twice. Of a unit that has failed too often systemd would let nobody start it for a while. */
export async function takeOut(context: FaultContext, fault: ServiceFault, unit: string): Promise<void> {
  const { node } = fault;
  await must(context, node, ['rm', '-f', fileOf(unit, fault)]);
  await must(context, node, ['systemctl', 'daemon-reload']);
  await ask(context, node, ['systemctl', 'reset-failed', unit]);
}

async function refuseOneShot(context: FaultContext, node: string, unit: string): Promise<void> {
  const shown = await must(context, node, ['systemctl', 'show', '--property=Type', unit]);
  if (shown.trim() !== 'Type=oneshot') return;
  throw nothingToBreak(
    `${unit} is of type oneshot: it has no process that could end`,
    'Break one whose service keeps running.',
  );
}

function folderOf(unit: string): string {
  return `/run/systemd/system/${unit}.d`;
}

function fileOf(unit: string, fault: ServiceFault): string {
  return `${folderOf(unit)}/90-halab-${fault.kind}.conf`;
}
