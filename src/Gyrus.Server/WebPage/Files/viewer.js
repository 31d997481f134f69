// Shows the slices of a series: wheel, keys, a slide and the curve scroll, dragging sets the window, and a heat map lies over each slice as far as is wanted.
import { draw } from "./curve.js";
import { bar, paint } from "./evidence.js";
import { pixelsOf, usualWindow, wholeRange } from "./pictures.js";
import { text } from "./text.js";

// In Hounsfield units, as the command line has them.
const presets = { brain: [40, 80], subdural: [75, 215], stroke: [40, 40], bone: [600, 2800], soft: [50, 350] };

const page = 10;

// Pixels of a trackpad, or of a finger, that are one slice.
const wheelStep = 40;
const fingerStep = 12;

const off = document.createElement("canvas");

export function viewer(place, reader) {
  const part = (name) => place.querySelector(`.${name}`);
  const [stage, canvas, curve, slide, heat] = ["stage", "slice", "curve", "slide", "heat"].map(part);
  const [preset, centre, width] = ["preset", "centre", "width"].map(part);
  part("bar").style.backgroundImage = bar;
  let series = null;
  let slice = 0;
  let shown = null;
  // Null for each slice's own.
  let window = null;
  let mark = () => {};

  const used = () => window ?? usualWindow(shown);

  function show(next) {
    series = next;
    shown = null;
    window = null;
    const { answers, carrying, modality, heatmapLimit } = series;
    slide.max = answers.length;
    for (const element of [stage, curve]) element.setAttribute("aria-valuemax", answers.length);
    preset.replaceChildren(new Option(text.ownWindow, "own"), new Option(text.wholeWindow, "whole"));
    if (modality === "ct") for (const name of Object.keys(presets)) preset.add(new Option(text.windows[name], name));
    preset.add(new Option(text.handWindow, "hand"));
    part("strength").hidden = !heatmapLimit || !answers.some(({ heatmap, counts }) => heatmap && counts);
    part("least").textContent = `−${heatmapLimit} ${text.against}`;
    part("most").textContent = `+${heatmapLimit} ${text.speaksFor}`;
    const isOf = ({ path, frame }) => (other) => other.path === path && other.frame === frame;
    const places = carrying.map((one) => answers.findIndex(isOf(one))).filter((at) => at >= 0);
    part("probabilities").hidden = !answers.some(({ counts }) => counts);
    mark = draw(curve, answers, places, go);
    go(places[0] ?? Math.floor(answers.length / 2));
  }

  async function go(to) {
    const count = series.answers.length;
    slice = Math.min(Math.max(to, 0), count - 1);
    const answer = series.answers[slice];
    mark(slice);
    slide.value = slice + 1;
    const said = text.sliceSays(slice + 1, count, answer);
    part("says").textContent = said;
    part("of").textContent = answer.path + (answer.frame ? ` #${answer.frame}` : "");
    for (const element of [stage, curve]) {
      element.setAttribute("aria-valuenow", slice + 1);
      element.setAttribute("aria-valuetext", said);
    }
    try {
      const image = await reader.image(answer, series.plane);
      if (answer !== series.answers[slice]) return;
      shown = image;
      part("unseen").hidden = true;
      canvas.hidden = false;
      drawSlice();
    } catch (error) {
      if (answer !== series.answers[slice]) return;
      shown = null;
      canvas.hidden = true;
      part("unseen").textContent = text.unseen(error.message);
      part("unseen").hidden = false;
    }
    part("window").hidden = !shown?.values;
  }

  function drawSlice() {
    const { width: across, height: down, ratio } = shown;
    const answer = series.answers[slice];
    const window = shown.values ? used() : null;
    const pixels = pixelsOf(shown, window ?? {});
    if (answer.heatmap && answer.counts && heat.value > 0) paint(pixels, across, down, answer.heatmap, series.heatmapLimit, heat.value / 100);
    [off.width, off.height] = [across, down];
    off.getContext("2d").putImageData(new ImageData(pixels, across, down), 0, 0);
    [canvas.width, canvas.height] = ratio >= 1 ? [across, Math.round(down * ratio)] : [Math.round(across / ratio), down];
    canvas.getContext("2d").drawImage(off, 0, 0, canvas.width, canvas.height);
    canvas.dataset.slice = slice + 1;
    if (!window) return;
    [centre.value, width.value] = [rounded(window.centre), rounded(window.width)];
  }

  const rounded = (value) => Number(Math.abs(value) < 10 ? value.toPrecision(3) : value.toFixed(1));

  function setWindow(next, name) {
    window = next;
    preset.value = name;
    if (shown) drawSlice();
  }

  const keys = {
    ArrowUp: () => slice - 1, ArrowLeft: () => slice - 1, ArrowDown: () => slice + 1, ArrowRight: () => slice + 1,
    PageUp: () => slice - page, PageDown: () => slice + page, Home: () => 0, End: () => Infinity,
  };
  for (const element of [stage, curve]) {
    element.addEventListener("keydown", (event) => {
      if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      go(keys[event.key]());
    });
  }

  let turned = 0;
  stage.addEventListener("wheel", (event) => {
    if (event.ctrlKey) return;
    event.preventDefault();
    // A notch of a wheel is a slice, however many pixels it is; a trackpad gives a few at a time.
    turned += event.deltaMode === 0 && Math.abs(event.deltaY) < wheelStep ? event.deltaY / wheelStep : Math.sign(event.deltaY);
    const steps = Math.trunc(turned);
    turned -= steps;
    if (steps) go(slice + steps);
  }, { passive: false });

  let drag = null;
  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !shown) return;
    stage.setPointerCapture(event.pointerId);
    drag = { x: event.clientX, y: event.clientY, slice, window: shown.values && used(), range: shown.values && wholeRange(shown).width };
  });
  stage.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const [right, down] = [event.clientX - drag.x, event.clientY - drag.y];
    if (event.pointerType === "touch") {
      go(drag.slice + Math.trunc(right / fingerStep));
    } else if (drag.window && (right || down)) {
      // Half the range of values, or twice the window where that is less, across the picture.
      const step = Math.min(drag.range / 2, 2 * drag.window.width) / stage.clientWidth;
      setWindow({ centre: drag.window.centre + step * down, width: Math.max(drag.window.width + step * right, drag.range / 1000), isExact: true }, "hand");
    }
  });
  for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, () => { drag = null; });

  slide.addEventListener("input", () => go(slide.value - 1));
  heat.addEventListener("input", () => { if (shown) drawSlice(); });
  preset.addEventListener("change", () => {
    const [middle, wide] = presets[preset.value] ?? [];
    if (preset.value === "own") setWindow(null, "own");
    else if (preset.value === "whole") setWindow(wholeRange(shown), "whole");
    else setWindow(wide ? { centre: middle, width: wide } : used(), preset.value);
  });
  for (const field of [centre, width]) {
    field.addEventListener("change", () => {
      if (field.value !== "" && Number(width.value) > 0) setWindow({ centre: Number(centre.value), width: Number(width.value), isExact: true }, "hand");
    });
  }
  return { show };
}
