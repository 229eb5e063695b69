// The data parts of the page: elements with base64 of deflated bytes.

function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; ++i) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** The bytes of a part as an ArrayBuffer. */
export async function part(name) {
  const element = document.querySelector(`script[data-part="${name}"]`);
  const inflated = new Blob([bytesOf(element.textContent)]).stream()
      .pipeThrough(new DecompressionStream('deflate'));
  return new Response(inflated).arrayBuffer();
}

export async function jsonPart(name) {
  return JSON.parse(new TextDecoder().decode(await part(name)));
}

export async function numbersPart(name) {
  return new Float32Array(await part(name));
}

/**
 * The weights of a head: entry e of query q, from starts[q] up to starts[q + 1], is key keys[e]
 * (rising) with the code codes[e]; omitted[q] is the sum of what is left out.
 */
export function unpackedHead(buffer, queries) {
  const counts = new Uint32Array(buffer, 0, queries);
  const omitted = new Float32Array(buffer, 4 * queries, queries);
  const starts = new Uint32Array(queries + 1);
  for (let q = 0; q < queries; ++q) starts[q + 1] = starts[q] + counts[q];
  const total = starts[queries];
  const bytes = new Uint8Array(buffer, 8 * queries);
  const codes = new Uint16Array(total);
  for (let e = 0; e < total; ++e) codes[e] = bytes[e] | (bytes[total + e] << 8);
  return {starts, omitted, codes, keys: unpackedKeys(bytes, 2 * total, starts)};
}

function unpackedKeys(bytes, place, starts) {
  const keys = new Uint32Array(starts[starts.length - 1]);
  let at = place;
  for (let q = 0; q + 1 < starts.length; ++q) {
    let next = 0;
    for (let e = starts[q]; e < starts[q + 1]; ++e) {
      let gap = bytes[at++];
      if (gap >= 128) {
        gap &= 127;
        for (let shift = 7; ; shift += 7) {
          const more = bytes[at++];
          gap |= (more & 127) << shift;
          if (more < 128) break;
        }
      }
      keys[e] = next + gap;
      next = keys[e] + 1;
    }
  }
  return keys;
}
