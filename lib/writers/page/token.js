// One token: where it looks, who looks at it, its measures, its rows through all layers.
import {byId, element, labelElement} from './elements.js';
import {entriesOf} from './model.js';
import {percent, short} from './numbers.js';

const shownFirst = 8;

/** A list of tokens with bars. */
function bars(items, labels, choose, total = Infinity) {
  const largest = items.length > 0 ? items[0].value : 1;
  const row = ({index, value}) => element('li', {},
    element('button', {type: 'button', class: 'token', onclick: () => choose(index), title: `token ${index}: ${value}`},
      labelElement(labels[index]), element('span', {class: 'index'}, String(index))),
    bar(value / largest), element('span', {class: 'value'}, short(value)));
  const list = element('ol', {class: 'bars'}, ...items.slice(0, shownFirst).map(row));
  if (items.length <= shownFirst) return [list];
  const more = element('button', {type: 'button', class: 'more', onclick: () => {
    list.append(...items.slice(shownFirst, total).map(row));
    more.remove();
  }}, `${items.length - shownFirst} more`);
  return [list, more];
}

function bar(share) {
  const inner = element('span', {class: 'bar-inner'});
  inner.style.width = `${Math.max(0, Math.min(1, share)) * 100}%`;
  return element('span', {class: 'bar', 'aria-hidden': 'true'}, inner);
}

function section(title, about, ...children) {
  return element('section', {class: 'part'}, element('h3', {title: about || undefined}, title), ...children);
}

/** The entries of a row of numbers, largest first. */
function largest(numbers, first, count) {
  return Array.from(numbers.subarray(first, first + count), (value, index) => ({index, value}))
      .filter(({value}) => value > 0).sort((a, b) => b.value - a.value || a.index - b.index);
}

export class TokenView {
  constructor(model, state, head) {
    Object.assign(this, {model, state, head});
  }

  async show() {
    const {model, state} = this;
    const {query, key} = state;
    const chosen = query >= 0 || key >= 0;
    byId('token-name').replaceChildren(...this.title());
    if (!chosen) {
      byId('token-facts').replaceChildren(element('p', {class: 'hint'},
        'Click a row, a label or a token, or press Enter on the picture, to pin one.'));
      return;
    }
    const asked = `${state.head} ${query} ${key}`;
    const rows = await model.rows(state.head);
    const parts = [...this.weightParts(rows), ...await this.measureParts(), ...await this.layerParts()];
    if (asked === `${state.head} ${state.query} ${state.key}`) byId('token-facts').replaceChildren(...parts);
  }

  title() {
    const {model, state: {query, key}} = this;
    if (query < 0 && key < 0) return ['No token is pinned'];
    const label = key >= 0 ? model.keyLabels[key] : model.queryLabels[query];
    const unpin = element('button', {type: 'button', id: 'unpin', 'aria-label': 'unpin', title: 'unpin (Esc)',
      onclick: () => this.state.set({query: -1, key: -1})}, '×');
    const side = model.cross ? [query >= 0 ? 'query ' : 'key '] : [];
    return [...side, labelElement(label), element('span', {class: 'index'}, ` ${key >= 0 ? key : query}`), unpin];
  }

  chooseKey(key) {
    this.state.set({query: this.model.queryOfKey(key), key});
  }

  chooseQuery(query) {
    this.state.set({query, key: this.model.keyOfQuery(query)});
  }

  weightParts(rows) {
    const {model, state: {query, key}} = this;
    const parts = [];
    const items = (entries, side) => entries.map((entry) => ({index: entry[side], value: model.weights[entry.code]}));
    if (query >= 0) {
      const omitted = rows.omitted[query];
      parts.push(section('looks at', 'the weights of this query in this head',
        ...bars(items(entriesOf(rows, {query}), 'key'), model.keyLabels, (k) => this.chooseKey(k)),
        ...(omitted > 0 ? [element('p', {class: 'hint'}, `${short(omitted)} of the weight is on keys that are not kept.`)] : [])));
    }
    if (key >= 0) {
      parts.push(section('is looked at by', 'the weights on this key in this head',
        ...bars(items(entriesOf(rows, {key}), 'query'), model.queryLabels, (q) => this.chooseQuery(q)),
        ...(model.about.kept ? [element('p', {class: 'hint'}, 'Among the weights that are kept.')] : [])));
    }
    return parts;
  }

  /** The place of the token among the nodes of the graph. */
  node() {
    const {model, state: {query, key}} = this;
    if (model.about.nodes === model.keys) return key;
    return query >= 0 && model.cross ? query : key < 0 ? query : model.about.nodes - model.keys + key;
  }

  async measureParts() {
    const {model, state} = this;
    const nodes = model.about.nodes;
    const node = this.node();
    if (model.measures.length === 0 || node < 0) return [];
    const rows = [];
    for (let m = 0; m < model.measures.length; ++m) {
      const {name, about} = model.measures[m];
      const all = (await model.numbersOf(`measure-${m}`)).subarray(state.head * nodes, (state.head + 1) * nodes);
      const rank = 1 + all.reduce((count, value) => count + (value > all[node] ? 1 : 0), 0);
      rows.push(element('tr', {}, element('th', {scope: 'row', title: about || undefined}, name),
        element('td', {title: String(all[node])}, short(all[node])), element('td', {class: 'rank'}, `${rank} of ${nodes}`)));
    }
    const caption = element('thead', {}, element('tr', {}, element('td', {}), element('th', {scope: 'col'}, 'value'), element('th', {scope: 'col'}, 'rank')));
    return [section('measures in this head', 'as attngraph centrality', element('table', {}, caption, element('tbody', {}, ...rows)))];
  }

  async layerParts() {
    const {model, state: {query}} = this;
    const {about} = model;
    if (model.cross || query < 0) return [];
    const through = about.layers.length > 0 ? `through layers ${about.layers[0]} to ${about.layers[about.layers.length - 1]}, residual ${about.residual}` : '';
    const part = async (name, title, text) => {
      if (about.absent[name]) return section(title, '', element('p', {class: 'hint'}, `None: ${about.absent[name]}.`));
      const items = largest(await model.numbersOf(name), query * model.keys, model.keys);
      return section(title, through, element('p', {class: 'hint'}, text), ...bars(items, model.keyLabels, (k) => this.chooseKey(k)));
    };
    const flowText = about.flowIsBound ? 'No flow exceeds these bounds; flow itself is shown for up to 64 tokens.' : `Maximum flow ${through}.`;
    return [await part('rollout', 'rollout from', `Its share of each input ${through}.`),
      await part('flow', about.flowIsBound ? 'bound of flow from' : 'flow from', flowText), this.routePart(query, through)];
  }

  routePart(query, through) {
    const {about} = this.model;
    const title = 'most probable routes';
    if (about.absent.routes) return section(title, '', element('p', {class: 'hint'}, `None: ${about.absent.routes}.`));
    const names = this.routeNames ??= about.routeLabels.map((label, i) => (about.labelled ? label : String(i)));
    const route = ([probability, tokens]) => element('li', {}, element('span', {class: 'value'}, percent(probability)),
      element('span', {class: 'route', title: tokens.join(' > ')}, ...tokens.flatMap((token, i) => [
        i > 0 ? ' ← ' : '', labelElement(names[token])])));
    return section(title, through, element('p', {class: 'hint'}, `From the output down to an input, ${through}.`),
      element('ol', {class: 'routes'}, ...about.routes[query].map(route)));
  }
}
