export interface Slots {
  /** Resolves when a place is free, to the function that gives it back; to nothing where the signal aborts first. */
  take(signal?: AbortSignal): Promise<(() => void) | undefined>;
}

export function createSlots(count: number): Slots {
  let free = count;
  const waiting = new Set<() => void>();
  const release = () => {
    const [next] = waiting;
    if (next) next();
    else free += 1;
  };
  return {
    take: async (signal) => {
      if (signal?.aborted) return undefined;
      if (free > 0) {
        free -= 1;
        return release;
      }
      return new Promise((resolve) => {
        const settle = (place: (() => void) | undefined) => {
          waiting.delete(onTurn);
          signal?.removeEventListener('abort', onAbort);
          resolve(place);
        };
        const onTurn = () => settle(release);
        const onAbort = () => settle(undefined);
        waiting.add(onTurn);
        signal?.addEventListener('abort', onAbort, { once: true });
      });
    },
  };
}
