// One head as two columns: queries on the left, keys on the right, a line for each weight.
import {cut} from './labels.js';
import {entriesOf} from './model.js';
import {widest, widthOf} from './matrix.js';
import {codeOfLargest, endsOf} from './scale.js';

/** More lines than these are hair; the picture says what it leaves out. */
export const mostLines = 300;
export const faded = 0.07;

/** How a weight looks as a line, by its place on the scale; lines are no thicker than rows. */
export function strengthAt(place, row = 8) {
  return {place, thick: 0.6 + Math.min(3.4, row / 2) * place, opacity: 0.15 + 0.85 * place};
}

export function strengthOf({model, scale, layout: {row}}, code) {
  return strengthAt(scale.place(model.weights[code]), row);
}

/** What is drawn, weak lines first: those of the token that is looked at, and the largest others. */
export function linesOf({model, rows, from, state, focus}) {
  const {query, key} = focus ?? state;
  const own = [];
  if (query >= 0) own.push(...entriesOf(rows, {query}));
  if (key >= 0) own.push(...entriesOf(rows, {key}).filter((entry) => entry.query !== query));
  const {counts} = endsOf(model, rows);
  const least = Math.max(1, from, codeOfLargest(rows, counts, Math.max(1, from), mostLines));
  const others = [];
  for (let q = 0; q < model.queries; ++q) {
    if (q === query) continue;
    for (let e = rows.starts[q]; e < rows.starts[q + 1]; ++e) {
      if (rows.codes[e] >= least && rows.keys[e] !== key) others.push({query: q, key: rows.keys[e], code: rows.codes[e]});
    }
  }
  const rising = (a, b) => a.code - b.code;
  return {own: own.filter((entry) => entry.code >= from).sort(rising), others: others.sort(rising)};
}

function layout({model, state, area}) {
  const rows = Math.max(model.queries, model.keys);
  const fit = Math.min((area.height - 20) / rows, 22);
  const row = Math.max(2, Math.max(2, Math.floor(fit)) * state.zoom);
  const size = Math.min(12, row - 1);
  const labelled = row >= 9;
  const left = labelled ? widest(model.queryLabels, size) + 12 : 40;
  const right = labelled ? widest(model.keyLabels, size) + 12 : 40;
  const gap = Math.max(120, Math.min(area.width - left - right - 8, 420));
  return {row, size, labelled, left, right: left + gap, top: 10, width: left + gap + right, height: rows * row + 20};
}

function drawSide(pen, scene, side, labels, x, anchor) {
  const {colors, state, found, focus, layout: {row, top, size, labelled}} = scene;
  const every = labelled ? 1 : Math.ceil(14 / row);
  labels.forEach((label, i) => {
    const chosen = i === state[side] || i === focus?.[side];
    const special = chosen || found(side, i);
    if (!labelled && !special && i % every !== 0) return;
    const color = chosen ? colors.accent : found(side, i) ? colors.found : labelled ? colors.ink : colors.faint;
    const text = labelled || special ? cut(label, 18) : String(i);
    const y = top + (i + 0.5) * row;
    if (special && !labelled) {
      const width = widthOf(text, 12) + 8;
      pen.rect(anchor === 'end' ? x - width : x, y - 8, width, 16, colors.paper);
    }
    pen.text(text, x, y, {color, size: labelled ? Math.max(9, size) : special ? 12 : 9, anchor, bold: special});
  });
}

function draw(pen, scene) {
  const {model, colors, layout: {row, left, right, top}} = scene;
  const line = ({query, key, code}, opacity) => {
    const strength = strengthOf(scene, code);
    const y = (i) => top + (i + 0.5) * row;
    const bend = (right - left) / 3;
    pen.curve([left, y(query), left + bend, y(query), right - bend, y(key), right, y(key)],
      colors.accent, strength.thick, strength.opacity * opacity);
  };
  const {others, own} = linesOf(scene);
  for (const entry of others) line(entry, own.length > 0 ? faded : 1);
  for (const entry of own) line(entry, 1);
  drawSide(pen, scene, 'query', model.queryLabels, left - 6, 'end');
  drawSide(pen, scene, 'key', model.keyLabels, right + 6, 'start');
}

function hit({model, layout: {row, left, right, top}}, x, y) {
  const at = Math.floor((y - top) / row);
  const side = x < (left + right) / 2 ? 'query' : 'key';
  if (at < 0 || at >= (side === 'query' ? model.queries : model.keys)) return null;
  return side === 'query' ? {query: at, key: -1} : {query: -1, key: at};
}

export const columnsView = {layout, draw, hit};
