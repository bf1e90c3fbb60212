/**
 * The shape of a catalogue in another language: the same codes, each with a text, or with a function of the same
 * parameters that returns one. A code that is missing does not compile.
 */
export type Translation<English> = {
  readonly [C in keyof English]: English[C] extends (params: infer P) => string
    ? string | ((params: P) => string)
    : string;
};
