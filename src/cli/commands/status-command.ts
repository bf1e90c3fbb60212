import type { Command } from 'commander';
import { LabError } from '../../model/errors.js';
import type { Settings } from '../settings.js';
import type { WatchFlags } from './status-watch.js';

export interface StatusFlags extends WatchFlags {
  readonly from?: string;
  readonly watch?: boolean;
}

/** Which of the three is meant: somebody's output, the labs again and again, or the labs once. */
export async function statusCommand(settings: Settings, flags: StatusFlags, typed: readonly string[]): Promise<number> {
  refuseContradictions(flags, typed);
  if (flags.from !== undefined) return (await import('./status-from.js')).statusFrom(settings, flags.from);
  if (flags.watch === true) return (await import('./status-watch.js')).watchStatus(settings, flags);
  return (await import('./status.js')).status(settings, flags);
}

/** What was typed, as opposed to what an environment variable says for all commands. */
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
