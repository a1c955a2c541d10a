// Search in a static site: every word must be in an entry; questions first, then reports, then claims.
"use strict";
(() => {
  const MOST = 100;
  const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const index = (window.accordingtoIndex || []).map(([kind, words, more, address]) => (
    { kind, words, more, address, text: fold(`${words} ${more}`) }));
  const form = document.getElementById("search");
  const list = document.getElementById("results");
  const told = document.getElementById("found");
  const field = form.elements.q;

  const line = (entry) => {
    const item = document.createElement("li");
    const said = document.createElement("p");
    const link = document.createElement("a");
    const by = document.createElement("p");
    link.href = entry.address;
    link.textContent = entry.words;
    said.className = "said";
    said.append(link);
    by.className = "by";
    by.textContent = [entry.kind, entry.more].filter(Boolean).join(", ");
    item.append(said, by);
    return item;
  };

  const search = () => {
    const wanted = fold(field.value).split(/\s+/).filter(Boolean);
    const hits = wanted.length ? index.filter((entry) => wanted.every((word) => entry.text.includes(word))) : [];
    list.replaceChildren(...hits.slice(0, MOST).map(line));
    told.textContent = wanted.length
      ? `${hits.length} found${hits.length > MOST ? `, the first ${MOST} shown` : ""}.` : "";
    history.replaceState(null, "", wanted.length ? `?q=${encodeURIComponent(field.value)}` : location.pathname);
  };

  document.getElementById("no-search").hidden = true;
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", search);
  field.value = new URLSearchParams(location.search).get("q") || "";
  search();
})();
