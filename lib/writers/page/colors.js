// Colours of weights: viridis, cividis and gray by nine points each, safe for colour-blind eyes.

const maps = {
  viridis: '440154 472d7b 3b528b 2c728e 21918c 28ae80 5ec962 addc30 fde725',
  cividis: '00224e 123570 3b496c 575d6d 707173 8a8678 a59c74 c3b369 fee838',
  gray: '111111 2e2e2e 4b4b4b 686868 858585 a2a2a2 bfbfbf dcdcdc f9f9f9',
};

export const colorMaps = Object.keys(maps);

const points = Object.fromEntries(Object.entries(maps).map(([name, list]) => [
  name,
  list.split(' ').map((hex) => [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16))),
]));

/** The colour [r, g, b] at a place from 0 to 1. */
export function colorAt(map, place) {
  const list = points[map];
  const at = Math.min(Math.max(place, 0), 1) * (list.length - 1);
  const low = Math.min(Math.floor(at), list.length - 2);
  return list[low].map((from, i) => Math.round(from + (list[low + 1][i] - from) * (at - low)));
}

/** As CSS has it. */
export function cssColor([red, green, blue]) {
  return `rgb(${red},${green},${blue})`;
}

/** For pixels in the memory of a canvas. */
export function pixelColor([red, green, blue]) {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
