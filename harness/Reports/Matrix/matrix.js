"use strict";
// The choice of statements stands in the address as #?violated&HA&q=text.
(() => {
  const form = document.getElementById("filter");
  const selects = [...form.querySelectorAll("select")];
  const rows = [...document.querySelectorAll("tr[data-words]")].map(row => ({
    row, words: row.dataset.words.split(" "), text: row.textContent.toLowerCase()
  }));
  const editions = [...document.querySelectorAll(".edition")];

  function choose() {
    const chosen = selects.map(s => s.value).filter(Boolean);
    const text = form.elements.q.value.trim();
    let count = 0;
    for (const { row, words, text: all } of rows) {
      row.hidden = !chosen.every(word => words.includes(word)) || !all.includes(text.toLowerCase());
      if (!row.hidden) count++;
    }
    for (const edition of editions) edition.hidden = !edition.querySelector("tr[data-words]:not([hidden])");
    form.querySelector("output").textContent = `${count} of ${rows.length} statements`;
    return [...chosen.map(encodeURIComponent), ...(text ? [`q=${encodeURIComponent(text)}`] : [])].join("&");
  }

  // An address that somebody cut in the middle of an escape is text.
  function decode(part) {
    try { return decodeURIComponent(part); } catch { return part; }
  }

  function read() {
    const hash = location.hash;
    if (hash && !hash.startsWith("#?")) {
      const row = document.getElementById(decode(hash.slice(1)));
      if (row?.hidden) { form.reset(); choose(); row.scrollIntoView(); }
      return;
    }
    const parts = hash.slice(2).split("&").filter(Boolean).map(decode);
    form.reset();
    for (const select of selects) select.value = [...select.options].map(o => o.value).find(v => v && parts.includes(v)) ?? "";
    form.elements.q.value = parts.find(p => p.startsWith("q="))?.slice(2) ?? "";
    choose();
    if (parts.length) document.getElementById("statements").scrollIntoView();
  }

  form.hidden = false;
  choose();
  read();
  addEventListener("hashchange", read);
  form.addEventListener("submit", e => e.preventDefault());
  form.addEventListener("input", () => {
    const choice = choose();
    history.replaceState(null, "", choice ? `#?${choice}` : location.pathname + location.search);
  });
})();
