import { readFileSync } from 'node:fs';

export function fixture(path: string): string {
  return readFileSync(new URL(`../../fixtures/cluster/${path}`, import.meta.url), 'utf8');
}
