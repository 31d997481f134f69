// NIfTI volumes, cut as the service cuts them: nifti1.h and nifti2.h of the NIfTI data format working group.
import { isPacked, unfolded } from "./bytes.js";
import { text } from "./text.js";

// From the code of a type: bytes, and how a number is read of a DataView.
const types = {
  2: [1, "getUint8"], 4: [2, "getInt16"], 8: [4, "getInt32"], 16: [4, "getFloat32"], 64: [8, "getFloat64"], 256: [1, "getInt8"],
  512: [2, "getUint16"], 768: [4, "getUint32"], 1024: [8, "getBigInt64"], 1280: [8, "getBigUint64"], 128: [3, null], 2304: [4, null],
};

// Directions: 0 left to right, 1 back to front, 2 foot to head. Images run from the right, from the front and from the head.
const planes = { axial: [0, 1, 2], coronal: [0, 2, 1], sagittal: [1, 2, 0] };

// As the service: air on CT is at -1000, and tissue nowhere below -200.
const air = -500;

export async function read(file) {
  let bytes = await file.arrayBuffer();
  if (isPacked(new Uint8Array(bytes, 0, 2))) bytes = await unfolded(bytes, "gzip");
  const view = new DataView(bytes);
  const isSecond = [348, 540].map((size) => view.getInt32(0, true) === size || view.getInt32(0, false) === size)[1];
  const little = view.getInt32(0, true) === (isSecond ? 540 : 348);
  const real = (first, second, i) => isSecond ? view.getFloat64(second + 8 * i, little) : view.getFloat32(first + 4 * i, little);
  const whole = (first, second) => isSecond ? view.getInt32(second, little) : view.getInt16(first, little);
  const size = [1, 2, 3].map((i) => Math.max(1, isSecond ? Number(view.getBigInt64(16 + 8 * i, little)) : view.getInt16(40 + 2 * i, little)));
  const steps = [0, 1, 2, 3].map((i) => real(76, 104, i));
  let [slope, intercept] = [real(112, 176, 0), real(116, 184, 0)];
  if (slope === 0 || !Number.isFinite(slope) || !Number.isFinite(intercept)) [slope, intercept] = [1, 0];
  const type = types[view.getInt16(isSecond ? 12 : 70, little)];
  if (!type) throw new Error(text.notDrawn("NIfTI"));
  const rows = whole(254, 348) > 0 ? [0, 4, 8].map((from) => [0, 1, 2].map((i) => real(280, 400, from + i)))
    : whole(252, 344) > 0 ? turned(steps, [0, 1, 2].map((i) => real(256, 352, i)))
    : [0, 1, 2].map((row) => [0, 1, 2].map((axis) => row === axis ? steps[axis + 1] : 0));
  const volume = {
    size,
    spacing: steps.slice(1).map((step) => step === 0 || !Number.isFinite(step) ? 1 : Math.abs(step)),
    axes: axesOf(rows),
    value: reader(view, little, type, isSecond ? Number(view.getBigInt64(168, little)) : view.getFloat32(108, little), slope, intercept),
  };
  // The service looks at the middle of each plane.
  volume.isCt = Object.keys(planes).some((plane) => {
    const { values } = image(volume, plane, Math.floor(size[volume.axes.axis[planes[plane][2]]] / 2));
    return values.some((value) => value <= air);
  });
  return volume;
}

function reader(view, little, [bytes, get], offset, slope, intercept) {
  if (get === null) {
    // ITU-R BT.601.
    return (index) => 0.299 * view.getUint8(offset + index * bytes) + 0.587 * view.getUint8(offset + index * bytes + 1) + 0.114 * view.getUint8(offset + index * bytes + 2);
  }
  return (index) => Number(view[get](offset + index * bytes, little)) * slope + intercept;
}

// By a quaternion: method 2 of nifti1.h.
function turned(steps, [b, c, d]) {
  const a = Math.sqrt(Math.max(0, 1 - b * b - c * c - d * d));
  const along = [steps[1], steps[2], steps[3] * (steps[0] < 0 ? -1 : 1)];
  const turn = [
    [a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)],
    [2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)],
    [2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - c * c - b * b],
  ];
  return turn.map((row) => row.map((value, axis) => value * along[axis]));
}

// For each direction the volume's axis that is nearest, of all ways to pair them the one that leans least.
function axesOf(rows) {
  const along = (direction, axis) => rows[direction][axis] / (Math.hypot(...rows.map((row) => row[axis])) || 1);
  const leaning = (order) => order.reduce((sum, axis, direction) => sum + Math.abs(along(direction, axis)), 0);
  const orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
  const axis = orders.reduce((best, order) => leaning(order) > leaning(best) ? order : best);
  return { axis, isReversed: axis.map((one, direction) => along(direction, one) < 0) };
}

// A slice, as radiologists look at it.
export function image({ size, spacing, axes, value, isCt }, plane, slice) {
  const [across, down, through] = planes[plane];
  const [x, y, z] = [across, down, through].map((direction) => axes.axis[direction]);
  const [width, height] = [size[x], size[y]];
  const steps = [1, size[0], size[0] * size[1]];
  const base = (axes.isReversed[through] ? size[z] - 1 - slice : slice) * steps[z];
  const values = new Float32Array(width * height);
  for (let row = 0, i = 0; row < height; row++) {
    const line = base + (axes.isReversed[down] ? row : height - 1 - row) * steps[y];
    for (let column = 0; column < width; column++, i++) values[i] = value(line + (axes.isReversed[across] ? column : width - 1 - column) * steps[x]);
  }
  return { width, height, ratio: spacing[y] / spacing[x], values, isInverted: false, window: null, isCt };
}
