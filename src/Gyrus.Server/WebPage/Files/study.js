// Studies: sends the files of a drop together, and shows the answers with the pictures, which this browser draws of the same files.
import { addLimits } from "./answers.js";
import { kindOf } from "./bytes.js";
import * as dicom from "./dicom.js";
import { sliceReader } from "./pictures.js";
import { call } from "./service.js";
import { percent, text } from "./text.js";
import { viewer } from "./viewer.js";

const looksAtOnce = 64;

// Which of the files are of studies, with what each is, and which are images of their own.
export async function sorted(files) {
  const kinds = [];
  for (let from = 0; from < files.length; from += looksAtOnce) kinds.push(...await Promise.all(files.slice(from, from + looksAtOnce).map(kindOf)));
  const known = files.map((file, i) => ({ file, kind: kinds[i] })).filter(({ kind }) => kind);
  const isStudy = known.length > 1 || (known.length === 1 && (known[0].kind === "nifti" || await hasFrames(known[0].file)));
  return isStudy ? { study: known, images: files.filter((_, i) => !kinds[i]) } : { study: [], images: files };
}

async function hasFrames(file) {
  try {
    return dicom.canRead() && dicom.framesOf(await dicom.read(file)) > 1;
  } catch {
    return false;
  }
}

// The service's answer to the files of studies.
export function answerOf(files, model) {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes > model.largestStudy) throw new Error(text.studyTooLarge(bytes, model.largestStudy));
  const form = new FormData();
  for (const file of files) form.append("file", file, file.name);
  return call(`v1/classify-study?heatmap=${model.heatMaps}`, { method: "POST", body: form });
}

// Answers a study, and shows it; `ask` gets the answer to its files.
export async function classifyStudy(study, list, model, ask) {
  const answer = await ask(study.map(({ file }) => file), model);
  const reader = sliceReader(study.map(({ file }) => file), study.map(({ kind }) => kind));
  for (const one of answer.studies) show(one, answer, reader, list, model);
  return answer.studies.length;
}

function show(study, { duplicates, faults, here }, reader, list, model) {
  const article = document.getElementById("study").content.cloneNode(true).firstElementChild;
  article.querySelectorAll("[data-text]").forEach((element) => { element.textContent = text[element.dataset.text]; });
  article.querySelectorAll("[data-label]").forEach((element) => { element.setAttribute("aria-label", text[element.dataset.label]); });
  article.querySelector("h3").textContent = study.series[0].answers[0]?.path ?? study.path;
  reader.patient(study.series[0].answers[0]).then((patient) => { if (patient) addPatient(article, patient); }, () => {});
  article.querySelector(".verdict").textContent = study.accepted
    ? (study.verdict === "tumour" ? text.saysTumour : text.saysHealthy)(percent(study.tumour), percent(study.threshold)) : text.saysRefused(study.reason);
  article.classList.add(study.accepted ? study.verdict : "none");
  if (study.accepted) addLimits(article.querySelector(".limits"), study, { limits: model.limits });
  article.querySelector(".left").textContent = [...faults, duplicates ? text.duplicates(duplicates) : ""].filter(Boolean).join(" ");
  if (here) article.querySelector(".made").textContent = text.madeHere;
  list.prepend(article);
  const pictures = viewer(article.querySelector(".viewer"), reader);
  addSeries(article.querySelector(".series"), study.series, pictures);
}

// Of the file, by this browser.
function addPatient(article, { name, id, date, study }) {
  article.querySelector("h3").textContent = [name || text.nameless, id, date, study].filter(Boolean).join(" · ");
  article.querySelector(".whose").hidden = false;
}

function addSeries(place, all, pictures) {
  const buttons = all.map((series) => {
    const button = document.createElement("button");
    button.type = "button";
    const says = document.createElement("span");
    says.textContent = series.accepted
      ? text.seriesSays(series.verdict, percent(series.tumour)) + (series.type ? ` ${text.saysType(text.labelName(series.type))}` : "") : series.reason;
    says.className = series.accepted ? series.verdict : "none";
    const name = document.createElement("b");
    name.textContent = text.seriesName(series);
    button.append(name, says);
    button.addEventListener("click", () => choose(series));
    place.appendChild(document.createElement("li")).append(button);
    return button;
  });
  const choose = (series) => {
    buttons.forEach((button, i) => button.setAttribute("aria-pressed", all[i] === series));
    pictures.show(series);
  };
  // What speaks most for a tumour comes first to the eye, or else what can be seen at all.
  choose(all.filter(({ accepted }) => accepted).sort((a, b) => b.tumour - a.tumour)[0] ?? all.find(({ counted }) => counted) ?? all[0]);
}
