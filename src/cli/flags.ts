import { type Command, Help, InvalidArgumentError, Option } from 'commander';
import { BACKENDS } from '../backends/index.js';
import { IMAGES } from '../model/lab.js';
import { LANGUAGES } from '../model/text.js';
import { displayWidth, wrapDisplay } from '../report/format.js';
import { output } from './output.js';
import type { GlobalFlags, Settings } from './settings.js';

type Flags = GlobalFlags & Record<string, never>;

/** What every command is declared with. */
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
 * The flags that an environment variable stands for as well: `HALAB_NAME` for `--name`. Flags of one
 * command have none, so that no forgotten variable changes what a command does.
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

/** Whether an environment variable switches a flag without a value on. */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && !NO.includes(value.toLowerCase());
}

export function flag(flags: string, description: string): Option {
  const option = new Option(flags, description);
  if (!SETTINGS.includes(option.name())) return option;
  const variable = `HALAB_${option.name().toUpperCase()}`;
  // commander treats a variable that is set as true, whatever its value; here `HALAB_JSON=0` is false.
  const isOff = option.isBoolean() && process.env[variable] !== undefined && !isOn(process.env[variable]);
  return isOff ? option : option.env(variable);
}

const OWN = 'Options:';
const LAB = 'Lab options:';
const GENERAL = 'General options:';

/** In the help, a command's own options come first, then those of labs and backends, and the general ones last. */
export function groupItems<T extends Command | Option>(
  items: T[],
  visible: T[],
  groupOf: (item: T) => string,
): Map<string, T[]> {
  const groups = new Help().groupItems(items, visible, groupOf);
  const order = [OWN, LAB, undefined, GENERAL];
  const rank = (heading: string): number => order.indexOf(order.includes(heading) ? heading : undefined);
  return new Map([...groups].sort(([a], [b]) => rank(a) - rank(b)));
}

/** Help in the reader's language, wrapped by the columns that a character takes. */
export const spokenHelp: Partial<Help> = {
  styleTitle: output.spoken,
  commandDescription: (command) => output.spoken(command.description()),
  subcommandDescription: (command) => output.spoken(command.summary() || command.description()),
  optionDescription: (option) => {
    const whole = new Help().optionDescription(option);
    return [option.description, whole.slice(option.description.length).trim()]
      .map(output.spoken)
      .join(' ')
      .replace(' （', '（')
      .trim();
  },
  displayWidth,
  boxWrap: (text, width) =>
    text
      .split('\n')
      .flatMap((line) => wrapDisplay(line, width))
      .join('\n'),
};

export function withGlobals(command: Command, examples: readonly string[]): Command {
  const general = [
    flag('--json', 'print the answer as JSON on stdout'),
    flag('--lang <language>', `language of messages: ${LANGUAGES.join(' or ')} (default: from the locale)`),
    flag('--debug', 'print stack traces of errors'),
  ];
  for (const option of general) command.addOption(option.helpGroup(GENERAL));
  return command
    .exitOverride()
    .addHelpOption(new Option('-h, --help', 'print this help').helpGroup(GENERAL))
    .addHelpText('after', () => output.spoken(`\nExamples:\n${examples.map((line) => `  ${line}`).join('\n')}`));
}

/** The commands that make a lab; only their help describes every option of one. */
const MAKING: readonly string[] = ['doctor', 'up', 'run'];

export function withLab(command: Command): Command {
  const makes = MAKING.includes(command.name());
  const name = makes
    ? 'name of this instance of the lab (default: the name in the lab file)'
    : 'name of the lab (default linuxha); --lab, --backend and --image are as in halab up --help';
  const options = [
    flag('--lab <lab>', 'name or file of the lab (default linuxha)'),
    flag('--name <name>', name),
    flag('--backend <backend>', BACKENDS.map(({ name, summary }) => `${name} (${summary})`).join(' or ')),
    flag('--image <image>', `operating system of the nodes: ${IMAGES.join(', ')}`),
  ];
  for (const option of options) command.addOption(option.helpGroup(LAB).hideHelp(!makes && option.name() !== 'name'));
  return withBackendFlags(command);
}

/** Of a flag that may be given again: all its values. */
export function again(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** Packages under test; each flag may be given again. */
export function withStack(command: Command): Command {
  return command
    .addOption(
      flag(
        '--stack <source>',
        'put packages on top of the image: a folder, a .deb file or a line of sources.list; may be given again',
      ).argParser(again),
    )
    .addOption(
      flag(
        '--stack-only <package>',
        'of the stack, take only this package and what was built with it, as NAME or NAME=VERSION; may be given again',
      ).argParser(again),
    );
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
export const labCount = whole(1, 99, 'from 1 to 99');
export const natural = whole(0, 2 ** 32 - 1, 'from 0 to 4294967295');

function whole(least: number, most: number, words: string) {
  return (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`expected a whole number ${words}`);
  };
}
