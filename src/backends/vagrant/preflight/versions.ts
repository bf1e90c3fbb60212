/** The first `1.2` or `1.2.3` in what a program prints of itself. */
export function versionIn(text: string): string | undefined {
  return /\d+\.\d+(?:\.\d+)?/.exec(text)?.[0];
}

export function isAtLeast(version: string, wanted: string): boolean {
  const parts = (text: string) => text.split('.').map(Number);
  const [have, want] = [parts(version), parts(wanted)];
  for (const [index, part] of want.entries()) {
    const own = have[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}
