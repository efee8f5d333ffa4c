"use strict";
{
  const table = document.getElementById("students");
  const form = document.getElementById("filter");
  const more = document.getElementById("more");
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const places = Object.fromEntries(heads.map((head, place) => [head.dataset.key, place]));
  const collator = new Intl.Collator(undefined, { numeric: true });
  // A browser takes far longer to lay out thousands of rows than to sort them.
  let most = 200;
  // Read once: the rows' texts, before anything moves.
  const rows = [...body.rows].map((row) => {
    const texts = [...row.cells].map((cell) => cell.textContent);
    const read = (key) => (key in places ? texts[places[key]].trim() : "");
    return {
      row,
      student: read("student"),
      exercise: read("exercise"),
      mistakes: read("mistakes"),
      standing: row.cells[places.standing].dataset.place,
      score: parseFloat(read("score")),
      checks: parseInt(read("checks"), 10),
      handed: read("handed"),
      seconds: parseFloat(read("seconds")),
      words: `${read("student")}\n${read("mistakes")}`.toLowerCase(),
    };
  });
  const isText = new Set(["student", "exercise", "mistakes", "handed"]);

  const sort = (head) => {
    const key = head.dataset.key;
    const turn = head.ariaSort === "ascending" ? -1 : 1;
    for (const other of heads) other.ariaSort = "none";
    head.ariaSort = turn > 0 ? "ascending" : "descending";
    const compare = isText.has(key) ? (a, b) => collator.compare(a[key], b[key]) : (a, b) => a[key] - b[key];
    rows.sort((a, b) => turn * compare(a, b));
    const parts = document.createDocumentFragment();
    for (const one of rows) parts.append(one.row);
    show();
    body.append(parts);
  };

  const write = (element, count) => {
    for (const number of element.querySelectorAll("b")) number.textContent = count;
  };

  const show = () => {
    const given = new FormData(form);
    const text = given.get("text").trim().toLowerCase();
    const [exercise, mistake] = [given.get("exercise"), given.get("mistake")];
    const standings = new Set(given.getAll("standing"));
    let count = 0;
    for (const one of rows) {
      const fits =
        standings.has(one.standing) &&
        (!text || one.words.includes(text)) &&
        (!exercise || one.exercise === exercise) &&
        (!mistake || one.mistakes.split(", ").includes(mistake));
      one.row.hidden = !fits;
      one.row.className = fits && count >= most ? "later" : "";
      count += fits;
    }
    write(form.querySelector("output"), count);
    write(more, count - most);
    more.hidden = count <= most;
  };

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head));
    head.append(button);
    head.ariaSort = "none";
  }
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
