// What the page knows: shape, labels, heads with their columns, weights when they are asked for.
import {jsonPart, numbersPart, part, unpackedHead} from './packed.js';
import {visible} from './labels.js';

const mostCached = 48;

/** The largest code whose weight is below `weight`, plus one: codes from here on are not below. */
export function codeFrom(weights, weight) {
  let low = 0;
  let high = weights.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (weights[middle] < weight) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What each code stands for, as weight_codes.hpp has it. */
export function weightsOfCodes(scale) {
  const weights = new Float64Array(65536);
  for (let c = 1; c < 65536; ++c) {
    weights[c] = scale * 2 ** ((c >> 11) - 31) * (1 + (c & 2047) / 2048);
  }
  return weights;
}

export class Model {
  static async load() {
    return new Model(await jsonPart('about'));
  }

  constructor(about) {
    this.about = about;
    this.queries = about.queries.length;
    this.keys = about.keys.length;
    this.queryLabels = about.queries.map(visible);
    this.keyLabels = about.keys.map(visible);
    this.cross = about.cross;
    // Query q is the token at the place of key q + offset, unless the sides differ.
    this.offset = this.cross ? 0 : this.keys - this.queries;
    this.weights = weightsOfCodes(about.scale);
    this.columns = about.heads;
    const layers = this.column('layer').values;
    const heads = this.column('head').values;
    this.heads = layers.map((layer, index) => ({index, layer, head: heads[index]}));
    this.measures = about.measures;
    this.cache = new Map();
    this.numbers = new Map();
  }

  column(name) {
    return this.columns.find((column) => column.name === name);
  }

  /** `layer 2, head 5` */
  headName({layer, head}) {
    return typeof head === 'string' ? `layer ${layer}, ${head} of heads` : `layer ${layer}, head ${head}`;
  }

  /** The weights of a head, unpacked; the last ones asked for are kept. */
  async rows(index) {
    let rows = this.cache.get(index);
    if (!rows) rows = unpackedHead(await part(`head-${index}`), this.queries);
    this.cache.delete(index);
    this.cache.set(index, rows);
    if (this.cache.size > mostCached) this.cache.delete(this.cache.keys().next().value);
    return rows;
  }

  /** A part of numbers, read once. */
  async numbersOf(name) {
    if (!this.numbers.has(name)) this.numbers.set(name, await numbersPart(name));
    return this.numbers.get(name);
  }

  /** The place of a query among the keys; of cross-attention there is none. */
  keyOfQuery(query) {
    return this.cross ? -1 : query + this.offset;
  }

  /** The query that a key is as well, -1 for none. */
  queryOfKey(key) {
    const query = key - this.offset;
    return this.cross || query < 0 ? -1 : query;
  }

  /** Whether a query may see a key. */
  sees(query, key) {
    return !this.about.causal || key <= query + this.offset;
  }

  /** How many cells a head has that its queries may see. */
  get cells() {
    if (!this.about.causal) return this.queries * this.keys;
    let cells = 0;
    for (let q = 0; q < this.queries; ++q) cells += Math.min(this.keys, q + this.offset + 1);
    return cells;
  }
}

/** The code of query q on key k; 0 where it is not stored. */
export function codeAt(rows, query, key) {
  let low = rows.starts[query];
  let high = rows.starts[query + 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows.keys[middle] < key) low = middle + 1;
    else high = middle;
  }
  return low < rows.starts[query + 1] && rows.keys[low] === key ? rows.codes[low] : 0;
}

/** The entries of a query or of a key as {query, key, code}, largest first. */
export function entriesOf(rows, {query = -1, key = -1}) {
  const found = [];
  if (query >= 0) {
    for (let e = rows.starts[query]; e < rows.starts[query + 1]; ++e) {
      found.push({query, key: rows.keys[e], code: rows.codes[e]});
    }
  } else {
    for (let q = 0; q + 1 < rows.starts.length; ++q) {
      const code = codeAt(rows, q, key);
      if (code > 0) found.push({query: q, key, code});
    }
  }
  return found.sort((a, b) => b.code - a.code || a.key - b.key || a.query - b.query);
}
