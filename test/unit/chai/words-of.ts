/** The words that a plugin teaches, without teaching them. */
export function wordsOf(plugin: Chai.ChaiPlugin): readonly string[] {
  const words: string[] = [];
  const note = (_target: object, word: string): void => {
    words.push(word);
  };
  const chai = { Assertion: { prototype: {} } } as unknown as Chai.ChaiStatic;
  plugin(chai, { addProperty: note, addMethod: note } as unknown as Chai.ChaiUtils);
  return words;
}
