// What a file is, by its first bytes.
const enough = 352;

async function beginning(stream) {
  const reader = stream.getReader();
  const bytes = new Uint8Array(enough);
  let filled = 0;
  try {
    while (filled < enough) {
      const { done, value } = await reader.read();
      if (done) break;
      const part = value.subarray(0, enough - filled);
      bytes.set(part, filled);
      filled += part.length;
    }
  } catch {
    // Packed bytes that do not unfold, or a file that went away: it is nothing.
  }
  reader.cancel().catch(() => {});
  return bytes.subarray(0, filled);
}

// The bytes that packed ones unfold to.
export const unfolded = (packed, format) => new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream(format))).arrayBuffer();

export const isPacked = (bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b;

const textAt = (bytes, at, length) => String.fromCharCode(...bytes.subarray(at, at + length));

// nifti1.h and nifti2.h: the mark is at the header's end, or at its beginning.
const isNifti = (bytes) => /^n(\+|i)[12]\0$/.test(textAt(bytes, 344, 4)) || /^n(\+|i)[12]\0$/.test(textAt(bytes, 4, 4));

// PS3.10 section 7.1; without the preamble a file begins with an element of group 2 or 8.
const isDicom = (bytes) => textAt(bytes, 128, 4) === "DICM"
  || ((bytes[0] === 2 || bytes[0] === 8) && bytes[1] === 0 && bytes[3] === 0 && bytes.length >= 132);

// "dicom", "nifti" or null.
export async function kindOf(file) {
  let bytes = await beginning(file.slice(0, enough).stream());
  if (isPacked(bytes)) bytes = await beginning(file.stream().pipeThrough(new DecompressionStream("gzip")));
  return isNifti(bytes) ? "nifti" : isDicom(bytes) ? "dicom" : null;
}
