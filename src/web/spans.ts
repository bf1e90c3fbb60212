/** A stretch of a lane with one value; times in ms on the run's clock. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  readonly value: string;
  /** What more there is to say of it. */
  readonly detail?: string;
  /** The nodes that reported it, at any time of it. */
  readonly by?: readonly string[];
}

/** Builds a lane from values that hold until the next one; equal neighbours become one span. */
export function createSpans() {
  const spans: Span[] = [];
  let open: (Omit<Span, 'toMs'> & { readonly key: string }) | undefined;

  function end(toMs: number): void {
    if (open === undefined) return;
    const { key: _, ...span } = open;
    if (toMs > span.fromMs) spans.push({ ...span, toMs });
    open = undefined;
  }

  return {
    /** Without a value nothing is known from then on. */
    set(atMs: number, value: string | undefined, more: Pick<Span, 'detail' | 'by'> = {}): void {
      const key = value === undefined ? undefined : `${value}\n${more.detail ?? ''}`;
      if (open !== undefined && open.key === key) {
        const by = [...new Set([...(open.by ?? []), ...(more.by ?? [])])];
        open = { ...open, ...(by.length === 0 ? {} : { by }) };
        return;
      }
      end(atMs);
      if (value !== undefined && key !== undefined) open = { fromMs: atMs, value, ...more, key };
    },
    end(toMs: number): readonly Span[] {
      end(toMs);
      return spans;
    },
  };
}

/** The span that covers this moment; at an edge, the one that begins there. */
export function spanAt(spans: readonly Span[], atMs: number): Span | undefined {
  return spans.findLast(({ fromMs, toMs }) => fromMs <= atMs && atMs <= toMs);
}
