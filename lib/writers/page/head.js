// One head large: its picture, what is under the mouse, the cursor of the keyboard.
import {arcsView} from './arcs.js';
import {columnsView} from './columns.js';
import {byId, element, say, showTip, themeColors} from './elements.js';
import {matrixView} from './matrix.js';
import {codeAt, codeFrom} from './model.js';
import {short} from './numbers.js';
import {CanvasPen} from './pen.js';
import {Scale} from './scale.js';

const kinds = {matrix: matrixView, arcs: arcsView, columns: columnsView};

export class HeadView {
  constructor(model, state, grid) {
    Object.assign(this, {model, state, grid, found: () => false, cursor: null});
    this.canvas = element('canvas', {id: 'picture', tabindex: '0', role: 'application',
      'aria-roledescription': 'picture of a head', 'aria-describedby': 'head-facts'});
    this.overlay = element('canvas', {id: 'overlay', 'aria-hidden': 'true'});
    byId('drawing').append(this.canvas, this.overlay);
    this.canvas.addEventListener('pointermove', (event) => this.point(event));
    this.canvas.addEventListener('pointerleave', () => this.leave());
    this.canvas.addEventListener('click', (event) => this.click(event));
    this.canvas.addEventListener('keydown', (event) => this.key(event));
    this.canvas.addEventListener('blur', () => this.leave());
    new ResizeObserver(() => this.fit()).observe(byId('one'));
  }

  /** Arcs need one list of tokens. */
  get kind() {
    return this.model.cross && this.state.view === 'arcs' ? columnsView : kinds[this.state.view];
  }

  async show() {
    const index = this.state.head;
    const rows = await this.model.rows(index);
    if (index !== this.state.head) return;
    this.rows = rows;
    this.fit();
  }

  /** Everything that is needed to draw the head. */
  scene(focus = null) {
    const {model, state, rows, found} = this;
    const scale = new Scale(model, rows, state, this.grid.sharedHigh());
    const area = this.room ??= this.area();
    const scene = {model, state, rows, scale, found, focus, area, cells: Boolean(this.kind.cells), colors: themeColors(), from: codeFrom(model.weights, state.min),
      weightOf: (query, key) => model.weights[codeAt(rows, query, key)]};
    scene.layout = this.kind.layout(scene);
    return scene;
  }

  /** Draws for the room that there is now. */
  fit() {
    this.room = null;
    this.draw();
  }

  /** What the picture may fill without scrolling. */
  area() {
    const one = byId('one');
    const box = byId('drawing');
    const above = box.getBoundingClientRect().top - one.getBoundingClientRect().top + one.scrollTop;
    const legend = 76;
    const height = getComputedStyle(one).overflowY === 'auto' ? one.clientHeight - above - legend : 0.7 * innerHeight;
    return {width: box.clientWidth, height: Math.max(height, Math.min(0.8 * box.clientWidth, 480))};
  }

  draw(focus = null) {
    if (!this.rows) return;
    this.drawn = this.scene(focus);
    const {width, height} = this.drawn.layout;
    this.kind.draw(new CanvasPen(this.canvas, width, height), this.drawn);
    this.overlay.hidden = true;
    const name = this.model.headName(this.model.heads[this.state.head]);
    this.canvas.setAttribute('aria-label', `${this.state.view} of ${name}; arrow keys move, Enter pins a token`);
    this.onDraw?.(this.drawn);
  }

  /** Shows what is at a cell or token: sets it off, and tells its numbers. */
  showSpot(spot, x, y) {
    if (this.kind.mark) {
      this.overlay.hidden = false;
      const {width, height} = this.drawn.layout;
      this.kind.mark(new CanvasPen(this.overlay, width, height), this.drawn, spot);
    } else if (spot.query !== this.drawn.focus?.query || spot.key !== this.drawn.focus?.key) {
      this.draw(spot);
    }
    const lines = this.linesAbout(spot);
    showTip(lines, x, y);
    return lines.map((line) => [].concat(line).map((part) => part.textContent ?? part).join('')).join(', ');
  }

  linesAbout({query, key}) {
    const {model, rows} = this;
    const label = (text, index) => [element('bdi', {class: 'label'}, text), ` ${index}`];
    if (query >= 0 && key >= 0 && this.kind.cells) {
      return [[...label(model.queryLabels[query], query), ' → ', ...label(model.keyLabels[key], key)],
        this.weightText(query, key)];
    }
    const lines = [];
    if (query >= 0) {
      lines.push(['query ', ...label(model.queryLabels[query], query)]);
      if (rows.omitted[query] > 0) lines.push(`${short(rows.omitted[query])} of its weight is not kept`);
    }
    if (key >= 0 && !(query >= 0 && !model.cross)) lines.push(['key ', ...label(model.keyLabels[key], key)]);
    return lines;
  }

  weightText(query, key) {
    const {model, rows} = this;
    const code = codeAt(rows, query, key);
    if (code > 0) return short(model.weights[code]);
    if (!model.sees(query, key)) return 'masked: the query does not see this key';
    if (!(rows.omitted[query] > 0)) return '0';
    const kept = rows.codes.subarray(rows.starts[query], rows.starts[query + 1]);
    return `not kept: at most ${short(model.weights[kept.reduce((a, b) => Math.min(a, b), 65535)])}`;
  }

  point(event) {
    if (!this.drawn) return;
    const spot = this.kind.hit(this.drawn, event.offsetX, event.offsetY);
    if (!spot) return this.leave();
    this.showSpot(spot, event.clientX, event.clientY);
  }

  leave() {
    this.overlay.hidden = true;
    showTip([]);
    if (this.drawn?.focus) this.draw();
  }

  click(event) {
    const spot = this.kind.hit(this.drawn, event.offsetX, event.offsetY);
    if (spot) this.pin(spot, event.shiftKey);
  }

  /** Pins the query of a cell, or with `asKey` the key; once more unpins it. */
  pin({query, key}, asKey) {
    const {model, state} = this;
    const byKey = key >= 0 && (asKey || query < 0);
    const token = byKey ? {query: model.queryOfKey(key), key} : {query, key: model.keyOfQuery(query)};
    const same = token.query === state.query && token.key === state.key;
    state.set(same ? {query: -1, key: -1} : token);
  }

  key(event) {
    const {model} = this;
    const pages = event.shiftKey ? 10 : 1;
    const moves = {ArrowUp: [-pages, 0], ArrowDown: [pages, 0], ArrowLeft: [0, -pages], ArrowRight: [0, pages],
      PageUp: [-10, 0], PageDown: [10, 0], Home: [0, -model.keys], End: [0, model.keys]};
    if (event.key === 'Enter' && this.cursor) {
      this.pin(this.cursorSpot(), event.shiftKey);
    } else if (event.key in moves) {
      this.move(moves[event.key]);
    } else {
      return;
    }
    event.preventDefault();
  }

  move([down, right]) {
    const {model} = this;
    const inside = (value, end) => Math.min(Math.max(value, 0), end - 1);
    const start = {query: Math.max(this.state.query, 0), key: Math.max(this.state.key, 0)};
    const {query, key} = this.cursor ?? start;
    this.cursor = this.cursor ? {query: inside(query + down, model.queries), key: inside(key + right, model.keys)} : start;
    const {left, top} = this.canvas.getBoundingClientRect();
    const {layout} = this.drawn;
    const step = layout.cell ?? layout.row;
    const x = layout.cell ? layout.left + (this.cursor.key + 0.5) * step : layout.left ?? layout.middle;
    say(this.showSpot(this.cursorSpot(), left + x, top + layout.top + (this.cursor.query + 0.5) * step));
  }

  /** What the cursor is on: a cell, or where there are no cells a query. */
  cursorSpot() {
    const {query, key} = this.cursor;
    if (this.kind.cells) return {query, key};
    return this.kind === arcsView ? {query, key: this.model.keyOfQuery(query)} : {query, key: -1};
  }
}
