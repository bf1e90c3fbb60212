/** A line that was typed into a shell. */
export interface TypedCommand {
  readonly node: string;
  /** ISO 8601. */
  readonly at: string;
  readonly line: string;
}

/**
 * Makes the login shells of a node write each command with its time at once, not only when they end (bash(1), HISTTIMEFORMAT and
 * PROMPT_COMMAND).
 */
export const KEEP_HISTORY = `# The student agreed to have the commands of this lab kept for the report of the exercise.
HISTTIMEFORMAT='%F %T '
PROMPT_COMMAND='history -a'
`;

const STAMP = /^#(\d{9,11})$/;

/** Pure. The commands of a bash history that have a time, since that moment; passwords in them are masked. */
export function commandsIn(node: string, history: string, since: string): readonly TypedCommand[] {
  let seconds: number | undefined;
  const commands: TypedCommand[] = [];
  for (const text of history.split('\n')) {
    const stamp = STAMP.exec(text)?.[1];
    if (stamp !== undefined) seconds = Number(stamp);
    else if (seconds !== undefined && text.trim() !== '')
      commands.push({ node, at: new Date(seconds * 1000).toISOString(), line: masked(text) });
  }
  const sinceMs = Math.floor(Date.parse(since) / 1000) * 1000;
  return commands.filter(({ at }) => Date.parse(at) >= sinceMs);
}

const MASK = '…';

/** What follows a password's option, and what goes to chpasswd. */
function masked(line: string): string {
  return line
    .replace(/((?:^|\s)(?:-p|--password|--passwd)(?:\s+|=))\S+/g, `$1${MASK}`)
    .replace(/(pass(?:word|wd)?=)[^\s'"]+/gi, `$1${MASK}`)
    .replace(/(\bhacluster:)[^\s'"|]+/g, `$1${MASK}`);
}
