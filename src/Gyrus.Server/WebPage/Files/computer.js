// Classifies scans in this browser: the network and the service's own code are fetched once, and nothing of a scan is sent.
import { call, download } from "./service.js";
import { text } from "./text.js";

let worker = null;
const waiting = new Map();
let asked = 0;

// Asks the worker, which does one thing after the other.
function ask(message, { transferred = [], tell = () => {} } = {}) {
  return new Promise((resolve, reject) => {
    waiting.set(++asked, { resolve, reject, tell });
    worker.postMessage({ ...message, number: asked }, transferred);
  });
}

let opened = null;

// Fetches what is needed, at the first scan.
async function open(model) {
  const [description, network] = await Promise.all([call("v1/model/description"), download("v1/model/network").then((file) => file.arrayBuffer())]);
  worker = new Worker(new URL("computer-worker.js", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data: { number, progress, value, fault } }) => {
    const { resolve, reject, tell } = waiting.get(number);
    if (progress) {
      tell(progress);
      return;
    }
    waiting.delete(number);
    if (fault === undefined) resolve(value);
    else reject(new Error(fault));
  });
  worker.addEventListener("error", ({ message }) => {
    for (const { reject } of waiting.values()) reject(new Error(text.computerFailed(message ?? "")));
    waiting.clear();
    opened = null;
  });
  await ask({ open: { description: JSON.stringify(description), network, views: model.views } }, { transferred: [network] });
}

async function opening(model) {
  opened ??= open(model);
  try {
    await opened;
  } catch (error) {
    opened = null;
    throw error;
  }
}

// The answer to the files of studies, as the service gives it. `tell` is told of slices.
export async function studyHere(files, model, tell) {
  await opening(model);
  return ask({ study: { files, heatMap: model.heatMaps } }, { tell });
}

// The answer to an image, as the service gives it, with `here` set. What is wrong with the file is in `error`.
export async function answerHere(file, model, label) {
  await opening(model);
  return ask({ file, name: file.name, heatMap: model.heatMaps, label });
}
