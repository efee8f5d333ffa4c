"use strict";
{
  const table = document.getElementById("students");
  const form = document.getElementById("filter");
  const more = document.getElementById("more");
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells].filter((head) => head.dataset.key);
  const places = (first) => heads.filter((head) => first.test(head.dataset.key)).map((head) => head.cellIndex);
  const [exercises, times] = [places(/^\d/), places(/^t\d/)]; // columns: of points, and of when work was handed in
  const collator = new Intl.Collator(undefined, { numeric: true });
  // A browser takes far longer to lay out thousands of rows than to sort them: the others are not in the table.
  let most = 40;
  const printing = matchMedia("print");
  // Read once, before anything moves.
  const rows = [...body.rows].map((row) => {
    const [name, total] = row.cells;
    const cells = exercises.map((place) => row.cells[place]);
    const score = (cell) => {
      const number = parseFloat(cell.textContent);
      return isNaN(number) ? -1 : number;
    };
    return {
      row,
      student: name.textContent.trim(),
      total: parseFloat(total.textContent),
      scores: cells.map(score),
      standings: cells.map((cell) => /s(\d)/.exec(cell.className)?.[1] ?? "1"), // incomplete work may have no class
      mistakes: cells.map((cell) => (cell.dataset.m ?? "").split(",")),
      handed: Object.fromEntries(times.map((place) => [place, row.cells[place].textContent])),
      words: name.textContent.toLowerCase(),
    };
  });

  const order = (head) => {
    const [key, place] = [head.dataset.key, head.cellIndex];
    if (key === "student") return (a, b) => collator.compare(a.student, b.student);
    if (key === "total") return (a, b) => a.total - b.total;
    if (times.includes(place)) return (a, b) => collator.compare(a.handed[place], b.handed[place]);
    return (a, b) => a.scores[key] - b.scores[key];
  };

  const sort = (head) => {
    const turn = head.ariaSort === "ascending" ? -1 : 1;
    for (const other of heads) other.ariaSort = "none";
    head.ariaSort = turn > 0 ? "ascending" : "descending";
    const compare = order(head);
    rows.sort((a, b) => turn * compare(a, b));
    show();
  };

  const write = (element, count) => {
    for (const number of element.querySelectorAll("b")) number.textContent = count;
  };

  const show = () => {
    const given = new FormData(form);
    const text = given.get("text").trim().toLowerCase();
    const [exercise, mistake] = [given.get("exercise"), given.get("mistake")];
    const standings = new Set(given.getAll("standing"));
    const found = rows.filter((one) => {
      const meets = (standing, place) =>
        standings.has(standing) &&
        (!exercise || place === Number(exercise)) &&
        (!mistake || one.mistakes[place].includes(mistake));
      return (!text || one.words.includes(text)) && one.standings.some(meets);
    });
    const shown = printing.matches ? found : found.slice(0, most);
    body.replaceChildren(...shown.map((one) => one.row));
    write(form.querySelector("output"), found.length);
    write(more, found.length - most);
    more.hidden = found.length <= most;
  };

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head));
    head.append(button);
    head.ariaSort = "none";
  }
  printing.addEventListener("change", show);
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", () => {
    most = Infinity;
    show();
    table.parentElement.focus({ preventScroll: true }); // The button is gone, and the focus would be with it.
  });
  form.hidden = false;
  show(); // A browser may have kept what was filled in when the page is loaded anew.
}
