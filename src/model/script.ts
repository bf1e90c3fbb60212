const BASH = ['bash', '-e', '-c'] as const;

/** The command that runs a script, which ends at the first command in it that fails. */
export function scriptArgv(script: string): readonly string[] {
  return [...BASH, script];
}

/** The script that such a command runs. */
export function scriptIn(argv: readonly string[]): string | undefined {
  return argv.length === BASH.length + 1 && BASH.every((word, index) => argv[index] === word) ? argv.at(-1) : undefined;
}
