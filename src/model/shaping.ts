/** How what is sent is held up and spoilt; at least one of it. */
export interface Shaping {
  readonly delayMs?: number;
  /** Of the delay, either way. */
  readonly jitterMs?: number;
  /** Of all packets, as the three below. */
  readonly lossPercent?: number;
  readonly duplicatePercent?: number;
  readonly corruptPercent?: number;
  readonly rateKbit?: number;
}

/** All but a rate alone takes netem of the kernel; for a rate there is tbf, which is older and in every usual kernel. */
export function needsNetem({ delayMs, lossPercent, duplicatePercent, corruptPercent }: Shaping): boolean {
  return [delayMs, lossPercent, duplicatePercent, corruptPercent].some((value) => value !== undefined);
}

/** `delay 100ms jitter 20ms loss 5% rate 1000kbit` */
export function shapingText(shaping: Shaping): string {
  const { delayMs, jitterMs, lossPercent, duplicatePercent, corruptPercent, rateKbit } = shaping;
  const words = [
    ['delay', delayMs, 'ms'],
    ['jitter', jitterMs, 'ms'],
    ['loss', lossPercent, '%'],
    ['duplicate', duplicatePercent, '%'],
    ['corrupt', corruptPercent, '%'],
    ['rate', rateKbit, 'kbit'],
  ] as const;
  return words.flatMap(([word, value, unit]) => (value === undefined ? [] : [`${word} ${value}${unit}`])).join(' ');
}
