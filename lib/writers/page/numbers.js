// Numbers as text.

/** Four significant digits, without needless zeros; `0` only for zero. */
export function short(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  if (value === 0 || Number.isInteger(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e6) return String(Number(value.toPrecision(4)));
  return value.toExponential(3).replace(/\.?0+e/, 'e').replace('e+', 'e');
}

/** A share as `12.3 %`. */
export function percent(share) {
  return `${Number((100 * share).toPrecision(3))} %`;
}

/** `1 head`, `2 heads`. */
export function counted(count, noun) {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
