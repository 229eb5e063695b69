// One head as a matrix: rows are queries, columns keys.
import {cssColor, pixelColor} from './colors.js';
import {parsed} from './grid.js';
import {cut} from './labels.js';

const mostLetters = 18;
/** Labels of tokens have room in cells of so many pixels. */
const labelledFrom = 8;
const labelSize = 9;

let ruler;
export function widthOf(text, size) {
  ruler ??= document.createElement('canvas').getContext('2d');
  ruler.font = `${size}px system-ui, sans-serif`;
  return ruler.measureText(text).width;
}

const widths = new WeakMap();

/** The widest of some labels, as they are drawn; measured once. */
export function widest(labels, size) {
  if (!widths.has(labels)) widths.set(labels, Math.max(...labels.map((label) => widthOf(cut(label, mostLetters), 100))));
  return Math.ceil(widths.get(labels) * size / 100);
}

function layout({model, state, area}) {
  const {queries, keys} = model;
  // Labels that are set off are bold.
  const room = (labels) => 1.12 * widest(labels, 12) + 12;
  const sides = {left: Math.ceil(room(model.queryLabels)), top: Math.ceil(room(model.keyLabels))};
  const fit = Math.min((area.width - sides.left - 4) / keys, (area.height - sides.top - 4) / queries, 44);
  const cell = Math.max(1, Math.floor(Math.max(1, fit) * state.zoom));
  const size = Math.min(12, Math.max(8, cell - 2));
  return {...sides, cell, size, labelled: cell >= labelledFrom,
    width: sides.left + keys * cell + 4, height: sides.top + queries * cell + 4};
}

/** The cells as an image of a pixel each. */
function image({model, rows, scale, from, colors}) {
  const {queries, keys} = model;
  const canvas = document.createElement('canvas');
  canvas.width = keys;
  canvas.height = queries;
  const context = canvas.getContext('2d');
  const data = context.createImageData(keys, queries);
  const pixels = new Uint32Array(data.data.buffer);
  const unstored = pixelColor(parsed(colors.unstored));
  for (let q = 0; q < queries; ++q) {
    const seen = model.about.causal ? Math.min(keys, q + model.offset + 1) : keys;
    // Where nothing is left out, what is not there is zero.
    const zero = from === 0 && !(rows.omitted[q] > 0);
    pixels.fill(zero ? pixelColor(scale.color(0)) : unstored, q * keys, q * keys + seen);
  }
  const ofCode = scale.pixels(from, unstored);
  for (let q = 0; q < queries; ++q) {
    for (let e = rows.starts[q]; e < rows.starts[q + 1]; ++e) pixels[q * keys + rows.keys[e]] = ofCode[rows.codes[e]];
  }
  context.putImageData(data, 0, 0);
  return canvas;
}

function drawLabels(pen, scene) {
  const {model, colors, found, state} = scene;
  const {left, top, cell, size, labelled} = scene.layout;
  const color = (side, i, chosen) => (chosen === i ? colors.accent : found(side, i) ? colors.found : colors.ink);
  const every = labelled ? 1 : Math.ceil(14 / cell);
  for (let q = 0; q < model.queries; ++q) {
    const special = q === state.query || (labelled && found('query', q));
    if (!labelled && !special && q % every !== 0) continue;
    const text = labelled || special ? cut(model.queryLabels[q], mostLetters) : String(q);
    pen.text(text, left - 6, top + (q + 0.5) * cell,
      {color: color('query', q, state.query), size: labelled ? size : labelSize, anchor: 'end', bold: special});
  }
  for (let k = 0; k < model.keys; ++k) {
    const special = k === state.key || (labelled && found('key', k));
    if (!labelled && !special && k % every !== 0) continue;
    const text = labelled || special ? cut(model.keyLabels[k], mostLetters) : String(k);
    pen.text(text, left + (k + 0.5) * cell, top - 6,
      {color: color('key', k, state.key), size: labelled ? size : labelSize, turned: true, bold: special});
  }
}

/** What the search found, as marks at both edges where labels have no room. */
function drawFound(pen, {model, colors, found, layout: {left, top, cell, labelled}}) {
  if (labelled) return;
  for (let q = 0; q < model.queries; ++q) {
    if (found('query', q)) pen.rect(left - 5, top + q * cell, 4, Math.max(cell, 2), colors.found);
  }
  for (let k = 0; k < model.keys; ++k) {
    if (found('key', k)) pen.rect(left + k * cell, top - 5, Math.max(cell, 2), 4, colors.found);
  }
}

function drawBands(pen, {model, layout: {left, top, cell}}, query, key, color) {
  if (query >= 0) pen.frame(left - 1, top + query * cell - 1, model.keys * cell + 2, cell + 2, color);
  if (key >= 0) pen.frame(left + key * cell - 1, top - 1, cell + 2, model.queries * cell + 2, color);
}

function draw(pen, scene) {
  const {model, colors, state, layout: {left, top, cell}} = scene;
  pen.cells(image(scene), left, top, model.keys * cell, model.queries * cell);
  pen.frame(left - 0.5, top - 0.5, model.keys * cell + 1, model.queries * cell + 1, colors.line);
  drawLabels(pen, scene);
  drawFound(pen, scene);
  drawBands(pen, scene, state.query, state.key, colors.accent);
}

/** Which cell, row or column is at a place: {query, key}, -1 where there is none; null outside. */
function hit({model, layout: {left, top, cell}}, x, y) {
  const key = x < left ? -1 : Math.floor((x - left) / cell);
  const query = y < top ? -1 : Math.floor((y - top) / cell);
  if (key >= model.keys || query >= model.queries || (key < 0 && query < 0)) return null;
  return {query, key};
}

/** The cell under the mouse or the cursor of the keyboard. */
function mark(pen, scene, {query, key}) {
  const {colors, model, scale, weightOf, layout: {left, top, cell, labelled}} = scene;
  drawBands(pen, scene, query, key, colors.ink);
  if (query >= 0 && key >= 0) {
    const size = Math.max(cell, 5);
    const shift = (cell - size) / 2;
    pen.rect(left + key * cell + shift, top + query * cell + shift, size, size, cssColor(scale.color(weightOf(query, key))));
    pen.frame(left + key * cell + shift - 1, top + query * cell + shift - 1, size + 2, size + 2, colors.accent, 2);
  }
  if (labelled) return;
  const tag = (text, x, y, turned) => {
    const width = widthOf(text, 12) + 6;
    if (turned) pen.rect(x - 8, y - width + 3, 16, width, colors.paper);
    else pen.rect(x - width + 3, y - 8, width, 16, colors.paper);
    pen.text(text, x, y, {color: colors.ink, anchor: turned ? 'start' : 'end', turned, bold: true});
  };
  if (query >= 0) tag(cut(model.queryLabels[query], mostLetters), left - 6, top + (query + 0.5) * cell, false);
  if (key >= 0) tag(cut(model.keyLabels[key], mostLetters), left + (key + 0.5) * cell, top - 6, true);
}

export const matrixView = {layout, draw, hit, mark, cells: true};
