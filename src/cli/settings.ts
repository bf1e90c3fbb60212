import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LabError } from '../model/errors.js';
import type { Language } from '../model/text.js';

/** halab's own folder: labs/, scenarios/ and package.json stand in it. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What every command knows; flags come in through commander, which also reads each flag's environment variable. */
export interface Settings {
  readonly cwd: string;
  readonly root: string;
  readonly stateDir: string;
  readonly cacheDir: string;
  readonly runDir: string;
  readonly reportsDir: string;
  readonly mirror: string | undefined;
  /** The program search path. */
  readonly path: string;
  readonly language: Language;
  readonly json: boolean;
  readonly debug: boolean;
}

export interface GlobalFlags {
  readonly lang?: string;
  readonly json?: boolean;
  readonly debug?: boolean;
}

export function readSettings(flags: GlobalFlags, env: NodeJS.ProcessEnv, cwd: string): Settings {
  return {
    cwd,
    root: ROOT,
    stateDir: absolute('HALAB_STATE_DIR', env, '/var/lib/halab'),
    cacheDir: absolute('HALAB_CACHE_DIR', env, '/var/cache/halab'),
    runDir: '/run',
    reportsDir: env.HALAB_REPORTS_DIR ? resolve(cwd, env.HALAB_REPORTS_DIR) : join(ROOT, 'reports'),
    mirror: env.HALAB_APT_MIRROR || undefined,
    path: env.PATH ?? '',
    language: languageOf(flags.lang, env.LC_ALL || env.LC_MESSAGES || env.LANG || ''),
    json: flags.json ?? false,
    debug: flags.debug ?? false,
  };
}

function absolute(name: string, env: NodeJS.ProcessEnv, fallback: string): string {
  const value = env[name] || fallback;
  if (value.startsWith('/') && !/[,:\s]/.test(value)) return value.replace(/\/+$/, '');
  throw new LabError('usage', `${name} is ${JSON.stringify(value)}`, {
    hint: 'give an absolute path without blanks, commas or colons (overlayfs reads them as separators)',
  });
}

function languageOf(flag: string | undefined, locale: string): Language {
  if (flag === 'en' || flag === 'zh') return flag;
  if (flag !== undefined)
    throw new LabError('usage', `there is no language ${flag}`, { hint: '--lang en or --lang zh' });
  return locale.startsWith('zh') ? 'zh' : 'en';
}
