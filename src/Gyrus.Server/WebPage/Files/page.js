import { show } from "./answers.js";
import { answerHere, studyHere } from "./computer.js";
import { refresh, start } from "./history.js";
import { answers, forget, keep, keepHere, readsHere } from "./seen.js";
import { call, callText, ServiceError } from "./service.js";
import { answerOf as studyAnswerOf, classifyStudy, sorted } from "./study.js";
import { text } from "./text.js";

const status = document.getElementById("status");
const drop = document.getElementById("drop");
const list = document.getElementById("answers");
const keptHere = document.getElementById("kept-here");
const where = document.getElementById("where");
const keeps = document.getElementById("keeps");
const mapsOf = document.querySelector("#maps-of select");

document.querySelectorAll("[data-text]").forEach((element) => { element.textContent = text[element.dataset.text]; });
document.querySelectorAll("[data-label]").forEach((element) => { element.setAttribute("aria-label", text[element.dataset.label]); });

function report(work) {
  return work.catch((error) => { status.textContent = text.failed(error.message); });
}

async function classify(files) {
  if (files.length === 0) return;
  const model = await call("v1/model");
  const { study, images } = tellsTumours(model) ? await sorted(files) : { study: [], images: files };
  if (study.length > 0) {
    status.textContent = isHere() ? text.fetching : text.studyWorking(study.length);
    const here = (dropped) => studyHere(dropped, model, ({ done, all }) => { status.textContent = text.slicesDone(done, all); });
    status.textContent = text.studyFinished(await classifyStudy(study, list, model, isHere() ? here : studyAnswerOf));
  }
  // Beside a study, what is no image at all is no fault: media bring programs and lists.
  const alone = study.length > 0 ? images.filter(({ type }) => type.startsWith("image/")) : images;
  if (alone.length > 0) await classifyImages(alone, model);
}

async function classifyImages(files, model) {
  let [done, answered] = [0, 0];
  const here = isHere();
  try {
    if (here) status.textContent = text.fetching;
    for (; done < files.length; done++) {
      if (done > 0 || !here) status.textContent = text.working(done, files.length);
      const answer = await (here ? answerHere(files[done], model, mapsOf.value) : answerOf(files[done], model));
      show(files[done].name, files[done], answer, list, model);
      keep(files[done].name, answer);
      keptHere.hidden = false;
      if (answer.accepted) answered++;
    }
    status.textContent = text.finished(answered, files.length);
  } catch (error) {
    status.textContent = text.stopped(done, files.length, error.message);
  }
  if (!here) await refresh(report);
}

const isHere = () => where.elements.place.value === "here";

const tellsTumours = ({ labelMeanings }) => [true, false].every((kind) => labelMeanings.some(({ isTumour }) => isTumour === kind))
  && labelMeanings.every(({ isTumour }) => isTumour !== null);

// What is wrong with one file is its answer, and the next file's turn comes; what is wrong with the service ends the work.
async function answerOf(file, model) {
  // Asked here, since the connection of a body that is far too large ends before the service's word on it arrives.
  if (file.size > model.largestImage) return { error: text.tooLarge(file.size, model.largestImage) };
  const form = new FormData();
  try {
    form.append("file", new Blob([await file.arrayBuffer()]), file.name);
  } catch {
    return { error: text.notRead };
  }
  try {
    const of = mapsOf.value ? `&heatmapLabel=${encodeURIComponent(mapsOf.value)}` : "";
    return (await call(`v1/classify?heatmap=${model.heatMaps}${of}`, { method: "POST", body: form })).results[0];
  } catch (error) {
    if (error instanceof ServiceError && error.isOfTheFile) return { error: error.message };
    throw error;
  }
}

for (const id of ["files", "folder"]) {
  const input = document.getElementById(id);
  input.addEventListener("change", () => {
    report(classify([...input.files]));
    input.value = "";
  });
}

async function filesOf(entry) {
  if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const reader = entry.createReader();
  const files = [];
  for (;;) {
    // A reader gives a folder's entries a hundred at a time.
    const entries = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return files;
    for (const inner of entries) files.push(...await filesOf(inner));
  }
}

document.addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.classList.add("over");
});
document.addEventListener("dragleave", () => drop.classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
  report(Promise.all(entries.map(filesOf)).then((lists) => classify(lists.flat())));
});

// Chosen once, it is so until it is chosen otherwise: whoever wants nothing sent does not want to be asked again.
function offerHere(model) {
  document.getElementById("where-here").textContent = text.whereHere(model.networkSize);
  where.hidden = !model.onThisComputer;
  if (model.onThisComputer && readsHere()) where.elements.place.value = "here";
  const tell = () => {
    keeps.textContent = isHere() ? text.neverSent : model.keepsImages ? text.kept : text.notKept;
  };
  where.addEventListener("change", () => {
    keepHere(isHere());
    tell();
  });
  tell();
}

document.getElementById("show-card").addEventListener("click", () => report(callText("v1/model/card").then((html) => {
  // A document of its own runs no scripts while it is read, and this page's policy lets none in.
  document.getElementById("card-text").replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  document.getElementById("card").showModal();
})));

document.getElementById("forget").addEventListener("click", () => {
  forget();
  list.replaceChildren();
  keptHere.hidden = true;
  report(refresh(report));
});

report(call("v1/model").then((model) => {
  document.getElementById("maps-of").hidden = !model.labelHeatMaps;
  if (model.labelHeatMaps) {
    mapsOf.add(new Option(text.usualMap(tellsTumours(model)), ""));
    for (const label of model.labels) mapsOf.add(new Option(text.labelName(label), label));
  }
  document.getElementById("drop-studies").hidden = !tellsTumours(model);
  offerHere(model);
  for (const { name, answer } of answers()) show(name, null, answer, list, model);
  keptHere.hidden = list.childElementCount === 0;
}));
start(report);
