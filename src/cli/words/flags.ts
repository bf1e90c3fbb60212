import { type Command, InvalidArgumentError, Option } from 'commander';
import { BACKENDS } from '../../backends/index.js';
import { IMAGES } from '../../config/lab-values.js';
import { LANGUAGES } from '../../model/text.js';
import type { GlobalFlags, Settings } from '../settings.js';

type Flags = GlobalFlags & Record<string, never>;

/** What the words of every command are said with. */
export interface Words {
  readonly program: Command;
  readonly version: string;
  /** A command of the first level, with the flags that all have. */
  command(words: string, description: string, examples: readonly string[]): Command;
  settingsOf(flags: Flags): Settings;
  /** Receives the exit code. */
  done(exitCode: number): void;
}

/**
 * The flags that an environment variable stands for as well: `HALAB_NAME` for `--name`. What one command alone is asked
 * to do has none, so that nothing left in an environment changes what a command does.
 */
export const SETTINGS: readonly string[] = [
  'lab',
  'name',
  'backend',
  'provider',
  'image',
  'keep',
  'lang',
  'json',
  'debug',
];

const NO = ['', '0', 'false', 'no', 'off'];

/** What an environment variable of a flag without a value says. */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && !NO.includes(value.toLowerCase());
}

export function flag(flags: string, description: string): Option {
  const option = new Option(flags, description);
  if (!SETTINGS.includes(option.name())) return option;
  const variable = `HALAB_${option.name().toUpperCase()}`;
  // commander takes a variable that is set for a yes, whatever it holds; here `HALAB_JSON=0` is a no.
  const isOff = option.isBoolean() && process.env[variable] !== undefined && !isOn(process.env[variable]);
  return isOff ? option : option.env(variable);
}

export function withGlobals(command: Command, examples: readonly string[]): Command {
  return command
    .exitOverride()
    .addHelpText('after', `\nExamples:\n${examples.map((line) => `  ${line}`).join('\n')}`)
    .addOption(flag('--json', 'machine-readable answer on stdout'))
    .addOption(flag('--lang <language>', `${LANGUAGES.join(' or ')} (default: from the locale)`))
    .addOption(flag('--debug', 'with stack traces'));
}

export function withLab(command: Command): Command {
  command
    .addOption(flag('--lab <lab>', 'lab id or file (default linuxha)'))
    .addOption(flag('--name <name>', 'the name this lab goes by here (default: the lab’s own)'))
    .addOption(flag('--backend <backend>', BACKENDS.map(({ name, summary }) => `${name} (${summary})`).join(' or ')))
    .addOption(flag('--image <image>', `what nodes run: ${IMAGES.join(', ')}`));
  return withBackendFlags(command);
}

/** Adds the flags that backends have for this command, each backend's under a heading of its own. */
export function withBackendFlags(command: Command): Command {
  for (const { name: backend, flags } of BACKENDS)
    for (const { name, value, description, commands } of flags)
      if (commands.includes(command.name()))
        command.addOption(flag(`--${name} <${value}>`, description).helpGroup(`Options of the ${backend} backend:`));
  return command;
}

export const positive = whole(1, Number.POSITIVE_INFINITY, 'above 0');
export const faultCount = whole(1, 1000, 'from 1 to 1000');
export const natural = whole(0, 2 ** 32 - 1, 'from 0 to 4294967295');

function whole(least: number, most: number, words: string) {
  return (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`a whole number ${words} is wanted`);
  };
}
