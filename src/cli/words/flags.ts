import { type Command, InvalidArgumentError, Option } from 'commander';
import { BACKENDS } from '../../backends/index.js';
import { IMAGES } from '../../config/lab-words.js';
import type { GlobalFlags, Settings } from '../settings.js';
import { COMMAND_EXAMPLES } from './examples.js';

type Flags = GlobalFlags & Record<string, never>;

/** What the words of every command are said with. */
export interface Words {
  readonly program: Command;
  readonly version: string;
  /** A command of the first level, with the flags that all have. */
  command(words: string, description: string): Command;
  settingsOf(flags: Flags): Settings;
  /** Told the exit code. */
  done(exitCode: number): void;
}

const NO = ['', '0', 'false', 'no', 'off'];

/** What an environment variable of a flag without a value says. */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && !NO.includes(value.toLowerCase());
}

/** commander takes a variable that is set for a yes, whatever it holds; here `HALAB_JSON=0` is a no. */
export function onOff(flag: string, description: string): Option {
  const variable = variableOf(flag);
  const option = new Option(flag, description);
  const value = process.env[variable];
  return value === undefined || isOn(value) ? option.env(variable) : option;
}

/** A flag with a value, and the environment variable that stands for it: `--out <folder>` has `HALAB_OUT`. */
export function valued(flag: string, description: string, variable = variableOf(flag)): Option {
  return new Option(flag, description).env(variable);
}

function variableOf(flag: string): string {
  return `HALAB_${new Option(flag).name().toUpperCase().replaceAll('-', '_')}`;
}

export function withGlobals(command: Command): Command {
  const examples = COMMAND_EXAMPLES[command.name()];
  return command
    .exitOverride()
    .addHelpText('after', examples ? `\nExamples:\n${examples.map((line) => `  ${line}`).join('\n')}` : '')
    .addOption(onOff('--json', 'machine-readable answer on stdout'))
    .addOption(valued('--lang <language>', 'en or zh (default: from the locale)'))
    .addOption(onOff('--debug', 'with stack traces'));
}

export function withLab(command: Command): Command {
  command
    .addOption(valued('--lab <lab>', 'lab id or file (default linuxha)'))
    .addOption(valued('--name <name>', 'the name this lab goes by here (default: the lab’s own)'))
    .addOption(valued('--backend <backend>', BACKENDS.map(({ name, summary }) => `${name} (${summary})`).join(' or ')))
    .addOption(valued('--image <image>', `what nodes run: ${IMAGES.join(', ')}`));
  return withBackendFlags(command);
}

/** Adds the flags that backends have for this command, each backend's under a heading of its own. */
export function withBackendFlags(command: Command): Command {
  for (const { name: backend, flags } of BACKENDS)
    for (const { name, value, description, commands } of flags)
      if (commands.includes(command.name()))
        command.addOption(valued(`--${name} <${value}>`, description).helpGroup(`Options of the ${backend} backend:`));
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
