// Shows one answer: the scan with its heat map, the answer in words, bars.
import { text } from "./text.js";

const percent = (value) => `${(100 * value).toFixed(1)} %`;

export function show(file, answer, list) {
  const article = document.getElementById("answer").content.cloneNode(true).firstElementChild;
  article.querySelector("h3").textContent = file.name;
  article.querySelectorAll("[data-text]").forEach((element) => { element.textContent = text[element.dataset.text]; });
  const verdict = article.querySelector(".verdict");
  if (answer.error || !answer.accepted) {
    verdict.textContent = answer.error ? text.saysNothing(answer.error) : text.saysRefused(answer.reason);
    article.classList.add("none");
  } else {
    article.classList.add(answer.verdict);
    verdict.textContent = (answer.verdict === "tumour" ? text.saysTumour : text.saysHealthy)(
      percent(answer.tumour), percent(answer.threshold)) + (answer.type ? ` ${text.saysType(text.labels[answer.type])}` : "");
    if (answer.set) {
      article.querySelector(".set").textContent = answer.set.length
        ? text.setOf(answer.set.map((label) => text.labels[label]).join("; ")) : text.setEmpty;
    }
    addBars(article.querySelector(".bars"), answer.probabilities);
  }
  if (answer.accepted && answer.heatmap) addPicture(article.querySelector("figure"), file, answer);
  list.prepend(article);
}

function addBars(bars, probabilities) {
  const sorted = Object.entries(probabilities).sort((a, b) => b[1] - a[1]);
  for (const [label, probability] of sorted) {
    const name = document.createElement("dt");
    name.textContent = text.labels[label];
    const value = document.createElement("dd");
    const bar = document.createElement("span");
    const filled = document.createElement("i");
    filled.style.width = `${100 * probability}%`;
    bar.append(filled);
    const number = document.createElement("b");
    number.textContent = percent(probability);
    value.append(bar, number);
    bars.append(name, value);
  }
}

// The scan lies over the left part of the picture, which shows the same scan with colours, and is clipped away.
function addPicture(figure, file, answer) {
  const map = figure.querySelector(".map");
  const scan = figure.querySelector(".scan");
  map.src = answer.heatmap;
  map.alt = text.mapOf(file.name);
  const [width, height] = answer.heatmapScan;
  map.addEventListener("load", () => {
    scan.style.width = `${100 * width / map.naturalWidth}%`;
    scan.style.height = `${100 * height / map.naturalHeight}%`;
  });
  // A format that the browser does not know is shown by the picture alone.
  scan.addEventListener("error", () => scan.remove());
  scan.addEventListener("load", () => URL.revokeObjectURL(scan.src));
  scan.src = URL.createObjectURL(file);
  scan.alt = text.scanOf(file.name);
  const slide = figure.querySelector("input");
  const reveal = () => { scan.style.clipPath = `inset(0 0 0 ${slide.value}%)`; };
  slide.addEventListener("input", reveal);
  reveal();
  figure.hidden = false;
}
