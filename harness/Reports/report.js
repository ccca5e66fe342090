"use strict";
// Scenarios are packed, many in a parcel, until one of them is opened.
(() => {
  const name = "\u0001", end = "\u0002";
  const parcels = [];

  async function inflate(text) {
    const octets = Uint8Array.from(atob(text), c => c.charCodeAt(0));
    return new Response(new Blob([octets]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
  }

  // References to what came before, each with the length of the new text before it, then an empty line and all new text.
  function expand(text) {
    const border = text.startsWith("\n") ? 0 : text.indexOf("\n\n") + 1;
    const lines = text.slice(0, border).split("\n").filter(Boolean).map(l => l.split(",").map(n => parseInt(n, 16)));
    let from = border + 1, at = 0;
    const units = new Uint16Array(text.length - from + lines.reduce((sum, l) => sum + l[2], 0));
    const take = length => {
      for (let i = 0; i < length; i++) units[at++] = text.charCodeAt(from++);
    };
    for (const [before, back, length] of lines) {
      take(before);
      units.copyWithin(at, at - back, at - back + length);
      at += length;
    }
    take(text.length - from);
    return new TextDecoder("utf-16le").decode(units);
  }

  const bodies = parcel => parcels[parcel] ??=
    inflate(document.getElementById(`parcel-${parcel}`).textContent).then(text => expand(text).split(end));

  // The octets of a packet stand once, beside its fields.
  function addOctets(table) {
    for (const row of table.rows) {
      const first = row.cells[0];
      const [from, length] = [Number(first.textContent), Number(first.dataset.l)];
      const hex = table.dataset.octets.slice(2 * from, 2 * (from + length));
      row.insertCell().textContent = hex.replace(/.{4}(?=.)/g, "$& ");
    }
  }

  const opened = new Map();

  function unpack(scenario) {
    if (!opened.has(scenario)) {
      const [parcel, place] = scenario.dataset.at.split(".");
      opened.set(scenario, bodies(parcel).then(texts => {
        const body = scenario.querySelector(".body");
        body.innerHTML = texts[place].replaceAll(name, scenario.id);
        body.querySelectorAll("table.fields").forEach(addOctets);
      }));
    }
    return opened.get(scenario);
  }

  const scenarios = [...document.querySelectorAll("details.scenario")];
  document.addEventListener("toggle", e => e.target.matches("details.scenario[open]") && unpack(e.target), true);
  scenarios.filter(s => s.open).forEach(unpack);

  async function show(id) {
    const owner = document.getElementById(id.replace(/-(?:[ap]\d+|ladder|l[td])$/, ""));
    if (owner?.matches("details.scenario")) {
      owner.hidden = false;
      await unpack(owner);
    }
    const target = document.getElementById(id);
    document.querySelectorAll(".target").forEach(e => e.classList.remove("target"));
    if (!target) return;
    for (let e = target; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
    target.classList.add("target");
    target.scrollIntoView();
  }

  // The choice of scenarios stands in the address as #?fail&MN&q=text.
  const form = document.getElementById("filter");
  const words = s => s.dataset.words.split(" ");

  function choose() {
    const chosen = [...form.querySelectorAll("select")].map(s => s.value).filter(Boolean);
    const text = form.q.value.trim().toLowerCase();
    let shown = 0;
    for (const scenario of scenarios) {
      const has = words(scenario);
      scenario.hidden = !chosen.every(w => has.includes(w))
        || !scenario.firstElementChild.textContent.toLowerCase().includes(text);
      shown += scenario.hidden ? 0 : 1;
    }
    document.querySelectorAll(".feature").forEach(f => f.hidden = !f.querySelector("details.scenario:not([hidden])"));
    form.querySelector("output").textContent = `${shown} of ${scenarios.length}`;
    return [...chosen.map(encodeURIComponent), ...(text ? [`q=${encodeURIComponent(text)}`] : [])].join("&");
  }

  // An address that somebody cut in the middle of an escape is text.
  function decode(part) {
    try { return decodeURIComponent(part); } catch { return part; }
  }

  function read(query) {
    const parts = query.split("&").map(decode);
    for (const select of form.querySelectorAll("select")) {
      select.value = [...select.options].map(o => o.value).find(v => v && parts.includes(v)) ?? "";
    }
    form.q.value = parts.find(p => p.startsWith("q="))?.slice(2) ?? "";
    choose();
  }

  function follow() {
    const hash = location.hash.slice(1);
    if (hash.startsWith("?") && form) {
      read(hash.slice(1));
      form.scrollIntoView();
    } else if (hash) {
      show(decode(hash));
    }
  }

  form?.addEventListener("input", () => history.replaceState(null, "", `#?${choose()}`));
  form?.addEventListener("submit", e => e.preventDefault());
  if (form) {
    form.hidden = false;
    choose();
  }
  window.addEventListener("hashchange", follow);
  window.addEventListener("beforeprint", () => document.querySelectorAll("details:not(.scenario, .packet)").forEach(d => d.open = true));
  follow();
})();
