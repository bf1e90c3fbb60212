/** The program's name without its path: `corosync` of `/usr/sbin/corosync -f`. */
export function baseName(args: string): string {
  return args.split(/\s/)[0]?.split('/').at(-1) ?? '';
}
