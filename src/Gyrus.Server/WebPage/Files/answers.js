// Shows one answer: the scan with its heat map, the answer in words, what it is worth, bars.
import { percent, text } from "./text.js";

// `file` is null for an answer from before the page was loaded, of which there is no picture.
export function show(name, file, answer, list, model) {
  const article = document.getElementById("answer").content.cloneNode(true).firstElementChild;
  article.querySelector("h3").textContent = name;
  article.querySelectorAll("[data-text]").forEach((element) => { element.textContent = text[element.dataset.text]; });
  const verdict = article.querySelector(".verdict");
  if (answer.error || !answer.accepted) {
    verdict.textContent = answer.error ? text.saysNothing(answer.error) : text.saysRefused(answer.reason);
    article.classList.add("none");
  } else {
    verdict.textContent = saying(answer);
    if (answer.verdict) {
      article.classList.add(answer.verdict);
      article.querySelector(".why").textContent = why(answer, healthyOf(model));
    }
    addLimits(article.querySelector(".limits"), answer, model);
    if (answer.set) {
      article.querySelector(".set").textContent = answer.set.length
        ? text.setOf(answer.set.map(text.labelName).join("; ")) : text.setEmpty;
    }
    addBars(article.querySelector(".bars"), answer.probabilities);
    if (file === null) article.querySelector(".again").textContent = text.again;
    else if (answer.heatmap) addPicture(article.querySelector("figure"), file, answer);
  }
  if (answer.here) article.querySelector(".made").textContent = text.madeHere;
  list.prepend(article);
}

const healthyOf = ({ labelMeanings }) => labelMeanings.filter(({ isTumour }) => isTumour === false).map(({ name }) => name);

// Beside the answer, since nobody opens a card for what they do not know to be in it.
export function addLimits(place, { verdict, worth }, { limits, threshold }) {
  place.querySelector(".worth").textContent = verdict === "healthy" ? text.worthNone(part(threshold?.sensitivity), worth)
    : verdict === "tumour" ? text.worthTumour(part(threshold?.specificity), worth) : "";
  for (const limit of limits) place.querySelector("ul").append(Object.assign(document.createElement("li"), { textContent: limit }));
  place.hidden = false;
}

const part = (share) => typeof share === "number" ? percent(1 - share) : null;

function saying({ verdict, tumour, threshold, type, label, probabilities }) {
  if (!verdict) return text.saysLabel(text.labelName(label), percent(probabilities[label]));
  return (verdict === "tumour" ? text.saysTumour : text.saysHealthy)(percent(tumour), percent(threshold))
    + (type ? ` ${text.saysType(text.labelName(type))}` : "");
}

const byProbability = (probabilities) => Object.entries(probabilities).sort((a, b) => b[1] - a[1]);

// The highest bar is not always the answer's label, and a reader wonders.
function why({ label, verdict, probabilities }, healthy) {
  const [[top]] = byProbability(probabilities);
  if (top === label) return "";
  const topIsHealthy = healthy.includes(top);
  if (topIsHealthy === (verdict === "healthy")) return text.whyModality(text.labelName(top));
  return (topIsHealthy ? text.whyTumour : text.whyHealthy)(text.labelName(top));
}

function addBars(bars, probabilities) {
  for (const [label, probability] of byProbability(probabilities)) {
    const name = document.createElement("dt");
    name.textContent = text.labelName(label);
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

// The scan is to be seen before the heat map, which could lead the eye. It lies over the left part of the picture, which shows the same scan
// with colours, and is clipped away from the left as the slide is moved.
function addPicture(figure, file, answer) {
  const map = figure.querySelector(".map");
  const scan = figure.querySelector(".scan");
  const slide = figure.querySelector("label");
  const [width, height] = answer.heatmapScan;
  if (answer.heatmapLabel) figure.querySelector("figcaption").textContent = text.mapShows(answer.heatmapLabel);
  map.addEventListener("load", () => {
    scan.style.width = `${100 * width / map.naturalWidth}%`;
    scan.style.height = `${100 * height / map.naturalHeight}%`;
  });
  map.src = answer.heatmap;
  map.alt = text.mapOf(file.name, answer.heatmapLabel);
  scan.addEventListener("load", () => {
    URL.revokeObjectURL(scan.src);
    figure.querySelector(".stack").hidden = slide.hidden = false;
  });
  scan.addEventListener("error", () => {
    scan.remove();
    const choice = figure.querySelector(".unshown");
    choice.hidden = false;
    choice.querySelector("button").addEventListener("click", () => {
      choice.hidden = true;
      figure.querySelector(".stack").hidden = false;
    });
  });
  scan.src = URL.createObjectURL(file);
  scan.alt = text.scanOf(file.name);
  const place = slide.querySelector("input");
  const reveal = () => { scan.style.clipPath = `inset(0 0 0 ${place.value}%)`; };
  place.addEventListener("input", reveal);
  reveal();
  figure.hidden = false;
}
