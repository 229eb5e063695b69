// Puts the page together.
import {colorMaps} from './colors.js';
import {byId, element, say} from './elements.js';
import {Grid} from './grid.js';
import {HeadView} from './head.js';
import {listenToKeys, showHelp} from './keys.js';
import {visible} from './labels.js';
import {Model} from './model.js';
import {counted, percent, short} from './numbers.js';
import {saveSvg, showLegend, svgOf} from './picture.js';
import {State, views} from './state.js';
import {TokenView} from './token.js';

const sliderSteps = 400;

/** As a word of a command line: as it is where a shell leaves it alone, else in single quotes. */
function shellWord(value) {
  const text = String(value);
  return /^[\p{L}\p{N}/._+:,@%-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function button(text, title, onclick, more = {}) {
  return element('button', {type: 'button', title, onclick, ...more}, text);
}

/** The slider's place for a weight and back: logarithmic over five powers of ten below the largest. */
function sliderScale(largest) {
  return {
    weight: (place) => (place <= 0 ? 0 : largest * 10 ** (-5 * (1 - place / sliderSteps))),
    place: (weight) => (weight <= 0 ? 0 : Math.round(sliderSteps * (1 + Math.log10(weight / largest) / 5))),
  };
}

class Page {
  constructor(model) {
    this.model = model;
    this.state = new State(model);
    this.matches = {query: new Set(), key: new Set(), list: []};
    this.slider = sliderScale(model.about.largest);
    this.makeTools();
    this.makeViews();
    this.grid = new Grid(model, this.state);
    this.head = new HeadView(model, this.state, this.grid);
    this.token = new TokenView(model, this.state, this.head);
    this.head.found = (side, index) => this.matches[side].has(index);
    this.head.onDraw = (scene) => showLegend(scene);
    this.state.listen((changed) => this.update(changed));
    this.describe();
    listenToKeys(this.state, model, {
      escape: () => this.escape(), search: () => byId('find').focus(), save: () => saveSvg(this.head),
      theme: () => this.turnTheme(), zoom: (by) => this.zoom(by), step: (by) => this.step(by),
    });
  }

  describe() {
    const {model} = this;
    const {about} = model;
    const given = new Map(about.parameters);
    const source = about.source.startsWith('$') ? String(given.get('query') ?? given.get('input')) : about.source;
    const name = source.split('/').pop() || 'attention';
    const layers = new Set(model.heads.map((head) => head.layer)).size;
    document.title = `${name} – attngraph`;
    byId('title').textContent = name;
    byId('facts').textContent = [counted(layers, 'layer'), counted(model.heads.length, 'head') + ' in all',
      model.queries === model.keys ? counted(model.keys, 'token') : `${counted(model.queries, 'query')}, ${counted(model.keys, 'key')}`,
      model.cross ? 'cross-attention' : about.causal ? 'self-attention, causal' : 'self-attention'].join(' · ').replace('querys', 'queries');
    const options = about.parameters.map(([option, value]) => ` --${option}${value === true ? '' : ` ${shellWord(value)}`}`).join('');
    const input = about.source === 'standard input' ? '-' : shellWord(about.source);
    byId('footer').replaceChildren(element('p', {}, element('code', {}, `attngraph view${source === about.source ? ` ${input}` : ''}${options}`)),
      element('p', {}, `attngraph ${about.version}. Weights within ${percent(about.error)} of the file's. ` +
        (about.kept ? `The ${about.kept} largest weights of each query are kept.` : 'All weights are kept.')));
  }

  makeTools() {
    const {state} = this;
    const tools = byId('tools');
    tools.addEventListener('submit', (event) => event.preventDefault());
    const find = element('input', {type: 'search', id: 'find', placeholder: 'search token  /', 'aria-label': 'search for a token',
      oninput: () => state.set({find: find.value}), onkeydown: (event) => event.key === 'Enter' && this.nextMatch(event.shiftKey ? -1 : 1)});
    const slider = element('input', {type: 'range', id: 'min', min: 0, max: sliderSteps, step: 1, value: 0, 'aria-label': 'hide weights below',
      oninput: () => state.set({min: this.slider.weight(Number(slider.value))})});
    const log = element('input', {type: 'checkbox', id: 'log', onchange: () => state.set({log: log.checked})});
    const shared = element('input', {type: 'checkbox', id: 'shared', onchange: () => state.set({shared: shared.checked})});
    const colors = element('select', {id: 'colors', 'aria-label': 'colours', onchange: () => state.set({colors: colors.value})},
      ...colorMaps.map((name) => element('option', {value: name}, name)));
    tools.append(find, element('span', {id: 'matches'}),
      element('label', {}, 'hide below ', slider, element('output', {id: 'min-value', for: 'min'})),
      element('label', {title: 'colours and widths by the logarithm of the weight'}, log, ' log'),
      element('label', {title: 'one scale of colours for all heads'}, shared, ' one scale'), colors,
      button('◐', 'dark or light (d)', () => this.turnTheme(), {id: 'theme', 'aria-label': 'dark or light'}),
      button('?', 'help (?)', () => showHelp(this.model), {id: 'ask', 'aria-label': 'help'}));
  }

  makeViews() {
    const {state} = this;
    const choices = views.map((view) => button(view, `${view} (${views.indexOf(view) + 1})`, () => state.set({view}),
      {'data-view': view, 'aria-pressed': 'false', disabled: view === 'arcs' && this.model.cross}));
    byId('views').append(element('span', {role: 'group', 'aria-label': 'kind of picture'}, ...choices),
      button('−', 'zoom out (-)', () => this.zoom(-1), {'aria-label': 'zoom out'}),
      button('+', 'zoom in (+)', () => this.zoom(1), {'aria-label': 'zoom in'}),
      button('SVG', 'save the picture as SVG (s)', () => saveSvg(this.head), {id: 'save'}));
  }

  async start() {
    this.state.read(location.hash);
    addEventListener('hashchange', () => this.state.read(location.hash));
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.repaint());
    addEventListener('beforeprint', () => this.print(true));
    addEventListener('afterprint', () => this.print(false));
    this.update(['head', 'view', 'query', 'find', 'theme', 'min', 'log', 'colors', 'shared']);
    await this.head.show();
    document.body.dataset.first = Math.round(performance.now());
    await this.grid.fill();
    document.body.dataset.filled = Math.round(performance.now());
  }

  update(changed) {
    const {state} = this;
    const has = (...names) => names.some((name) => changed.includes(name));
    if (has('find')) this.search();
    if (has('theme')) document.documentElement.dataset.theme = state.theme;
    if (has('head')) this.describeHead();
    this.showTools();
    const shown = has('head') ? this.head.show() : this.head.draw();
    if (has('head', 'query', 'key')) this.token.show();
    return shown;
  }

  showTools() {
    const {state} = this;
    byId('find').value = state.find;
    byId('min').value = this.slider.place(state.min);
    byId('min').setAttribute('aria-valuetext', short(state.min));
    byId('min-value').textContent = state.min > 0 ? short(state.min) : 'all shown';
    byId('log').checked = state.log;
    byId('shared').checked = state.shared;
    byId('colors').value = state.colors;
    for (const choice of document.querySelectorAll('[data-view]')) {
      choice.setAttribute('aria-pressed', choice.dataset.view === state.view);
    }
  }

  describeHead() {
    const {model, state} = this;
    byId('head-name').textContent = model.headName(model.heads[state.head]).replace(/^l/, 'L');
    const facts = model.columns.filter(({name}) => !['layer', 'head', 'sink_token'].includes(name));
    byId('head-facts').replaceChildren(...facts.map(({name, about, values, text}) => element('span', {class: 'fact', title: about || undefined},
      element('span', {class: 'name'}, name), ' ', element('bdi', {class: 'value'}, text ? visible(values[state.head]) : short(values[state.head])))));
  }

  search() {
    const {model, state} = this;
    const wanted = state.find.trim().toLowerCase();
    const found = (labels) => new Set(wanted === '' ? [] : labels.flatMap((label, i) =>
      (label.toLowerCase().includes(wanted) || `#${i}` === wanted ? [i] : [])));
    const key = found(model.keyLabels);
    const query = model.cross ? found(model.queryLabels)
      : new Set(Array.from(key, (k) => model.queryOfKey(k)).filter((q) => q >= 0));
    const list = [...(model.cross ? Array.from(query, (q) => ({query: q, key: -1})) : []),
      ...Array.from(key, (k) => ({query: model.queryOfKey(k), key: k}))];
    this.matches = {query, key, list};
    byId('matches').textContent = wanted === '' ? '' : counted(list.length, 'match').replace('matchs', 'matches');
    if (wanted !== '') say(byId('matches').textContent);
  }

  nextMatch(by) {
    const {list} = this.matches;
    if (list.length === 0) return;
    const {query, key} = this.state;
    const at = list.findIndex((one) => one.query === query && one.key === key);
    this.state.set(list[at < 0 ? 0 : (at + by + list.length) % list.length]);
  }

  escape() {
    if (this.state.find) this.state.set({find: ''});
    else this.state.set({query: -1, key: -1});
  }

  zoom(by) {
    this.state.set({zoom: Math.min(16, Math.max(0.25, this.state.zoom * (by > 0 ? 1.5 : 1 / 1.5)))});
  }

  step(by) {
    const {shown} = this.grid;
    const place = (shown.indexOf(this.state.head) + by + shown.length) % shown.length;
    this.state.set({head: shown[place]});
    say(byId('head-name').textContent);
  }

  get dark() {
    return (this.state.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  }

  turnTheme() {
    this.state.set({theme: this.dark ? 'light' : 'dark'});
  }

  repaint() {
    this.head.draw();
    this.grid.redraw();
  }

  /** Paper is white. */
  print(begins) {
    document.documentElement.dataset.theme = begins ? 'light' : this.state.theme;
    this.repaint();
  }
}

Model.load().then((model) => {
  const page = new Page(model);
  document.attngraph = {page, model, svgOf: () => svgOf(page.head)};
  return page.start();
}).catch((error) => {
  byId('facts').textContent = `The page cannot be shown: ${error.message}`;
  throw error;
});
