// One head as arcs over a list of tokens: to earlier keys on the left, to later ones on the right.
import {cut} from './labels.js';
import {faded, linesOf, strengthOf} from './columns.js';
import {widest, widthOf} from './matrix.js';

function layout({model, state, area}) {
  const rows = model.keys;
  const fit = Math.min((area.height - 20) / rows, 22);
  const row = Math.max(2, Math.max(2, Math.floor(fit)) * state.zoom);
  const labelled = row >= 9;
  const label = labelled ? widest(model.keyLabels, Math.min(12, row - 1)) + 20 : 40;
  // Causal attention looks back only.
  const sides = model.about.causal ? 1 : 2;
  const reach = Math.max(60, Math.min((area.width - label) / sides - 16, rows * row * 0.6, 380));
  return {row, labelled, label, reach, middle: reach + label / 2 + 4, top: 10, size: Math.min(12, row - 1),
    width: sides * reach + label + 16, height: rows * row + 20};
}

function drawArc(pen, scene, {query, key, code}, opacity) {
  const {model, colors, layout: {row, top, middle, label, reach}} = scene;
  const from = model.keyOfQuery(query);
  const strength = strengthOf(scene, code);
  const y = (token) => top + (token + 0.5) * row;
  if (from === key) {
    const side = label / 2 - 6;
    return pen.circle(middle + side, y(key), Math.max(1, Math.min(row / 2.5, 5) * Math.sqrt(strength.place)), colors.accent, strength.opacity * opacity);
  }
  const side = key < from ? -1 : 1;
  const x = middle + side * label / 2;
  const far = x + side * Math.max(8, 1.25 * reach * Math.sqrt(Math.abs(from - key) / model.keys));
  pen.curve([x, y(from), far, y(from), far, y(key), x, y(key)], colors.accent, strength.thick, strength.opacity * opacity);
}

function drawLabels(pen, scene) {
  const {model, colors, state, found, focus, layout: {row, top, middle, size, labelled}} = scene;
  const every = labelled ? 1 : Math.ceil(14 / row);
  for (let token = 0; token < model.keys; ++token) {
    const chosen = token === state.key || token === focus?.key;
    const special = chosen || found('key', token);
    if (!labelled && !special && token % every !== 0) continue;
    const text = labelled || special ? cut(model.keyLabels[token], 18) : String(token);
    const color = chosen ? colors.accent : found('key', token) ? colors.found : colors.ink;
    const y = top + (token + 0.5) * row;
    if (special && !labelled) pen.rect(middle - widthOf(text, 12) / 2 - 3, y - 8, widthOf(text, 12) + 6, 16, colors.paper);
    pen.text(text, middle, y, {color: labelled || special ? color : colors.faint,
      size: labelled ? Math.max(9, size) : special ? 12 : 9, anchor: 'middle', bold: special});
  }
}

function draw(pen, scene) {
  const {others, own} = linesOf(scene);
  for (const line of others) drawArc(pen, scene, line, own.length > 0 ? faded : 1);
  for (const line of own) drawArc(pen, scene, line, 1);
  drawLabels(pen, scene);
}

function hit({model, layout: {row, top}}, x, y) {
  const key = Math.floor((y - top) / row);
  return key < 0 || key >= model.keys ? null : {query: model.queryOfKey(key), key};
}

export const arcsView = {layout, draw, hit};
