// What is looked at, kept in the fragment of the page's address.

export const views = ['matrix', 'arcs', 'columns'];

const defaults = {head: 0, view: 'matrix', query: -1, key: -1, sort: 'layer', reverse: false, log: false,
  min: 0, colors: 'viridis', zoom: 1, theme: '', find: '', shared: false};

export class State {
  constructor(model) {
    this.model = model;
    this.listeners = [];
    Object.assign(this, defaults);
  }

  /** Calls `listener(changed names)` behind every change. */
  listen(listener) {
    this.listeners.push(listener);
  }

  set(changes) {
    const changed = Object.keys(changes).filter((name) => this[name] !== changes[name]);
    if (changed.length === 0) return;
    Object.assign(this, changes);
    this.write();
    for (const listener of this.listeners) listener(changed);
  }

  /** Into the address a little later: browsers take some milliseconds, and refuse hundreds in a row. */
  write() {
    clearTimeout(this.writing);
    if (location.protocol === 'about:') return;  // a frame of a notebook has no address of its own
    this.writing = setTimeout(() => history.replaceState(null, '', `#${this.fragment()}`), 150);
  }

  fragment() {
    const place = this.model.heads[this.head];
    const words = [`head=${place.layer}.${place.head}`];
    for (const [name, usual] of Object.entries(defaults)) {
      if (name === 'head' || this[name] === usual) continue;
      const value = this[name] === true ? 1 : this[name];
      words.push(`${name}=${encodeURIComponent(value)}`);
    }
    return words.join('&');
  }

  /** Takes over what a fragment says and the page has. */
  read(fragment) {
    const said = new Map(fragment.replace(/^#/, '').split('&').map((word) => {
      const at = word.indexOf('=');
      return at < 0 ? [word, ''] : [word.slice(0, at), decoded(word.slice(at + 1))];
    }));
    const changes = {...defaults};
    for (const [name, usual] of Object.entries(defaults)) {
      if (said.has(name)) changes[name] = this.meant(name, said.get(name), usual);
    }
    this.set(changes);
  }

  meant(name, text, usual) {
    const {model} = this;
    const index = (end) => (/^\d+$/.test(text) && Number(text) < end ? Number(text) : usual);
    if (name === 'head') {
      const found = model.heads.findIndex(({layer, head}) => `${layer}.${head}` === text);
      return Math.max(found, 0);
    }
    if (name === 'query') return index(model.queries);
    if (name === 'key') return index(model.keys);
    if (name === 'view') return views.includes(text) ? text : usual;
    if (name === 'sort') return model.column(text) ? text : usual;
    if (name === 'colors') return ['viridis', 'cividis', 'gray'].includes(text) ? text : usual;
    if (name === 'theme') return ['light', 'dark'].includes(text) ? text : usual;
    if (name === 'min') return Number(text) > 0 ? Number(text) : usual;
    if (name === 'zoom') return Number(text) > 0 ? Math.min(Math.max(Number(text), 0.25), 16) : usual;
    return typeof usual === 'boolean' ? text === '1' : text;
  }
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
