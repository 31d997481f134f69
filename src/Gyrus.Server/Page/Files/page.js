import { show } from "./answers.js";
import { refresh, start } from "./history.js";
import { call } from "./service.js";
import { text } from "./text.js";

const status = document.getElementById("status");
const drop = document.getElementById("drop");

document.querySelectorAll("[data-text]").forEach((element) => { element.textContent = text[element.dataset.text]; });
document.querySelectorAll("[data-label]").forEach((element) => { element.setAttribute("aria-label", text[element.dataset.label]); });

function report(work) {
  return work.catch((error) => { status.textContent = text.failed(error.message); });
}

async function classify(files) {
  if (files.length === 0) return;
  const model = await call("v1/model");
  for (let done = 0; done < files.length; done++) {
    status.textContent = text.working(done, files.length);
    const form = new FormData();
    form.append("file", files[done], files[done].name);
    const answer = await call(`v1/classify?heatmap=${model.heatMaps}`, { method: "POST", body: form });
    show(files[done], answer.results[0], document.getElementById("answers"));
  }
  status.textContent = text.finished(files.length);
  await refresh(report);
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

document.getElementById("show-card").addEventListener("click", () => report(call("v1/model").then((model) => {
  document.getElementById("card-text").textContent = model.card;
  document.getElementById("card").showModal();
})));

report(call("v1/model").then((model) => {
  document.getElementById("keeps").textContent = model.keepsImages ? text.kept : text.notKept;
}));
start(report);
