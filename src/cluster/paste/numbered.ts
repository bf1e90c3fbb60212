/** `  1  Cluster name: c`, `12: Stack: corosync`, `3| Online: [ a ]`: the numbers of `cat -n` and of web pages. */
const NUMBER = /^\s*(\d{1,5})(?:[:.|)]|\s|$)/;
const FEWEST = 4;

/** Without the numbers of the lines, if every line has one and they count up by one. */
export function withoutNumbers(lines: readonly string[]): readonly string[] {
  const first = lines.find((line) => line.trim() !== '');
  if (first === undefined || !NUMBER.test(first)) return lines;
  const filled = lines.filter((line) => line.trim() !== '');
  const numbers = filled.map((line) => Number(NUMBER.exec(line)?.[1]));
  const isCount = numbers.every((number, at) => at === 0 || number === (numbers[at - 1] ?? 0) + 1);
  if (filled.length < FEWEST || !isCount || Number.isNaN(numbers[0])) return lines;
  return lines.map((line) => line.replace(NUMBER, ''));
}
