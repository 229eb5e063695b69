// Two pens that draw the same: on a canvas, and as the text of an SVG.
import {escaped} from './labels.js';

const family = 'system-ui, sans-serif';

/** For a canvas, or for ever finer copies of one. */
export class CanvasPen {
  constructor(canvas, width, height) {
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    this.context = canvas.getContext('2d');
    this.context.scale(ratio, ratio);
  }

  rect(x, y, width, height, fill, opacity = 1) {
    this.context.globalAlpha = opacity;
    this.context.fillStyle = fill;
    this.context.fillRect(x, y, width, height);
    this.context.globalAlpha = 1;
  }

  frame(x, y, width, height, color, thick = 1) {
    this.context.strokeStyle = color;
    this.context.lineWidth = thick;
    this.context.strokeRect(x, y, width, height);
  }

  /** A curve [x0, y0, x1, y1, x2, y2, x3, y3] of Bézier's. */
  curve([x0, y0, x1, y1, x2, y2, x3, y3], color, thick, opacity = 1) {
    const {context} = this;
    context.globalAlpha = opacity;
    context.strokeStyle = color;
    context.lineWidth = thick;
    context.beginPath();
    context.moveTo(x0, y0);
    context.bezierCurveTo(x1, y1, x2, y2, x3, y3);
    context.stroke();
    context.globalAlpha = 1;
  }

  circle(x, y, radius, color, opacity = 1) {
    this.context.globalAlpha = opacity;
    this.context.fillStyle = color;
    this.context.beginPath();
    this.context.arc(x, y, radius, 0, 2 * Math.PI);
    this.context.fill();
    this.context.globalAlpha = 1;
  }

  /** @param anchor start, middle or end; turned: read from below upwards */
  text(text, x, y, {color, size = 12, anchor = 'start', turned = false, bold = false}) {
    const {context} = this;
    context.save();
    context.translate(x, y);
    if (turned) context.rotate(-Math.PI / 2);
    context.fillStyle = color;
    context.font = `${bold ? 'bold ' : ''}${size}px ${family}`;
    context.direction = 'ltr';
    context.textAlign = {start: 'left', middle: 'center', end: 'right'}[anchor];
    context.textBaseline = 'middle';
    context.fillText(text, 0, 0);
    context.restore();
  }

  /** A picture of cells, each of which stays sharp. */
  cells(canvas, x, y, width, height) {
    this.context.imageSmoothingEnabled = false;
    this.context.drawImage(canvas, x, y, width, height);
  }
}

const rounded = (number) => Number(number.toFixed(2));

export class SvgPen {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.items = [];
  }

  rect(x, y, width, height, fill, opacity = 1) {
    this.items.push(`<rect x="${rounded(x)}" y="${rounded(y)}" width="${rounded(width)}" height="${rounded(height)}" fill="${fill}"${opacity < 1 ? ` fill-opacity="${rounded(opacity)}"` : ''}/>`);
  }

  frame(x, y, width, height, color, thick = 1) {
    this.items.push(`<rect x="${rounded(x)}" y="${rounded(y)}" width="${rounded(width)}" height="${rounded(height)}" fill="none" stroke="${color}" stroke-width="${thick}"/>`);
  }

  curve(points, color, thick, opacity = 1) {
    const [x0, y0, ...rest] = points.map(rounded);
    this.items.push(`<path d="M${x0} ${y0}C${rest.join(' ')}" fill="none" stroke="${color}" stroke-width="${rounded(thick)}" stroke-opacity="${rounded(opacity)}"/>`);
  }

  circle(x, y, radius, color, opacity = 1) {
    this.items.push(`<circle cx="${rounded(x)}" cy="${rounded(y)}" r="${rounded(radius)}" fill="${color}" fill-opacity="${rounded(opacity)}"/>`);
  }

  text(text, x, y, {color, size = 12, anchor = 'start', turned = false, bold = false}) {
    const turn = turned ? ` transform="rotate(-90 ${rounded(x)} ${rounded(y)})"` : '';
    this.items.push(`<text x="${rounded(x)}" y="${rounded(y)}" dy="0.35em" fill="${color}" font-size="${rounded(size)}" text-anchor="${anchor}"${bold ? ' font-weight="bold"' : ''}${turn}>${escaped(text)}</text>`);
  }

  /** Enlarged by a whole number, as some programs blur what they enlarge themselves. */
  cells(canvas, x, y, width, height) {
    const times = Math.max(1, Math.min(8, Math.floor(4096 / Math.max(canvas.width, canvas.height))));
    const large = document.createElement('canvas');
    large.width = canvas.width * times;
    large.height = canvas.height * times;
    const context = large.getContext('2d');
    context.imageSmoothingEnabled = false;
    context.drawImage(canvas, 0, 0, large.width, large.height);
    this.items.push(`<image x="${rounded(x)}" y="${rounded(y)}" width="${rounded(width)}" height="${rounded(height)}" preserveAspectRatio="none" image-rendering="pixelated" href="${large.toDataURL()}"/>`);
  }

  document(title) {
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${this.width}" height="${this.height}" viewBox="0 0 ${this.width} ${this.height}" font-family="${family}">
<title>${escaped(title)}</title>
${this.items.join('\n')}
</svg>
`;
  }
}
