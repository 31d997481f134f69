// A series' probability of a tumour over its slices, to click in.
const names = "http://www.w3.org/2000/svg";

function add(svg, name, attributes) {
  const element = document.createElementNS(names, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return svg.appendChild(element);
}

// Draws it into an element of SVG. Slices that do not count leave a gap; `go` is told of a place that was clicked.
export function draw(svg, answers, carrying, go) {
  const count = answers.length;
  svg.replaceChildren();
  // A little room above and below, so that a dot at an end is whole.
  svg.setAttribute("viewBox", `0 -6 ${count} 112`);
  svg.setAttribute("preserveAspectRatio", "none");
  for (const slice of carrying) add(svg, "rect", { class: "carrying", x: slice, y: -6, width: 1, height: 112 });
  for (const height of [0, 50, 100]) add(svg, "path", { class: "grid", d: `M0 ${height}H${count}` });
  let [line, dots] = ["", ""];
  answers.forEach(({ counts, tumour }, slice) => {
    if (!counts) return;
    const place = `${slice + 0.5} ${(100 * (1 - tumour)).toFixed(2)}`;
    line += `${answers[slice - 1]?.counts ? "L" : "M"}${place}`;
    dots += `M${place}h0`;
  });
  add(svg, "path", { class: "line", d: line });
  add(svg, "path", { class: "dots", d: dots });
  const here = add(svg, "path", { class: "here", d: "" });
  const place = ({ clientX }) => {
    const { left, width } = svg.getBoundingClientRect();
    go(Math.min(Math.max(Math.floor((clientX - left) / width * count), 0), count - 1));
  };
  svg.onpointerdown = (event) => {
    svg.setPointerCapture(event.pointerId);
    place(event);
  };
  svg.onpointermove = (event) => { if (event.buttons) place(event); };
  return (slice) => here.setAttribute("d", `M${slice + 0.5} -6V106`);
}
