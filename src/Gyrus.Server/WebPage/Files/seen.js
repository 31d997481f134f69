// What this browser keeps, and the service does not: the names of files, and this tab's answers for when the page is loaded again.
const namesKey = "gyrus-names";
const answersKey = "gyrus-answers";
const hereKey = "gyrus-here";
const mostNames = 2000;
const mostAnswers = 50;

function read(store, key) {
  try {
    const list = JSON.parse(store.getItem(key));
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

function write(store, key, list) {
  try {
    store.setItem(key, JSON.stringify(list));
  } catch {
    // Storage that is full or switched off: nothing is kept.
  }
}

// The pictures stay out: a handful of them would fill the store.
export function keep(name, { heatmap, heatmapScan, heatmapLabel, ...answer }) {
  if (answer.id) write(localStorage, namesKey, [...read(localStorage, namesKey), [answer.id, name]].slice(-mostNames));
  write(sessionStorage, answersKey, [...read(sessionStorage, answersKey), { name, answer }].slice(-mostAnswers));
}

// Whether scans are looked at in this browser.
export const readsHere = () => read(localStorage, hereKey)[0] === true;

export const keepHere = (isHere) => write(localStorage, hereKey, [isHere]);

// The oldest first, as they were kept.
export const answers = () => read(sessionStorage, answersKey);

export const names = () => new Map(read(localStorage, namesKey));

export function forget() {
  localStorage.removeItem(namesKey);
  sessionStorage.removeItem(answersKey);
}
