// The legend, and the picture as an SVG to keep.
import {colorAt, cssColor} from './colors.js';
import {mostLines, strengthAt} from './columns.js';
import {byId, element} from './elements.js';
import {counted, percent, short} from './numbers.js';
import {CanvasPen, SvgPen} from './pen.js';
import {endsOf} from './scale.js';

const barWidth = 180;

function drawWedge(pen, {thick, opacity}, color, x, y) {
  pen.rect(x, y - thick / 2, 2, thick, color, opacity);
}

/** What weights look like: colours of cells, or widths of lines. */
function drawBar(pen, {scale, colors, cells}, x, y) {
  for (let i = 0; i < barWidth; i += 2) {
    if (cells) pen.rect(x + i, y, 2.5, 10, cssColor(colorAt(scale.map, i / barWidth)));
    else drawWedge(pen, strengthAt(i / barWidth), colors.accent, x + i, y + 5);
  }
  const high = scale.high < scale.largest ? `≥ ${short(scale.high)}` : short(scale.high);
  pen.text(short(scale.low), x, y + 20, {color: colors.ink, size: 11});
  pen.text(high, x + barWidth, y + 20, {color: colors.ink, size: 11, anchor: 'end'});
  if (scale.logarithmic) pen.text('logarithmic', x + barWidth / 2, y + 20, {color: colors.faint, size: 11, anchor: 'middle'});
}

/** How many weights are not below a code. */
function shownOf(model, rows, from) {
  const {counts} = endsOf(model, rows);
  let hidden = 0;
  for (let code = 0; code < from; ++code) hidden += counts[code];
  return rows.codes.length - hidden;
}

/** What the picture leaves out, in words. */
function leftOut({model, rows, from, state, cells}) {
  const words = [];
  const shown = shownOf(model, rows, from);
  if (from > 0) words.push(`${counted(rows.codes.length - shown, 'weight')} below ${short(state.min)} not shown`);
  if (!cells && shown > mostLines) words.push(`lines for the ${mostLines} largest of ${counted(shown, 'weight')}`);
  const omitted = rows.omitted.reduce((sum, mass) => sum + mass, 0) / model.queries;
  if (omitted > 0) words.push(`the ${model.about.kept} largest of each query are kept, on average ${percent(omitted)} of the weight is not`);
  if (model.about.causal && cells) words.push('masked cells are blank');
  return words;
}

export function showLegend(scene) {
  const canvas = element('canvas', {role: 'img', 'aria-label': `${scene.cells ? 'colours' : 'widths'} from ${short(scene.scale.low)} to ${short(scene.scale.high)}`});
  drawBar(new CanvasPen(canvas, barWidth + 12, 30), scene, 4, 2);
  byId('legend').replaceChildren(canvas, element('p', {}, leftOut(scene).join('; ')));
}

/** What stands in the file's name and title. */
function nameOf(model, state) {
  const {layer, head} = model.heads[state.head];
  return {file: `layer-${layer}-head-${head}-${state.view}.svg`,
    title: `${model.about.source}, ${model.headName(model.heads[state.head])}, ${state.view}`};
}

/** The picture as it is now, as the text of an SVG. */
export function svgOf(view) {
  const scene = view.scene();
  const {title} = nameOf(view.model, view.state);
  const {width, height} = scene.layout;
  const words = leftOut(scene);
  const whole = Math.ceil(Math.max(width, barWidth + 20, 6.4 * Math.max(title.length, words.join('; ').length)));
  const pen = new SvgPen(whole, Math.ceil(height + 84));
  pen.rect(0, 0, pen.width, pen.height, scene.colors.paper);
  view.kind.draw(pen, scene);
  drawBar(pen, scene, 4, height + 6);
  pen.text(title, 4, height + 48, {color: scene.colors.ink, size: 12, bold: true});
  pen.text(words.join('; '), 4, height + 68, {color: scene.colors.ink, size: 11});
  return pen.document(title);
}

export function saveSvg(view) {
  const url = URL.createObjectURL(new Blob([svgOf(view)], {type: 'image/svg+xml'}));
  const link = element('a', {href: url, download: nameOf(view.model, view.state).file});
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
