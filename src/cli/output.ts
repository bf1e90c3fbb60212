/** Everything that halab prints: the answer on stdout, progress and warnings on stderr. */
export const output = {
  line: (text: string) => void process.stdout.write(`${text}\n`),
  json: (value: unknown) => void process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`),
  note: (text: string) => void process.stderr.write(`${text}\n`),
};

/** The reader of our output may exit early, as `head` does; the command still runs to its end. */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

export function wantsColor(env: NodeJS.ProcessEnv): boolean {
  return process.stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}
