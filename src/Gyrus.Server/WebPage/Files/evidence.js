// Draws where an answer comes from, in the colours of the service's own heat maps: blue speaks against over nothing to red for.

// Moreland 2009, "Diverging Color Maps for Scientific Visualization": even steps from -1 to 1.
const table = [
  [59, 76, 192], [98, 130, 234], [141, 176, 254], [184, 208, 249], [221, 221, 221],
  [245, 196, 173], [244, 154, 123], [222, 96, 77], [180, 4, 38],
];
const cover = 0.75;

// A colour, and how much of the scan it hides, of -1 to 1.
export function colour(evidence) {
  const at = (evidence + 1) / 2 * (table.length - 1);
  const first = Math.min(Math.floor(at), table.length - 2);
  const mixed = table[first].map((from, i) => from + (at - first) * (table[first + 1][i] - from));
  // Steeper at first, or weak evidence would be lost on a dark scan.
  return [...mixed, cover * Math.abs(evidence) ** 0.75];
}

const steps = 512;
const colours = Array.from({ length: steps + 1 }, (_, i) => colour(2 * i / steps - 1));

// Keys 1981, "Cubic Convolution Interpolation for Digital Image Processing", with a = -1/2.
const keys = (t) => t < 1 ? (1.5 * t - 2.5) * t * t + 1 : t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;

// For each pixel of an axis four cells about it, the outermost repeated, and how much each counts; null outside the map.
function places(start, length, pixels, cells) {
  return Array.from({ length: pixels }, (_, i) => {
    const share = ((i + 0.5) / pixels - start) / length;
    if (share < 0 || share > 1) return null;
    const at = Math.min(Math.max(share * cells - 0.5, 0), cells - 1);
    return [-1, 0, 1, 2].map((step) => Math.floor(at) + step)
      .map((cell) => [Math.min(Math.max(cell, 0), cells - 1), keys(Math.abs(at - cell))]);
  });
}

// [height, width]: the evidence of each pixel of an image.
function over({ width: cells, height: rows, area: [left, top, wide, high], values }, width, height) {
  const across = places(left, wide, width, cells);
  const down = places(top, high, height, rows);
  const image = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    if (!down[y]) continue;
    const row = Array.from({ length: cells }, (_, i) => down[y].reduce((sum, [cell, weight]) => sum + weight * values[cell * cells + i], 0));
    for (let x = 0; x < width; x++) {
      if (across[x]) image[y * width + x] = across[x].reduce((sum, [cell, weight]) => sum + weight * row[cell], 0);
    }
  }
  return image;
}

// Colours the pixels of an image, RGBA, by `share` of the full strength; `limit` is the strongest colour's evidence.
export function paint(pixels, width, height, map, limit, share) {
  const evidence = over(map, width, height);
  for (let i = 0, to = 0; i < evidence.length; i++, to += 4) {
    const [red, green, blue, opacity] = colours[Math.round((Math.min(Math.max(evidence[i] / limit, -1), 1) + 1) * steps / 2)];
    const part = share * opacity;
    pixels[to] += part * (red - pixels[to]);
    pixels[to + 1] += part * (green - pixels[to + 1]);
    pixels[to + 2] += part * (blue - pixels[to + 2]);
  }
}

// The bar of the colours, as the background of an element.
export const bar = `linear-gradient(to right, ${Array.from({ length: 9 }, (_, i) => {
  const [red, green, blue] = colour(i / 4 - 1);
  return `rgb(${red} ${green} ${blue})`;
}).join(", ")})`;
