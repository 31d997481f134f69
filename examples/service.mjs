// Asks a running service about scans, without a package:
//     node examples/service.mjs http://127.0.0.1:8080 samples/synthetic-ct-lesion.png ...
import { readFile } from "node:fs/promises";

const [service, ...files] = process.argv.slice(2);
for (const path of files) {
  const response = await fetch(`${service}/v1/classify`, { method: "POST", headers: { "Content-Type": "image/png" }, body: await readFile(path) });
  const answer = await response.json();
  console.log(answer.accepted
    ? `${path}: ${answer.verdict}, probability of a tumour ${answer.tumour.toFixed(2)}; cannot be ruled out: ${answer.set.join(", ")}`
    : `${path}: no answer. ${answer.reason}`);
}
