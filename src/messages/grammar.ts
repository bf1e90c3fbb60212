/** How a language lists, counts and measures: what `Intl` knows, so that a translator need not write it. */
interface Grammar {
  /** `a, b, c`. */
  list(items: readonly string[]): string;
  /** The form for that many; a language without a form of its own for a number takes `other`. */
  plural(count: number, forms: PluralForms): string;
  /** `850ms`, `8.42s`, `1m05s`, in the units of the language. */
  duration(ms: number): string;
  /** How long something has been so: `4s`, `1m05s`, `2h10m`, `3d4h`; with a decimal below a minute, `8.3s`. */
  age(ms: number, decimals?: 0 | 1): string;
}

type PluralForms = { readonly other: string } & { readonly [R in Intl.LDMLPluralRule]?: string };

export function grammarOf(locale: string): Grammar {
  const lists = new Intl.ListFormat(locale, { type: 'conjunction', style: 'narrow' });
  const rules = new Intl.PluralRules(locale);
  return {
    list: (items) => lists.format(items),
    plural: (count, forms) => forms[rules.select(count)] ?? forms.other,
    duration: durationFormat(locale),
    age: ageFormat(locale),
  };
}

// Intl.DurationFormat would do this, but Node 20 does not have it.
function durationFormat(locale: string): (ms: number) => string {
  const unit = (name: string, options: Intl.NumberFormatOptions = {}) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'narrow', useGrouping: false, ...options });
  const milliseconds = unit('millisecond', { maximumFractionDigits: 0 });
  const seconds = unit('second', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const minutes = unit('minute');
  const restSeconds = unit('second', { minimumIntegerDigits: 2 });
  return (ms) => {
    if (ms < 1000) return milliseconds.format(Math.round(ms));
    if (ms < 59_995) return seconds.format(ms / 1000);
    const whole = Math.round(ms / 1000);
    return `${minutes.format(Math.floor(whole / 60))}${restSeconds.format(whole % 60)}`;
  };
}

function ageFormat(locale: string): Grammar['age'] {
  const unit = (name: string, digits = 1, fraction = 0) =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'narrow',
      useGrouping: false,
      minimumIntegerDigits: digits,
      minimumFractionDigits: fraction,
      maximumFractionDigits: fraction,
    });
  const [days, hours, minutes] = [unit('day'), unit('hour'), unit('minute')];
  const [restMinutes, restSeconds] = [unit('minute', 2), unit('second', 2)];
  const seconds = { 0: unit('second'), 1: unit('second', 1, 1) };
  return (ms, decimals = 0) => {
    if (ms < 59_500) return seconds[decimals].format(ms / 1000);
    const whole = Math.round(ms / 1000);
    if (whole < 3_600) return `${minutes.format(Math.floor(whole / 60))}${restSeconds.format(whole % 60)}`;
    if (whole < 86_400)
      return `${hours.format(Math.floor(whole / 3_600))}${restMinutes.format(Math.floor(whole / 60) % 60)}`;
    return `${days.format(Math.floor(whole / 86_400))}${hours.format(Math.floor(whole / 3_600) % 24)}`;
  };
}

/** Names, or texts, that a message lists. */
export type List = readonly string[];
