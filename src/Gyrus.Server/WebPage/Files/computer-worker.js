// Beside the page, so that it can be used meanwhile: the browser decodes images, ONNX Runtime computes the network, and all between is Gyrus itself as WebAssembly.
import { dotnet } from "./computer/dotnet.js";
import * as ort from "./computer/ort.wasm.min.mjs";
import { text } from "./text.js";

let gyrus = null;
let studies = null;
let session = null;
let names = null;

async function open({ description, network, views }) {
  const place = new URL("computer/", import.meta.url).href;
  ort.env.wasm.wasmPaths = place;
  // More need a page that is cut off from all others.
  ort.env.wasm.numThreads = 1;
  const runtime = await dotnet.create();
  ({ PageClassifier: gyrus, PageStudy: studies } = (await runtime.getAssemblyExports("Gyrus.Browser.dll")).Gyrus.Browser);
  session = await ort.InferenceSession.create(new Uint8Array(network), { executionProviders: ["wasm"], graphOptimizationLevel: "all" });
  const shapes = Object.fromEntries(session.outputMetadata.map(({ name, shape }) => [name, shape.map((size) => typeof size === "number" ? size : 0)]));
  names = JSON.parse(gyrus.Open(description, JSON.stringify(shapes), views));
}

// PNG, JPEG, WebP and GIF by their first bytes; the others are Gyrus's own to read.
const decodedHere = [[0x89, 0x50, 0x4e, 0x47], [0xff, 0xd8, 0xff], [0x52, 0x49, 0x46, 0x46], [0x47, 0x49, 0x46, 0x38]];

// A browser keeps 8 of a sample's 16 bits: the answer would be another. PNG, section 11.2.1: the bit depth is the header's ninth byte.
const hasSixteenBits = (bytes) => bytes[0] === 0x89 && bytes[24] === 16;

async function pixels(file) {
  const image = await createImageBitmap(file, { colorSpaceConversion: "none", premultiplyAlpha: "none" });
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d", { willReadFrequently: true });
  context.drawImage(image, 0, 0);
  const { width, height, data } = context.getImageData(0, 0, image.width, image.height);
  image.close();
  return { width, height, data: new Uint8Array(data.buffer) };
}

async function prepare(file, name, heatMap, label) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!decodedHere.some((start) => start.every((byte, i) => bytes[i] === byte))) return gyrus.PrepareFile(name, bytes, heatMap, label);
  if (hasSixteenBits(bytes)) throw new Error(text.sixteenBits);
  let image;
  try {
    image = await pixels(file);
  } catch {
    throw new Error(text.notDecoded);
  }
  return gyrus.PreparePixels(image.data, image.width, image.height, heatMap, label);
}

// A PNG as a data address, as the service sends it.
async function picture([width, height]) {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d").putImageData(new ImageData(new Uint8ClampedArray(gyrus.Picture()), width, height), 0, 0);
  return new FileReaderSync().readAsDataURL(await canvas.convertToBlob());
}

const bytesOf = (array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

async function compute(input) {
  const values = new Float32Array(input.buffer, input.byteOffset, input.byteLength / 4);
  const outputs = await session.run({ [names.input]: new ort.Tensor("float32", values, names.shape) }, names.outputs);
  for (const output of names.outputs) gyrus.Give(output, bytesOf(outputs[output].data));
}

async function classifyStudy({ files, heatMap }, tell) {
  studies.Begin();
  for (const file of files) studies.Add(file.name, new Uint8Array(await file.arrayBuffer()));
  try {
    const slices = studies.Read();
    for (let slice = 0; slice < slices; slice++) {
      tell({ done: slice, all: slices });
      const input = studies.PrepareSlice(slice, heatMap);
      if (!input) continue;
      await compute(input);
      studies.AnswerSlice(slice);
    }
    return { ...JSON.parse(studies.Answer(heatMap)), here: true };
  } finally {
    studies.Begin();
  }
}

async function classify({ file, name, heatMap, label }) {
  let input;
  try {
    input = await prepare(file, name, heatMap, label || null);
  } catch (error) {
    return { path: name, error: error.message, here: true };
  }
  await compute(input);
  const { heatmapSize, ...answer } = JSON.parse(gyrus.Answer(name));
  return { ...answer, ...heatmapSize && { heatmap: await picture(heatmapSize) }, here: true };
}

let last = Promise.resolve();

function work({ number, ...asked }) {
  if (asked.open) return open(asked.open);
  return asked.study ? classifyStudy(asked.study, (progress) => self.postMessage({ number, progress })) : classify(asked);
}

self.addEventListener("message", ({ data }) => {
  last = last.then(() => work(data)).then(
    (value) => self.postMessage({ number: data.number, value }),
    (error) => self.postMessage({ number: data.number, fault: String(error?.message ?? error) }));
});
