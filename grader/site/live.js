// Renews the page when the server says that there is another verdict. What is shown is the server's own page.
"use strict";

const RENEWED = ["status", "notices", "verdict", "map"];
let busy = false;
let stale = false;
let lost = false;

async function renew() {
  stale = true;
  if (busy) return;
  busy = true;
  while (stale) {
    stale = false;
    try {
      const answer = await fetch(`${location.pathname}?renewed`, { cache: "no-store" });
      if (answer.ok) put(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      break; // the server has ended, and `source` says so
    }
  }
  busy = false;
}

function put(page) {
  for (const name of RENEWED) {
    const old = document.getElementById(name);
    const now = page.getElementById(name);
    if (old === null || now === null || old.innerHTML === now.innerHTML) continue;
    const focused = old.contains(document.activeElement);
    old.replaceChildren(...now.childNodes);
    if (focused) document.getElementById("content").focus({ preventScroll: true });
  }
  document.body.dataset.number = page.body.dataset.number;
}

function say(text) {
  document.getElementById("status").textContent = text;
}

const source = new EventSource("events");
source.onmessage = (event) => {
  const state = JSON.parse(event.data);
  const { number, exercise, grading } = document.body.dataset;
  if (lost || String(state.number) !== number) renew();
  else if (state.grading && state.grading === exercise) say(grading);
  lost = false;
};
source.onerror = () => {
  lost = true;
  say(document.body.dataset.lost);
};
