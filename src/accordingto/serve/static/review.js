// The keys of the review page, and what was written in its form kept over a reload. Without this file the page works
// as plain forms and links.
"use strict";
const NAMES = { " ": "space", Backspace: "backspace", Enter: "enter", Tab: "tab", ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
const does = new Map([...document.querySelectorAll("[data-does]")].map((key) => [key.dataset.key, key.dataset.does]));
const form = document.querySelector("form.decide");
const draft = "draft " + location.pathname;
let sent = false;

function writing(place) {
  return place.matches("input, textarea, select");
}

function act(name) {
  const place = document.querySelector(`[data-act="${name === "skip" ? "next" : name}"]`);
  if (!place) return false;
  if (place.matches("details")) {
    place.open = name !== "help" || !place.open;
    const field = place.open && place.querySelector("input:not([type=hidden])");
    if (field) field.focus();
    if (field) field.select();
  } else if (writing(place)) {
    place.focus();
    place.select();
  } else {
    place.click();
  }
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (writing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    if (event.key === "Enter" && event.target.closest(".fields")) {
      event.preventDefault();
      event.target.closest("details").querySelector("button:last-of-type").click();
    }
    if (event.key === "Enter" && event.target.name === "note") {
      event.preventDefault();
      event.target.blur();
    }
    return;
  }
  if (event.target.closest("button, a, summary") && ["Enter", " ", "Tab"].includes(event.key)) return;
  const name = does.get(NAMES[event.key] || event.key);
  if (name && act(name)) event.preventDefault();
});

form.addEventListener("submit", (event) => {
  if (sent) event.preventDefault();
  sent = true;
  sessionStorage.setItem("sent", draft);
});
if (new URLSearchParams(location.search).has("made")) sessionStorage.removeItem(sessionStorage.getItem("sent"));
window.addEventListener("pageshow", () => { sent = false; });

form.addEventListener("input", () => {
  const written = [...new FormData(form)].filter(([name]) => name !== "token" && name !== "seen");
  sessionStorage.setItem(draft, JSON.stringify(written));
});

for (const [name, value] of JSON.parse(sessionStorage.getItem(draft) || "[]")) {
  const field = form.elements.namedItem(name);
  if (!field || field.type === "hidden" || field.value === value) continue;
  field.value = value;
  const folded = field.closest("details");
  if (folded) folded.open = true;
}
