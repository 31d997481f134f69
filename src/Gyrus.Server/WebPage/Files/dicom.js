// DICOM images and what their attributes say, by the parser of cornerstone (dicom-parser). Nothing of it leaves the browser.
import { unfolded } from "./bytes.js";
import { unpack, unpackRuns } from "./codecs.js";
import { text } from "./text.js";

const bigEndian = "1.2.840.10008.1.2.2";
const runLengths = "1.2.840.10008.1.2.5";

// PS3.3 section C.12.1.1.2, as browsers call them.
const characterSets = {
  "ISO_IR 100": "latin1", "ISO_IR 101": "iso-8859-2", "ISO_IR 109": "iso-8859-3", "ISO_IR 110": "iso-8859-4", "ISO_IR 144": "iso-8859-5",
  "ISO_IR 127": "iso-8859-6", "ISO_IR 126": "iso-8859-7", "ISO_IR 138": "iso-8859-8", "ISO_IR 148": "windows-1254", "ISO_IR 166": "windows-874",
  "ISO_IR 13": "shift_jis", "ISO_IR 192": "utf-8", GB18030: "gb18030", GBK: "gbk",
};

export const canRead = () => Boolean(globalThis.dicomParser);

// The attributes of a file.
export async function read(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    return await parsed(bytes);
  } catch (error) {
    throw new Error(text.notParsed(error.message ?? error.exception ?? String(error)));
  }
}

async function parsed(bytes) {
  let packedFrom = null;
  const data = dicomParser.parseDicom(bytes, { inflater: (all, position) => all.subarray(0, packedFrom = position) });
  if (packedFrom === null) return data;
  // The parser waits for nothing, and browsers unpack while others wait: so it comes a second time.
  // Browsers refuse whatever follows: a zero that makes the file even (PS3.5 annex A.5), or the eight bytes of a gzip's end, which some writers leave there.
  const without = (end) => unfolded(bytes.subarray(packedFrom, bytes.length - end), "deflate-raw");
  const rest = await without(0).catch(() => without(1)).catch(() => without(8));
  const unpacked = new Uint8Array(await new Blob([bytes.subarray(0, packedFrom), rest]).arrayBuffer());
  return dicomParser.parseDicom(bytes, { inflater: () => unpacked });
}

export const framesOf = (data) => Math.max(1, data.intString("x00280008") || 1);

// The patient as the file names them.
export function patientOf(data) {
  const decoder = new TextDecoder(characterSets[data.string("x00080005")?.split("\\")[0]] ?? "latin1");
  const words = (tag) => {
    const element = data.elements[tag];
    return element?.length ? decoder.decode(data.byteArray.subarray(element.dataOffset, element.dataOffset + element.length)).replace(/[\0 ]+$/, "") : "";
  };
  const date = words("x00080020");
  return {
    // The first of up to three ways of writing it: PS3.5 section 6.2.1.
    name: words("x00100010").split("=")[0].split("^").filter(Boolean).join(", "),
    id: words("x00100020"),
    date: /^\d{8}$/.test(date) ? `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}` : date,
    study: words("x00081030"),
  };
}

const item = (data, tag) => data?.elements[tag]?.items?.[0]?.dataSet;

// A frame's own attribute, else that of all frames, else the object's: PS3.3 section C.7.6.16.
function holder(data, frame, group, tag) {
  const own = data.elements.x52009230?.items?.[frame]?.dataSet;
  return [item(own, group), item(item(data, "x52009229"), group), data].find((place) => place?.elements[tag]?.length);
}

function numbers(data, frame, group, tag) {
  const values = holder(data, frame, group, tag)?.string(tag)?.split("\\").map(Number) ?? [];
  return values.every(Number.isFinite) ? values : [];
}

// A frame, `values` in the units of its modality, or `colours`.
export async function image(data, frame) {
  const layout = layoutOf(data);
  const samples = await stored(data, frame, layout);
  const [row, column] = numbers(data, frame, "x00289110", "x00280030");
  const picture = { width: layout.columns, height: layout.rows, ratio: row > 0 && column > 0 ? row / column : 1, isCt: data.string("x00080060") === "CT" };
  if (layout.samples === 3) return { ...picture, colours: coloursOf(samples, layout) };
  if (!layout.photometric.startsWith("MONOCHROME")) throw new Error(text.notDrawn(layout.photometric));
  const [slope = 1] = numbers(data, frame, "x00289145", "x00281053");
  const [intercept = 0] = numbers(data, frame, "x00289145", "x00281052");
  const [centre] = numbers(data, frame, "x00289132", "x00281050");
  const [width] = numbers(data, frame, "x00289132", "x00281051");
  return {
    ...picture,
    values: valuesOf(samples, layout, slope || 1, intercept),
    isInverted: layout.photometric === "MONOCHROME1",
    window: width >= 1 && centre !== undefined ? { centre, width } : null,
  };
}

function layoutOf(data) {
  const bits = data.uint16("x00280100");
  const layout = {
    rows: data.uint16("x00280010"),
    columns: data.uint16("x00280011"),
    samples: data.uint16("x00280002") ?? 1,
    bits,
    bitsStored: data.uint16("x00280101") ?? bits,
    isSigned: data.uint16("x00280103") === 1,
    isPlanar: data.uint16("x00280006") === 1,
    photometric: data.string("x00280004") ?? "MONOCHROME2",
    frames: framesOf(data),
  };
  layout.highBit = data.uint16("x00280102") ?? layout.bitsStored - 1;
  if (!layout.rows || !layout.columns || !data.elements.x7fe00010) throw new Error(text.noPixels);
  if (![8, 16].includes(bits) || ![1, 3].includes(layout.samples)) throw new Error(text.notDrawn(`${layout.photometric}, ${bits}`));
  return layout;
}

// The samples of a frame as they are stored, colours of a pixel together.
async function stored(data, frame, layout) {
  const syntax = data.string("x00020010") ?? "1.2.840.10008.1.2";
  const element = data.elements.x7fe00010;
  const count = layout.rows * layout.columns * layout.samples;
  if (element.encapsulatedPixelData) {
    const packed = packedFrame(data, element, frame, layout.frames);
    return syntax === runLengths ? unpackRuns(packed, layout) : unpack(syntax, packed, layout);
  }
  const start = data.byteArray.byteOffset + element.dataOffset + frame * count * (layout.bits / 8);
  if ((frame + 1) * count * (layout.bits / 8) > element.length) throw new Error(text.noPixels);
  if (layout.bits === 8) return together(new Uint8Array(data.byteArray.buffer, start, count), layout);
  const view = new DataView(data.byteArray.buffer, start, count * 2);
  const samples = new Uint16Array(count);
  for (let i = 0; i < count; i++) samples[i] = view.getUint16(2 * i, syntax !== bigEndian);
  return together(samples, layout);
}

function packedFrame(data, element, frame, frames) {
  if (frames === 1) return dicomParser.readEncapsulatedPixelDataFromFragments(data, element, 0, element.fragments.length);
  if (element.basicOffsetTable.length) return dicomParser.readEncapsulatedImageFrame(data, element, frame);
  if (element.fragments.length === frames) return dicomParser.readEncapsulatedPixelDataFromFragments(data, element, frame, 1);
  return dicomParser.readEncapsulatedImageFrame(data, element, frame, dicomParser.createJPEGBasicOffsetTable(data, element));
}

function together(samples, { samples: each, isPlanar, rows, columns }) {
  if (each === 1 || !isPlanar) return samples;
  const mixed = new samples.constructor(samples.length);
  for (let i = 0; i < rows * columns; i++) for (let c = 0; c < each; c++) mixed[each * i + c] = samples[c * rows * columns + i];
  return mixed;
}

// PS3.5 section 8.1.1, and the rescaling of PS3.3 section C.11.1.
function valuesOf(samples, { bitsStored, highBit, isSigned }, slope, intercept) {
  const values = new Float32Array(samples.length);
  const [above, below] = [31 - highBit, 32 - bitsStored];
  for (let i = 0; i < values.length; i++) {
    const moved = samples[i] << above;
    values[i] = (isSigned ? moved >> below : moved >>> below) * slope + intercept;
  }
  return values;
}

function coloursOf(samples, { photometric, bitsStored }) {
  const isYbr = photometric.startsWith("YBR_FULL");
  if (!isYbr && photometric !== "RGB") throw new Error(text.notDrawn(photometric));
  const pixels = new Uint8ClampedArray(samples.length / 3 * 4);
  for (let i = 0, to = 0; i < samples.length; i += 3, to += 4) {
    const [a, b, c] = [0, 1, 2].map((sample) => samples[i + sample] >> Math.max(0, bitsStored - 8));
    // PS3.3 section C.7.6.3.1.2.
    pixels.set(isYbr ? [a + 1.402 * (c - 128), a - 0.344136 * (b - 128) - 0.714136 * (c - 128), a + 1.772 * (b - 128), 255] : [a, b, c, 255], to);
  }
  return pixels;
}
