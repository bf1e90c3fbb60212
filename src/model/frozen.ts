/** The deeply read-only form of a type. */
export type Frozen<T> = T extends readonly (infer E)[]
  ? readonly Frozen<E>[]
  : T extends object
    ? keyof Known<T> extends never
      ? OpenObject<T>
      : { readonly [K in keyof Known<T>]: Frozen<Known<T>[K]> }
    : T;

/** The type without the index signature that zod gives to open objects; interfaces have none. */
type Known<T> = { [K in keyof T as string extends K ? never : K]: T[K] };

type OpenObject<T> =
  T extends Readonly<Record<string, infer V>>
    ? unknown extends V
      ? object
      : { readonly [key: string]: Frozen<V> }
    : T;
