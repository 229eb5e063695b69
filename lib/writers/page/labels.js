// Labels of tokens as they can be seen. They are texts of others: only ever set as textContent,
// drawn on a canvas, or escaped.

const invisible = /[\u0000-\u0020\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

/** What stands for a character that shows nothing, or turns the direction of a line. */
function seen(character) {
  const code = character.codePointAt(0);
  if (code === 0x20) return '␣';
  if (code === 0x0a) return '↵';
  if (code === 0x09) return '⇥';
  if (code === 0x200d || code === 0x200c) return character;
  return `⟨${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** A label with nothing invisible but spaces between words; an empty one is `∅`. */
export function visible(label) {
  if (label === '') return '∅';
  if (/^ +$/.test(label)) return '␣'.repeat(label.length);
  return label.replace(invisible, (c) => (c === ' ' ? ' ' : seen(c))).replace(/^ | $/g, '␣');
}

const clusters = Intl.Segmenter && new Intl.Segmenter('en', {granularity: 'grapheme'});

/** Characters as people count them, where the browser knows them. */
function charactersOf(text) {
  return clusters ? Array.from(clusters.segment(text), (part) => part.segment) : Array.from(text);
}

/** Cut in the middle to so many characters, as people count them. */
export function cut(text, most) {
  if (text.length <= most) return text;
  const characters = charactersOf(text);
  if (characters.length <= most) return text;
  const front = Math.ceil((most - 1) / 2);
  const back = most - 1 - front;
  return `${characters.slice(0, front).join('')}…${characters.slice(characters.length - back).join('')}`;
}

/** For markup. */
export function escaped(text) {
  const names = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;'};
  return text.replace(/[&<>"']/g, (c) => names[c]);
}
