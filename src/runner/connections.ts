import { isLabError, LabError } from '../model/errors.js';
import type { LabInstance } from '../model/lab.js';
import type { Slowness } from '../model/slowness.js';
import type { Backend } from '../ports/backend.js';
import type { Transport } from '../ports/transport.js';

export interface Connections {
  /** The one connection to this node, opened when first asked for. Throws what `connect` throws. */
  to(node: string): Promise<Transport>;
  /** Lets go of the connection (or of the attempt), so that the next question opens a new one. */
  forget(node: string): void;
  close(): Promise<void>;
}

interface Connection {
  readonly transport: Promise<Transport>;
  readonly attempt: AbortController;
}

const CONNECT_TIMEOUT_MS = 60_000;

/**
 * Keeps one connection a node; one that ends with `node-unreachable` is opened again when next asked for. Deadlines of commands
 * are those of a node on hardware; slower nodes get them multiplied by their slowness factor.
 */
export function createConnections(instance: LabInstance, backend: Backend, slowness: () => Slowness): Connections {
  const open = new Map<string, Connection>();
  const closing = new Set<Promise<unknown>>();

  function drop(node: string, connection: Connection): void {
    if (open.get(node) === connection) open.delete(node);
    connection.attempt.abort();
    const closed: Promise<unknown> = connection.transport.then((transport) => transport.close()).catch(onlyLabErrors);
    closing.add(closed);
    closed.finally(() => closing.delete(closed)).catch(onlyLabErrors);
  }

  function connect(node: string): Connection {
    const attempt = new AbortController();
    const raw = backend.connect(instance, node, {
      timeoutMs: CONNECT_TIMEOUT_MS * slowness().factor,
      signal: attempt.signal,
    });
    const connection: Connection = {
      attempt,
      transport: raw.then(
        (transport) => watched(transport, slowness, () => drop(node, connection)),
        (error: unknown) => {
          throw attempt.signal.aborted ? givenUp(node, error) : error;
        },
      ),
    };
    open.set(node, connection);
    connection.transport.catch(() => {
      if (open.get(node) === connection) open.delete(node);
    });
    return connection;
  }

  return {
    to: (node) => (open.get(node) ?? connect(node)).transport,
    forget(node) {
      const connection = open.get(node);
      if (connection) drop(node, connection);
    },
    async close() {
      for (const [node, connection] of open) drop(node, connection);
      await Promise.allSettled(closing);
    },
  };
}

/** For all others that wait for the same connection its end is the node's silence, not an abort of their own. */
function givenUp(node: string, cause: unknown): LabError {
  return new LabError('node-unreachable', `the connection to ${node} was given up: the node let a question hang`, {
    data: { node },
    cause,
  });
}

/** A connection that fails while it is being closed has nothing left to lose. */
function onlyLabErrors(error: unknown): void {
  const isAbort = error instanceof Error && error.name === 'AbortError';
  if (!isLabError(error) && !isAbort) throw error;
}

/** The same transport, as patient as its node is slow, and telling when it turned out to be dead. */
function watched(transport: Transport, slowness: () => Slowness, onUnreachable: () => void): Transport {
  const watch = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (isLabError(error) && error.code === 'node-unreachable') onUnreachable();
      throw error;
    }
  };
  return {
    node: transport.node,
    exec: (argv, options) =>
      watch(transport.exec(argv, { ...options, timeoutMs: options.timeoutMs * slowness().factor })),
    upload: (content, remotePath, mode) => watch(transport.upload(content, remotePath, mode)),
    download: (remotePath) => watch(transport.download(remotePath)),
    shell: (options) => watch(transport.shell(options)),
    forward: (host, port) => watch(transport.forward(host, port)),
    close: () => transport.close(),
  };
}
