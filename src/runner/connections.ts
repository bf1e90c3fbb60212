import { isLabError, LabError } from '../model/errors.js';
import type { LabInstance } from '../model/lab.js';
import { type Slowness, stretched } from '../model/slowness.js';
import type { Backend } from '../ports/backend.js';
import type { Transport } from '../ports/transport.js';

export interface Connections {
  /** The one connection to this node, opened on first use. Throws what `connect` throws. */
  to(node: string): Promise<Transport>;
  /** Drops the connection or the attempt, so that the next use opens a new one. */
  forget(node: string): void;
  close(): Promise<void>;
}

interface Connection {
  readonly transport: Promise<Transport>;
  readonly attempt: AbortController;
}

const CONNECT_TIMEOUT_MS = 60_000;

/**
 * Keeps one connection per node; one that ends with `node-unreachable` is opened again on next use. Callers give the deadlines
 * of commands for nodes on hardware; the slowness factor stretches them for slower nodes.
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
      timeoutMs: stretched(CONNECT_TIMEOUT_MS, slowness()),
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

/** Others that wait for the same connection get its end as `node-unreachable`, not as an abort of their own. */
function givenUp(node: string, cause: unknown): LabError {
  return new LabError('node-unreachable', `the connection to ${node} was given up: the node left a query unanswered`, {
    data: { node },
    cause,
  });
}

/** Failures of a connection that is being closed do not matter. */
function onlyLabErrors(error: unknown): void {
  const isAbort = error instanceof Error && error.name === 'AbortError';
  if (!isLabError(error) && !isAbort) throw error;
}

/** The same transport with deadlines stretched for slow nodes; calls `onUnreachable` once the node proves unreachable. */
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
      watch(
        transport.exec(argv, {
          ...options,
          timeoutMs: options.isNotStretched ? options.timeoutMs : stretched(options.timeoutMs, slowness()),
        }),
      ),
    upload: (content, remotePath, mode) => watch(transport.upload(content, remotePath, mode)),
    download: (remotePath) => watch(transport.download(remotePath)),
    shell: (options) => watch(transport.shell(options)),
    forward: (host, port) => watch(transport.forward(host, port)),
    close: () => transport.close(),
  };
}
