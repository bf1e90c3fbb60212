import type { Command } from 'commander';
import { LabError } from '../../model/errors.js';
import type { LabFlags } from '../lab-session.js';
import type { Settings } from '../settings.js';

interface StatusFlags extends LabFlags {
  readonly from?: string;
  readonly watch?: boolean;
  /** Seconds between refreshes of `--watch`. */
  readonly interval?: number;
}

/** Explains an output, watches the labs, or prints them once; loads only the modules for that. */
export async function statusCommand(settings: Settings, flags: StatusFlags, typed: readonly string[]): Promise<number> {
  refuseContradictions(flags, typed);
  if (flags.from !== undefined) return (await import('./status-from.js')).statusFrom(settings, flags.from);
  if (flags.watch === true) return (await import('./status-watch.js')).watchStatus(settings, flags, flags.interval);
  return (await import('./status-labs.js')).printStatus(settings, flags);
}

/** The flags that were typed, as opposed to those set by environment variables. */
export function typedOf(command: Command): readonly string[] {
  const flags = command.options.filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli');
  return [...(command.args.length > 0 ? ['the name of a lab'] : []), ...flags.map(({ long }) => long ?? '')];
}

const BESIDE_FROM = ['--from', '--json', '--lang', '--debug'];

function refuseContradictions({ from, watch }: StatusFlags, typed: readonly string[]): void {
  const other = typed.find((flag) => !BESIDE_FROM.includes(flag));
  if (from !== undefined && other !== undefined)
    throw new LabError('usage', `--from reads an output, and ${other} is about labs on this machine`, {
      hint: `leave out --from or ${other}`,
    });
  if (typed.includes('--interval') && watch !== true)
    throw new LabError('usage', '--interval is for --watch', { hint: 'add --watch, or leave it out' });
}
