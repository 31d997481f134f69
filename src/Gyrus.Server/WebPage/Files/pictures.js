// The slices of series as pictures: reads them from the files that were dropped, and brings their values to greys through a window.
import * as dicom from "./dicom.js";
import * as nifti from "./nifti.js";

const mostFiles = 8;
const mostSlices = 48;

// Remembers what was asked for last.
function recent(most, make) {
  const made = new Map();
  return (key, ...more) => {
    const found = made.get(key) ?? make(key, ...more);
    made.delete(key);
    made.set(key, found);
    found.catch?.(() => made.delete(key));
    if (made.size > most) made.delete(made.keys().next().value);
    return found;
  };
}

// Reads slices of files, `kinds` being what each file is.
export function sliceReader(files, kinds) {
  const object = recent(mostFiles, (number) => dicom.read(files[number]));
  // One volume may fill the memory of a phone.
  const volume = recent(1, (number) => nifti.read(files[number]));
  const slice = recent(mostSlices, async (_, { file, frame }, plane) => kinds[file] === "nifti"
    ? nifti.image(await volume(file), plane, frame - 1) : dicom.image(await object(file), (frame ?? 1) - 1));
  return {
    image: (answer, plane) => slice(`${answer.file}#${answer.frame}#${plane}`, answer, plane),
    patient: async (answer) => kinds[answer.file] === "nifti" ? null : dicom.patientOf(await object(answer.file)),
  };
}

// The window that a slice has of itself: its file's, that of a brain for CT, else from the 1st to the 99th percentile of what is brighter than air. As the service.
export function usualWindow({ window, isCt, values }) {
  if (window) return window;
  if (isCt) return { centre: 40, width: 80 };
  const all = between(values);
  const darkest = all.centre - all.width / 2 + 0.1 * all.width;
  const brighter = values.filter((value) => value > darkest);
  return brighter.length ? between(brighter) : all;
}

export function wholeRange({ values }) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low < high ? { centre: (low + high) / 2, width: high - low, isExact: true } : { centre: low, width: 1, isExact: true };
}

function between(values) {
  const sorted = values.filter(Number.isFinite).sort();
  if (!sorted.length) return { centre: 0, width: 1 };
  const [black, white] = [sorted[Math.floor(0.01 * (sorted.length - 1))], sorted[Math.ceil(0.99 * (sorted.length - 1))]];
  return { centre: (black + white) / 2, width: Math.max(white - black, 1e-6), isExact: true };
}

// RGBA. A window is as PS3.3 section C.11.2.1 has it: from edge to edge where it is exact, else from half a step below.
export function pixelsOf({ values, colours, isInverted }, { centre, width, isExact }) {
  if (colours) return colours.slice();
  const pixels = new Uint8ClampedArray(values.length * 4);
  const [scale, black] = isExact || width <= 1 ? [255 / width, centre - width / 2] : [255 / (width - 1), centre - width / 2];
  for (let i = 0, to = 0; i < values.length; i++, to += 4) {
    const grey = (values[i] - black) * scale;
    pixels[to] = pixels[to + 1] = pixels[to + 2] = isInverted ? 255 - grey : grey;
    pixels[to + 3] = 255;
  }
  return pixels;
}
