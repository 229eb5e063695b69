// From a weight to its colour and its strength as a line.
import {colorAt, pixelColor} from './colors.js';

/** From so many tokens on, the upper end of a scale is a quantile: one large weight hides all. */
const robustFrom = 40;
const robustShare = 0.01;

/** How often each code occurs in a head. */
function histogram(rows) {
  const counts = new Uint32Array(65536);
  for (const code of rows.codes) ++counts[code];
  return counts;
}

/** The ends of a head's scale, as codes; kept with its weights. */
export function endsOf(model, rows) {
  if (rows.ends) return rows.ends;
  const counts = histogram(rows);
  const robust = Math.max(model.queries, model.keys) >= robustFrom;
  let left = robust ? Math.floor(model.cells * robustShare) : 0;
  let high = 65535;
  while (high > 1 && (counts[high] === 0 || left >= counts[high])) left -= counts[high--];
  let largest = 65535;
  while (largest > 1 && counts[largest] === 0) --largest;
  let smallest = 1;
  while (smallest < largest && counts[smallest] === 0) ++smallest;
  rows.ends = {high, largest, smallest, counts};
  return rows.ends;
}

export class Scale {
  /** @param high the weight at the upper end; larger ones have its colour */
  constructor(model, rows, state, high = model.weights[endsOf(model, rows).high]) {
    this.weights = model.weights;
    this.map = state.colors;
    this.high = high;
    this.largest = this.weights[endsOf(model, rows).largest];
    this.logarithmic = state.log;
    this.low = state.log ? Math.max(this.weights[endsOf(model, rows).smallest], high * 1e-5) : 0;
  }

  /** From 0 to 1. */
  place(weight) {
    const at = this.logarithmic
      ? Math.log(weight / this.low) / Math.log(this.high / this.low) : weight / this.high;
    return Math.min(Math.max(Number.isNaN(at) ? 0 : at, 0), 1);
  }

  color(weight) {
    return colorAt(this.map, this.place(weight));
  }

  /** A pixel for each code; those below `from` have `below`. */
  pixels(from, below) {
    const ramp = Array.from({length: 1024}, (_, i) => pixelColor(colorAt(this.map, i / 1023)));
    const pixels = new Uint32Array(65536).fill(below);
    if (from === 0) pixels[0] = ramp[0];
    for (let code = Math.max(1, from); code < 65536; ++code) {
      pixels[code] = ramp[Math.round(this.place(this.weights[code]) * 1023)];
    }
    return pixels;
  }
}

/** The code from which on at most `count` entries are, of those from `from` on. */
export function codeOfLargest(rows, counts, from, count) {
  let left = count;
  let code = 65535;
  while (code > from && counts[code] <= left) left -= counts[code--];
  return counts[code] <= left ? code : code + 1;
}
