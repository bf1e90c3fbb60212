/** What `vagrant ssh-config NODE` says of the way in. */
interface SshConfig {
  readonly host: string;
  readonly port: number;
  readonly keyFiles: readonly string[];
}

/** Undefined where it names no host or no key. Values may stand in double quotes (ssh_config(5)). */
export function parseSshConfig(text: string): SshConfig | undefined {
  const valuesOf = (key: string) =>
    [...text.matchAll(new RegExp(`^\\s*${key}\\s+(.+?)\\s*$`, 'gm'))].map(([, value = '']) =>
      value.replace(/^"(.*)"$/, '$1'),
    );
  const [host] = valuesOf('HostName');
  const [port = '22'] = valuesOf('Port');
  const keyFiles = valuesOf('IdentityFile');
  return host && keyFiles.length > 0 ? { host, port: Number(port), keyFiles } : undefined;
}
