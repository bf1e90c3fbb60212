import type { KeyPair } from '../../ports/backend-module.js';
import type { Clock } from '../../ports/clock.js';
import type { ProcessRunner } from '../../ports/process.js';
import type { Transport } from '../../ports/transport.js';
import type { VagrantDirs } from './names.js';
import type { Provider } from './options.js';

/** What the vagrant backend needs from outside. */
export interface VagrantDeps {
  readonly processes: ProcessRunner;
  readonly clock: Clock;
  readonly dirs: VagrantDirs;
  /** For instances that name none. */
  readonly provider: Provider;
  readonly platform: NodeJS.Platform;
  /** As `process.arch` says. */
  readonly arch: string;
  /** Where programs are looked for, as PATH has it. */
  readonly path: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Every time limit is multiplied by it; 1 unless machines are known to be slow here. */
  readonly slowness?: number;
  /** Text of a file of this machine, undefined where there is none; for tests that play another machine. */
  readonly hostFile?: (path: string) => string | undefined;
  readonly generateKeyPair: (comment: string) => KeyPair;
  /** How fence agents of a lab log in on this machine; absent where none may. */
  readonly fencing?: FencingDeps;
  readonly connectHost: (login: HostLogin) => Promise<Transport>;
}

/** How fence agents are let in on this machine. */
export interface FencingDeps {
  /** The user's own authorized_keys on this machine. */
  readonly authorizedKeys: string;
  /** Who runs the lab, and is logged in as. */
  readonly user: string;
  /** What sshd is to run for a lab: `halab fence-gate …`, each word as it is. */
  readonly gateCommand: (instance: string, provider: Provider) => readonly string[];
}

export interface HostLogin {
  readonly node: string;
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly privateKey: string;
  /** The node's own key from the first connection on; undefined before it. */
  readonly hostKey: string | undefined;
  /** Called with the key that the node showed. */
  readonly onHostKey: (seen: string) => void;
  readonly timeoutMs: number;
}

/** A time limit, stretched by how slow machines are here. */
export function slowed(deps: Pick<VagrantDeps, 'slowness'>, ms: number): number {
  return Math.round(ms * (deps.slowness ?? 1));
}
