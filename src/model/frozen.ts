/** The data of a type as the compiler should see it where nobody may write to it: read-only all the way down. */
export type Frozen<T> = T extends readonly (infer E)[]
  ? readonly Frozen<E>[]
  : T extends object
    ? keyof Known<T> extends never
      ? Open<T>
      : { readonly [K in keyof Known<T>]: Frozen<Known<T>[K]> }
    : T;

/** Without the index signature that zod gives an object which may hold more: interfaces have none. */
type Known<T> = { [K in keyof T as string extends K ? never : K]: T[K] };

type Open<T> =
  T extends Readonly<Record<string, infer V>>
    ? unknown extends V
      ? object
      : { readonly [key: string]: Frozen<V> }
    : T;
