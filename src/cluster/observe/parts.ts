export interface Part {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Takes the answer to the script apart; a part that was cut off is not there. */
export function partsOf(output: string): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>();
  let open: { readonly name: string; readonly out: string[]; readonly err: string[] } | undefined;
  for (const line of output.split('\n')) {
    const [, begun] = /^@halab begin (\S+)$/.exec(line) ?? [];
    const [, ended] = /^@halab end (\d+)$/.exec(line) ?? [];
    if (begun !== undefined) open = { name: begun, out: [], err: [] };
    else if (open === undefined) continue;
    else if (ended !== undefined) {
      // The empty line before the end is the script's own.
      parts.set(open.name, {
        stdout: open.out.slice(0, -1).join('\n'),
        stderr: open.err.join('\n'),
        exitCode: Number(ended),
      });
      open = undefined;
    } else if (line.startsWith('@err ')) open.err.push(line.slice('@err '.length));
    else open.out.push(line);
  }
  return parts;
}
