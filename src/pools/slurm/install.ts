/** A file to be written on a machine. */
export interface WantedFile {
  readonly path: string;
  readonly contents: string | Buffer;
  /** Octal. */
  readonly mode: string;
  readonly owner: string;
}

/** What host-programs/pool/install.sh reads. */
export function filesText(files: readonly WantedFile[]): string {
  return files.map(fileText).join('');
}

function fileText({ path, contents, mode, owner }: WantedFile): string {
  const encoded = Buffer.from(contents)
    .toString('base64')
    .replaceAll(/.{1,76}/g, '$&\n');
  return `${path} ${mode} ${owner}\n${encoded}END\n`;
}
