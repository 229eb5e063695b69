// Keys that work everywhere on the page, and the help that names them.
import {byId, element} from './elements.js';
import {percent} from './numbers.js';
import {views} from './state.js';

const known = [
  ['arrows', 'among heads: the next one; on the picture: move the cursor (Shift: by ten)'],
  ['Enter, Shift Enter', 'pin the query, the key under the cursor'],
  ['Esc', 'unpin, forget the search'],
  ['1 2 3', 'matrix, arcs, columns'],
  ['[ ]', 'the head before, the next one'],
  ['+ - 0', 'zoom in, out, to fit'],
  ['l', 'logarithmic scale'],
  ['/', 'search for a token'],
  ['s', 'save the picture as SVG'],
  ['d', 'dark or light'],
  ['?', 'this help'],
];

export function showHelp(model) {
  const help = byId('help');
  const {about} = model;
  help.replaceChildren(
    element('h2', {id: 'help-name'}, 'Keys'),
    element('dl', {}, ...known.flatMap(([key, what]) => [element('dt', {}, key), element('dd', {}, what)])),
    element('h2', {}, 'Columns'),
    element('dl', {}, ...[...model.columns, ...model.measures].filter((column) => column.about)
        .flatMap(({name, about: text}) => [element('dt', {}, name), element('dd', {}, text)])),
    element('h2', {}, 'Numbers'),
    element('p', {}, `Weights are kept in 16 bits: each is within ${percent(about.error)} of the number in the file, or 0 where that is below ${about.scale * 2 ** -30}. ` +
      'Measures, rollout and flow are float32; the columns of heads are as attngraph heads gives them.'),
    element('form', {method: 'dialog'}, element('button', {autofocus: true}, 'Close')));
  help.showModal();
}

/** @param does what the keys do, by name */
export function listenToKeys(state, model, does) {
  document.addEventListener('keydown', (event) => {
    const {target, key} = event;
    if (event.ctrlKey || event.metaKey || event.altKey || byId('help').open) return;
    if (key === 'Escape') return does.escape();
    if (target.matches('input, select, textarea')) return;
    const act = {
      '/': () => does.search(), s: () => does.save(), d: () => does.theme(), '?': () => showHelp(model),
      l: () => state.set({log: !state.log}), '+': () => does.zoom(1), '-': () => does.zoom(-1), 0: () => state.set({zoom: 1}),
      '[': () => does.step(-1), ']': () => does.step(1),
      1: () => state.set({view: views[0]}), 2: () => state.set({view: views[1]}), 3: () => state.set({view: views[2]}),
    }[key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
