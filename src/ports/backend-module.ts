import type { BackendOptions } from '../model/lab.js';
import type { Backend } from './backend.js';
import type { Clock } from './clock.js';
import type { TakeLock } from './lock.js';
import type { ProcessRunner } from './process.js';
import type { Transport } from './transport.js';

/** A flag that a backend adds to commands; on the command line it has a value. */
export interface BackendFlag {
  /** In lower case, without dashes; also its key among the options of a lab. */
  readonly name: string;
  /** The placeholder of its value in the help, e.g. `file`. */
  readonly value: string;
  readonly description: string;
  /** The commands that take it. */
  readonly commands: readonly string[];
  /** Giving it selects this backend, unless --backend names another. */
  readonly selects?: true;
  /** A running lab accepts another value. Without this, a lab with another value counts as a different lab. */
  readonly mayChange?: true;
}

/** A backend as the command line knows it; its code is loaded only when it is needed. */
export interface BackendModule {
  readonly name: string;
  /** What its nodes are, in a few words, for the help. */
  readonly summary: string;
  /** Whether its labs can exist on this platform. Its preflight checks everything else. */
  runsOn(platform: NodeJS.Platform): boolean;
  readonly flags: readonly BackendFlag[];
  /** The options of a lab, from the values of this backend's flags. Throws LabError `usage`. */
  optionsFrom(flags: BackendOptions, host: BackendHost): BackendOptions;
  create(host: BackendHost): Promise<Backend>;
}

/** What this machine and halab provide to every backend. */
export interface BackendHost {
  readonly processes: ProcessRunner;
  readonly clock: Clock;
  readonly dirs: {
    /** State of labs. */
    readonly state: string;
    /** Files that can be created again. */
    readonly cache: string;
    /** Files that a reboot removes. */
    readonly run: string;
  };
  /** Paths that the user gives are relative to it. */
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
  /** As `process.arch` says. */
  readonly arch: string;
  /** The search path for programs. */
  readonly path: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user who runs halab. */
  readonly user: { readonly name: string; readonly home: string };
  /** Package source for images, instead of the default. */
  readonly mirror: string | undefined;
  /** The command that runs halab itself; its arguments follow. */
  readonly halab: readonly string[];
  readonly generateKeyPair: (comment: string) => KeyPair;
  readonly connect: (login: SshLogin) => Promise<Transport>;
  readonly takeLock: TakeLock;
}

export interface KeyPair {
  readonly privateKey: string;
  /** As OpenSSH prints it: `ssh-ed25519 AAAA…`. */
  readonly publicKey: string;
}

export interface SshLogin {
  readonly node: string;
  readonly username: string;
  readonly privateKey: string;
  /** The node's own key, as OpenSSH prints it; undefined before the first connection. */
  readonly hostKey: string | undefined;
  /** Called with the key that the node presented, once it has accepted the login. */
  readonly onHostKey?: (seen: string) => void;
  readonly timeoutMs: number;
  readonly endpoint: { readonly host: string; readonly port: number } | { readonly socket: string };
}
