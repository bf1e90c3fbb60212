import { homedir } from 'node:os';
import { dirname, isAbsolute, join, posix, resolve, win32 } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LabError } from '../model/errors.js';
import { LANGUAGES, type Language } from '../model/text.js';
import { usualBackendOn } from './backend-flags.js';

/** The folder of halab itself, with labs/, scenarios/ and package.json. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The settings of every command. commander parses the flags, and reads the environment variables of those that are settings. */
export interface Settings {
  readonly cwd: string;
  readonly root: string;
  readonly stateDir: string;
  readonly cacheDir: string;
  readonly runDir: string;
  readonly reportsDir: string;
  /** Where the history of runs is kept, as HALAB_HISTORY says; undefined: in the folder of reports. */
  readonly history: string | undefined;
  /** The backend where no flag names one. */
  readonly backend: string;
  readonly isRoot: boolean;
  readonly mirror: string | undefined;
  /** How many times slower than on hardware nodes count as; undefined: as measured in them. */
  readonly slowness: number | undefined;
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

export function readSettings(
  flags: GlobalFlags,
  env: NodeJS.ProcessEnv,
  cwd: string,
  machine: Machine = thisMachine(),
): Settings {
  const places = placesOn(machine, env);
  const folder = (name: string, fallback: string) => folderFrom(name, env[name], machine.platform) ?? fallback;
  const stateDir = folder('HALAB_STATE_DIR', places.stateDir);
  return {
    cwd,
    root: ROOT,
    stateDir,
    cacheDir: folder('HALAB_CACHE_DIR', places.cacheDir),
    runDir: places.runDir ?? pathsOf(machine.platform).join(stateDir, 'run'),
    reportsDir: env.HALAB_REPORTS_DIR ? resolve(cwd, env.HALAB_REPORTS_DIR) : join(ROOT, 'reports'),
    history: historyIn(env.HALAB_HISTORY),
    backend: usualBackendOn(machine.platform),
    isRoot: machine.isRoot,
    mirror: env.HALAB_APT_MIRROR || undefined,
    slowness: slownessIn(env.HALAB_SLOWNESS),
    path: env.PATH ?? '',
    language: languageOf(flags.lang, localeIn(env)),
    json: flags.json ?? false,
    debug: flags.debug ?? false,
  };
}

/** overlayfs, which only Linux has, reads these as separators of its options. */
const NOT_ON_LINUX = /[,:\s]/;

function folderFrom(name: string, value: string | undefined, platform: NodeJS.Platform): string | undefined {
  if (!value) return undefined;
  const paths = pathsOf(platform);
  const isWrong = !paths.isAbsolute(value) || (platform === 'linux' && NOT_ON_LINUX.test(value));
  if (!isWrong) return paths.resolve(value);
  throw new LabError('usage', `${name} is ${JSON.stringify(value)}`, {
    hint:
      platform === 'linux'
        ? 'give an absolute path without blanks, commas or colons (overlayfs reads them as separators)'
        : 'give an absolute path',
  });
}

function slownessIn(value: string | undefined): number | undefined {
  if (!value) return undefined;
  const factor = Number(value);
  if (factor >= 1 && Number.isFinite(factor)) return factor;
  throw new LabError('usage', `HALAB_SLOWNESS is ${JSON.stringify(value)}`, {
    hint: 'give a number from 1: how many times slower than on hardware the nodes are',
  });
}

/** An absolute path, a URL of PostgreSQL, or `off`. */
function historyIn(value: string | undefined): string | undefined {
  if (!value || value === 'off' || /^postgres(?:ql)?:\/\//.test(value) || isAbsolute(value)) return value || undefined;
  throw new LabError('usage', `HALAB_HISTORY is ${JSON.stringify(value)}`, {
    hint: 'give an absolute path, an address that begins with postgres://, or off',
  });
}

function languageOf(flag: string | undefined, locale: string): Language {
  if (flag === undefined) return languageOfLocale(locale, LANGUAGES) ?? 'en';
  const named = LANGUAGES.find((language) => language === flag);
  if (named !== undefined) return named;
  throw new LabError('usage', `there is no language ${flag}`, {
    hint: LANGUAGES.map((language) => `--lang ${language}`).join(' or '),
  });
}

/** The language of a command line that is not parsed yet: that of --lang, HALAB_LANG or the locale; English for an unknown one. */
export function languageWanted(argv: readonly string[], env: NodeJS.ProcessEnv): Language {
  const at = argv.indexOf('--lang');
  const flag = at >= 0 ? argv[at + 1] : argv.find((word) => word.startsWith('--lang='))?.slice('--lang='.length);
  const named = LANGUAGES.find((language) => language === (flag ?? env.HALAB_LANG));
  return named ?? languageOfLocale(localeIn(env), LANGUAGES) ?? 'en';
}

function localeIn(env: NodeJS.ProcessEnv): string {
  return env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
}

/** The language of a POSIX locale: `pt_BR.UTF-8` is pt-BR if there is one, otherwise pt. */
export function languageOfLocale<L extends string>(locale: string, languages: readonly L[]): L | undefined {
  const tag = (/^[^.@]*/.exec(locale)?.[0] ?? '').replaceAll('_', '-').toLowerCase();
  const fitting = languages.filter((each) => `${tag}-`.startsWith(`${each.toLowerCase()}-`));
  return fitting.toSorted((one, other) => other.length - one.length)[0];
}

/** What determines, on this machine, where files are stored and what can run. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly isRoot: boolean;
}

interface Places {
  readonly stateDir: string;
  readonly cacheDir: string;
  /** A folder that is emptied at boot, for locks and sockets; if absent, `run` in the state folder is used. */
  readonly runDir?: string;
}

function thisMachine(): Machine {
  return { platform: process.platform, home: homedir(), isRoot: process.getuid?.() === 0 };
}

/** The path rules of that platform, whichever this runs on. */
function pathsOf(platform: NodeJS.Platform): typeof posix {
  return platform === 'win32' ? win32 : posix;
}

/** The customary folders of each system; on Linux, root has those of the whole machine. */
function placesOn({ platform, home, isRoot }: Machine, env: NodeJS.ProcessEnv): Places {
  const { join } = pathsOf(platform);
  if (platform === 'win32') {
    const folder = join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'halab');
    return { stateDir: join(folder, 'state'), cacheDir: join(folder, 'cache') };
  }
  if (platform === 'darwin') {
    const library = join(home, 'Library');
    return { stateDir: join(library, 'Application Support', 'halab'), cacheDir: join(library, 'Caches', 'halab') };
  }
  if (isRoot) return { stateDir: '/var/lib/halab', cacheDir: '/var/cache/halab', runDir: '/run' };
  return xdgPlaces(home, env);
}

/** XDG Base Directory Specification 0.8: a variable that holds no absolute path counts as not set. */
function xdgPlaces(home: string, env: NodeJS.ProcessEnv): Places {
  const given = (value: string | undefined) => (value !== undefined && posix.isAbsolute(value) ? value : undefined);
  const runtime = given(env.XDG_RUNTIME_DIR);
  return {
    stateDir: posix.join(given(env.XDG_STATE_HOME) ?? posix.join(home, '.local', 'state'), 'halab'),
    cacheDir: posix.join(given(env.XDG_CACHE_HOME) ?? posix.join(home, '.cache'), 'halab'),
    runDir: runtime && posix.join(runtime, 'halab'),
  };
}
