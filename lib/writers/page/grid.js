// All heads as small pictures: layer by layer, or sorted by a column of `heads`.
import {colorAt, pixelColor} from './colors.js';
import {byId, element, say, themeColors} from './elements.js';
import {visible} from './labels.js';
import {short} from './numbers.js';
import {Scale, endsOf} from './scale.js';

const mostPixels = 64;

/** The largest code in each of at most 64 x 64 fields, and whether the field can be seen at all. */
function thumbnailOf(model, rows) {
  const width = Math.min(model.keys, mostPixels);
  const height = Math.min(model.queries, mostPixels);
  const codes = new Uint16Array(width * height);
  for (let q = 0; q < model.queries; ++q) {
    const line = Math.floor(q * height / model.queries) * width;
    for (let e = rows.starts[q]; e < rows.starts[q + 1]; ++e) {
      const at = line + Math.floor(rows.keys[e] * width / model.keys);
      if (codes[at] < rows.codes[e]) codes[at] = rows.codes[e];
    }
  }
  const whole = !rows.omitted.some((mass) => mass > 0);
  return {width, height, codes, whole, rows: {ends: endsOf(model, rows)}};
}

export class Grid {
  constructor(model, state) {
    this.model = model;
    this.state = state;
    this.thumbnails = [];
    this.tiles = model.heads.map((head) => this.tile(head));
    this.makeSorting();
    this.arrange();
    this.mark();
    state.listen((changed) => this.update(changed));
  }

  update(changed) {
    const is = (name) => changed.includes(name);
    if (is('sort') || is('reverse')) this.arrange();
    if (is('log') || is('colors') || is('shared') || is('theme')) this.redraw();
    if (is('head')) this.mark();
  }

  tile(head) {
    const canvas = element('canvas', {'aria-hidden': 'true'});
    const caption = element('span', {class: 'caption'});
    const tile = element('div', {role: 'option', class: 'tile', tabindex: '-1', id: `tile-${head.index}`}, canvas, caption);
    tile.addEventListener('click', () => this.state.set({head: head.index}));
    tile.addEventListener('keydown', (event) => this.key(event));
    return Object.assign(tile, {canvas, caption, head});
  }

  makeSorting() {
    const names = this.model.columns.map((column) => column.name).filter((name) => name !== 'head');
    const select = element('select', {id: 'sort', onchange: () => this.state.set({sort: select.value, reverse: false})},
      ...names.map((name) => element('option', {value: name}, name)));
    const reverse = element('button', {type: 'button', id: 'reverse', title: 'the other way round',
      'aria-label': 'sort the other way round', onclick: () => this.state.set({reverse: !this.state.reverse})}, '⇅');
    byId('sorting').append(element('label', {for: 'sort'}, 'by'), select, reverse);
    this.select = select;
  }

  /** Heads in the order that is asked for: numbers from the largest, places and texts from the first. */
  order() {
    const column = this.model.column(this.state.sort);
    const rising = column.text || ['layer', 'head', 'sink_token'].includes(column.name);
    const {values} = column;
    const sign = (rising ? 1 : -1) * (this.state.reverse ? -1 : 1);
    const compare = (a, b) => (values[a] < values[b] ? -1 : values[a] > values[b] ? 1 : 0);
    return this.model.heads.map((_, i) => i).sort((a, b) => sign * compare(a, b) || a - b);
  }

  arrange() {
    const box = byId('tiles');
    const {model, state} = this;
    const byLayer = state.sort === 'layer';
    const perLayer = model.heads.filter((head) => head.layer === model.heads[0].layer).length;
    this.shown = this.order();
    this.across = byLayer ? perLayer : 0;
    box.classList.toggle('layers', byLayer);
    box.style.setProperty('--across', perLayer);
    const column = model.column(state.sort);
    const children = [];
    this.shown.forEach((index, place) => {
      const tile = this.tiles[index];
      if (byLayer && place % perLayer === 0) {
        children.push(element('div', {class: 'layer', 'aria-hidden': 'true'}, `L${tile.head.layer}`));
      }
      const value = column.values[index];
      const text = byLayer ? '' : column.text ? visible(value) : short(value);
      tile.caption.textContent = byLayer ? `${tile.head.head}` : `L${tile.head.layer}.${tile.head.head} ${text}`;
      tile.setAttribute('aria-label', this.nameOf(index, byLayer ? '' : `${column.name} ${text}`));
      tile.title = this.nameOf(index, byLayer ? '' : `${column.name} ${text}`);
      children.push(tile);
    });
    box.replaceChildren(...children);
    byId('tiles').setAttribute('aria-description', `${column.name}: ${column.about || 'a column of attngraph heads'}`);
    this.select.value = state.sort;
    this.select.title = column.about || '';
  }

  nameOf(index, more) {
    const type = this.model.column('type');
    const words = [this.model.headName(this.model.heads[index])];
    if (type) words.push(type.values[index]);
    if (more) words.push(more);
    return words.join(', ');
  }

  mark() {
    this.tiles.forEach((tile, i) => {
      const chosen = i === this.state.head;
      tile.setAttribute('aria-selected', chosen);
      tile.tabIndex = chosen ? 0 : -1;
    });
    byId('tiles').setAttribute('aria-activedescendant', `tile-${this.state.head}`);
    this.tiles[this.state.head].scrollIntoView({block: 'nearest'});
  }

  /** The columns of tiles on the screen. */
  columns() {
    if (this.across) return this.across;
    const tops = this.shown.map((i) => this.tiles[i].offsetTop);
    const next = tops.findIndex((top) => top !== tops[0]);
    return next < 0 ? tops.length : next;
  }

  key(event) {
    const steps = {ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.columns(), ArrowDown: this.columns(),
      Home: -this.shown.length, End: this.shown.length};
    if (!(event.key in steps)) return;
    event.preventDefault();
    const place = this.shown.indexOf(this.state.head) + steps[event.key];
    const far = event.key === 'Home' || event.key === 'End';
    if (!far && (place < 0 || place >= this.shown.length)) return;
    const index = this.shown[Math.min(Math.max(place, 0), this.shown.length - 1)];
    this.state.set({head: index});
    this.tiles[index].focus();
    say(this.tiles[index].title);
  }

  /** Reads every head once and draws it; those on the screen come first, as the page begins there. */
  async fill() {
    for (const index of this.shown.slice()) {
      this.thumbnails[index] = thumbnailOf(this.model, await this.model.rows(index));
      this.draw(index);
    }
    if (this.state.shared) this.redraw();
  }

  /** The upper end of a scale that all heads share, undefined where each has its own. */
  sharedHigh() {
    if (!this.state.shared || this.thumbnails.length === 0) return undefined;
    const highs = this.thumbnails.map((one) => this.model.weights[one.rows.ends.high]);
    return Math.max(...highs);
  }

  redraw() {
    this.thumbnails.forEach((_, index) => this.draw(index));
  }

  draw(index) {
    const {model, state} = this;
    const {width, height, codes, whole, rows} = this.thumbnails[index];
    const scale = new Scale(model, rows, state, this.sharedHigh());
    const unstored = pixelColor(whole ? scale.color(0) : parsed(themeColors().unstored));
    const {canvas} = this.tiles[index];
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d');
    const image = context.createImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    for (let y = 0; y < height; ++y) {
      const query = Math.floor((y + 1) * model.queries / height) - 1;
      for (let x = 0; x < width; ++x) {
        const code = codes[y * width + x];
        if (code > 0) pixels[y * width + x] = pixelColor(colorAt(state.colors, scale.place(model.weights[code])));
        else if (model.sees(query, Math.floor(x * model.keys / width))) pixels[y * width + x] = unstored;
      }
    }
    context.putImageData(image, 0, 0);
  }
}

/** #rrggbb as [r, g, b]. */
export function parsed(hex) {
  return [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
}
