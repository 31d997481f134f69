// The record of answers: search, pages, export.
import { names } from "./seen.js";
import { call, download } from "./service.js";
import { text } from "./text.js";

const rows = document.getElementById("rows");
const more = document.getElementById("more");
const filters = document.getElementById("filters");
const columns = ["time", "file", "answer", "tumourProbability", "label", "hash", "model"];
const hashColumn = columns.indexOf("hash");
const tumourColumn = columns.indexOf("tumourProbability");
const tumourHead = document.querySelector("[data-text=tumourProbability]");
let next = null;

function query(extra) {
  const values = new URLSearchParams([...new FormData(filters), ...Object.entries(extra)].filter(([, value]) => value !== ""));
  // What the network made of an image that is refused is no answer, so it is not found as one.
  if (values.has("verdict") || values.has("label")) values.set("accepted", values.get("verdict") !== "none");
  if (values.get("verdict") === "none") values.delete("verdict");
  return values.toString();
}

export async function refresh(report) {
  const page = await call(`v1/results?${query({ limit: 25 })}`);
  rows.replaceChildren();
  add(page, report);
}

function add(page, report) {
  const known = names();
  for (const result of page.results) {
    const row = rows.insertRow();
    row.role = "row";
    cells(result, known).forEach((value, column) => {
      const cell = row.insertCell();
      cell.role = "cell";
      // A narrow page has a block for each row, and shows these names in it.
      cell.dataset.name = text[columns[column]];
      cell.append(value);
    });
    row.cells[tumourColumn].hidden = tumourHead.hidden;
    const hash = result.sha256.slice(0, 12);
    if (result.image) row.cells[hashColumn].replaceChildren(imageButton(result.id, hash, report));
  }
  next = page.next;
  more.hidden = next === null;
}

function cells({ id, time, answer, sha256, model }, known) {
  const verdict = answer.error ? text.unreadable : answer.accepted ? text[answer.verdict] ?? text.answered : text.refused(answer.reason);
  const [tumour, label] = answer.accepted
    ? [answer.verdict ? `${(100 * answer.tumour).toFixed(1)} %` : "", text.labelName(answer.label)] : ["", ""];
  return [new Date(time).toLocaleString(), known.get(id) ?? "", verdict, tumour, label, sha256.slice(0, 12), model];
}

function imageButton(id, hash, report) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = hash;
  button.setAttribute("aria-label", text.showImage(hash));
  button.addEventListener("click", () => report(showImage(id)));
  return button;
}

async function showImage(id) {
  const image = document.getElementById("image-itself");
  URL.revokeObjectURL(image.src);
  image.src = URL.createObjectURL(await download(`v1/results/${id}/image`));
  image.alt = text.keptImage;
  document.getElementById("image").showModal();
}

async function exportCsv() {
  const known = names();
  const lines = [["id", "time", "file", "sha256", "model", "key", "verdict", "tumour", "label", "accepted", "reason"]];
  for (let before = {}; before;) {
    const page = await call(`v1/results?${query({ limit: 500, ...before })}`);
    for (const { id, time, sha256, model, key, answer } of page.results) {
      const said = answer.accepted ? [answer.verdict, answer.tumour, answer.label, true] : ["", "", "", false];
      lines.push([id, time, known.get(id), sha256, model, key, ...said, answer.reason ?? answer.error]);
    }
    before = page.next ? { before: page.next } : null;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines.map((line) => line.map(quoted).join(",")).join("\n") + "\n"], { type: "text/csv" }));
  link.download = "gyrus-results.csv";
  link.click();
  URL.revokeObjectURL(link.href);
}

// A spreadsheet would run a cell that begins as a formula.
function quoted(value) {
  const plain = String(value ?? "");
  return `"${(/^[=+\-@\t\r]/.test(plain) ? "'" : "") + plain.replaceAll('"', '""')}"`;
}

export function start(report) {
  filters.addEventListener("submit", (event) => {
    event.preventDefault();
    report(refresh(report));
  });
  more.addEventListener("click", () => report(
    call(`v1/results?${query({ limit: 25, before: next })}`).then((page) => add(page, report))));
  document.getElementById("export").addEventListener("click", () => report(exportCsv()));
  report(offer().then(() => refresh(report)));
}

// Of tumours only where the model, or an answer that was given before, tells them from the healthy.
async function offer() {
  const { labels, verdicts } = await call("v1/results/filters");
  for (const label of labels) filters.elements.label.add(new Option(text.labelName(label), label));
  for (const verdict of verdicts) filters.elements.verdict.add(new Option(text[verdict], verdict), filters.elements.verdict.lastElementChild);
  tumourHead.hidden = verdicts.length === 0;
}
