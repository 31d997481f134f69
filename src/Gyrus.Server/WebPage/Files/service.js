// Talks to the service; asks for a key where it wants one.
import { text } from "./text.js";

const stored = "gyrus-key";
const ofTheFile = [400, 413, 415, 422];

// What the service says is wrong with a request.
export class ServiceError extends Error {
  constructor(problem, status) {
    super(problem.detail ?? problem.title);
    this.isOfTheFile = ofTheFile.includes(status);
  }
}

// A JSON answer.
export async function call(path, options = {}) {
  return (await ask(path, options)).json();
}

// An answer that is text.
export async function callText(path) {
  return (await ask(path)).text();
}

// An answer that is a file.
export async function download(path) {
  return (await ask(path)).blob();
}

async function ask(path, options = {}) {
  for (;;) {
    const key = sessionStorage.getItem(stored);
    const headers = key ? { "x-api-key": key } : {};
    let response;
    try {
      response = await fetch(path, { ...options, headers });
    } catch {
      throw new Error(text.unreachable);
    }
    if (response.status === 401) {
      // Another call may have been given one meanwhile.
      if (sessionStorage.getItem(stored) === key) await askForKey(Boolean(key));
      continue;
    }
    if (response.ok) return response;
    throw new ServiceError(await response.json(), response.status);
  }
}

let asking = null;

// One prompt for all calls that want a key at the same time.
function askForKey(wasWrong) {
  asking ??= new Promise((resolve) => {
    const dialog = document.getElementById("key");
    const field = document.getElementById("key-value");
    field.value = "";
    document.getElementById("key-fault").hidden = !wasWrong;
    dialog.addEventListener("close", () => {
      sessionStorage.setItem(stored, field.value);
      asking = null;
      resolve();
    }, { once: true });
    dialog.showModal();
  });
  return asking;
}
