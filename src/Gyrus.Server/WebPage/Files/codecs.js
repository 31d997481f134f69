// Unpacks the pixels of DICOM: runs of bytes here, JPEG, JPEG-LS and JPEG 2000 by the codecs that the service itself uses, which are fetched from it once one is needed.
import { text } from "./text.js";

const decoders = [
  [/^1\.2\.840\.10008\.1\.2\.4\.(5\d|6\d|70)$/, "DecodeJpeg"],
  [/^1\.2\.840\.10008\.1\.2\.4\.8[01]$/, "DecodeJpegLs"],
  [/^1\.2\.840\.10008\.1\.2\.4\.9\d$/, "DecodeJpeg2000"],
  [/^1\.2\.840\.10008\.1\.2\.4\.20\d$/, "DecodeHtJpeg2000"],
];

let fetched = null;

async function open() {
  let memory = null;
  const nothing = () => 0;
  const words = (at, length) => new TextDecoder().decode(new Uint8Array(memory.buffer, at, Math.min(length, 500)));
  const { instance } = await WebAssembly.instantiateStreaming(fetch("dicom-codecs.wasm"), {
    env: {
      onCodecsException: (at, length) => { throw new Error(words(at, length)); },
      onCodecsInfo: nothing,
      onCodecsTrace: nothing,
      emscripten_notify_memory_growth: nothing,
    },
    wasi_snapshot_preview1: {
      proc_exit: (code) => { throw new Error(String(code)); },
      clock_time_get: nothing, fd_write: nothing, fd_close: nothing, fd_seek: nothing, environ_get: nothing,
      environ_sizes_get: (count, size) => {
        new DataView(memory.buffer).setInt32(count, 0, true);
        new DataView(memory.buffer).setInt32(size, 0, true);
        return 0;
      },
    },
  });
  ({ memory } = instance.exports);
  instance.exports._initialize();
  return instance.exports;
}

// The samples of a frame, colours of a pixel together.
export async function unpack(syntax, packed, layout) {
  const decoder = decoders.find(([pattern]) => pattern.test(syntax))?.[1];
  if (!decoder) throw new Error(text.notDrawn(syntax));
  let codecs;
  try {
    codecs = await (fetched ??= open());
  } catch {
    fetched = null;
    throw new Error(text.noCodecs);
  }
  try {
    return decode(codecs, decoder, packed, layout);
  } catch (error) {
    // What a damaged file leaves behind in the codecs is not used again.
    fetched = null;
    throw new Error(text.notUnpacked(error.message));
  }
}

function decode(codecs, decoder, packed, { rows, columns, samples, bits, bitsStored, isSigned }) {
  const context = codecs.CreateCodecsContext();
  const parameters = codecs.CreateDecoderParameters();
  codecs.SetConvertColorspaceToRgb(parameters, 0);
  codecs.SetColumns(context, columns);
  codecs.SetRows(context, rows);
  codecs.SetBitsAllocated(context, bits);
  codecs.SetBitsStored(context, bitsStored);
  codecs.SetSamplesPerPixel(context, samples);
  codecs.SetPixelRepresentation(context, isSigned ? 1 : 0);
  codecs.SetPlanarConfiguration(context, 0);
  // Places in the codecs' own list of photometric interpretations: MONOCHROME2, RGB.
  codecs.SetPhotometricInterpretation(context, samples === 1 ? 1 : 3);
  codecs.SetEncodedBufferSize(context, packed.length);
  new Uint8Array(codecs.memory.buffer, codecs.GetEncodedBuffer(context), packed.length).set(packed);
  codecs[decoder](context, parameters);
  const size = codecs.GetDecodedBufferSize(context);
  if (size !== rows * columns * samples * (bits / 8)) throw new Error(`${size} B`);
  const bytes = codecs.memory.buffer.slice(codecs.GetDecodedBuffer(context), codecs.GetDecodedBuffer(context) + size);
  codecs.ReleaseDecoderParameters(parameters);
  codecs.ReleaseCodecsContext(context);
  return bits === 8 ? new Uint8Array(bytes) : new Uint16Array(bytes);
}

// PS3.5 annex G.
export function unpackRuns(packed, { rows, columns, samples: each, bits }) {
  const bytesEach = bits / 8;
  const header = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const samples = bits === 8 ? new Uint8Array(rows * columns * each) : new Uint16Array(rows * columns * each);
  if (packed.length < 64 || header.getUint32(0, true) !== each * bytesEach) throw new Error(text.noPixels);
  for (let segment = 0; segment < each * bytesEach; segment++) {
    // Of samples of two bytes the segment of the high ones comes first.
    const shift = bytesEach === 2 && segment % 2 === 0 ? 8 : 0;
    let from = header.getUint32(4 + 4 * segment, true);
    for (let at = 0; at < rows * columns;) {
      if (from >= packed.length) throw new Error(text.noPixels);
      const control = packed[from++] << 24 >> 24;
      if (control === -128) continue;
      const count = control >= 0 ? control + 1 : 1 - control;
      for (let i = 0; i < count && at < rows * columns; i++, at++)
        samples[Math.floor(segment / bytesEach) + each * at] |= packed[control >= 0 ? from + i : from] << shift;
      from += control >= 0 ? count : 1;
    }
  }
  return samples;
}
