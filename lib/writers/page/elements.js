// Elements of the page. Text is always text, never markup.

export function byId(id) {
  return document.getElementById(id);
}

/** element('button', {class: 'a', onclick: f}, 'text', child) */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children);
  return made;
}

/** A label of a token, which keeps its direction to itself. */
export function labelElement(text) {
  return element('bdi', {class: 'label'}, text);
}

/** Says something to who listens to the page instead of looking at it. */
export function say(text) {
  byId('said').textContent = text;
}

/** Colours of the theme. */
export function themeColors() {
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(`--${name}`).trim();
  return {paper: color('paper'), ink: color('ink'), faint: color('faint'), line: color('line'), accent: color('accent'),
    unstored: color('unstored'), found: color('found')};
}

/** A text near the mouse or the cursor of the keyboard; no lines hide it. */
export function showTip(lines, x, y) {
  const tip = byId('tip');
  tip.replaceChildren(...lines.map((line) => element('div', {}, ...[].concat(line))));
  tip.hidden = lines.length === 0;
  if (tip.hidden) return;
  const {width, height} = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(4, Math.min(x + 14, innerWidth - width - 4))}px`;
  tip.style.top = `${Math.max(4, y + height + 20 > innerHeight ? y - height - 10 : y + 16)}px`;
}
