"use strict";
(() => {
  // A statement stands in the address; its mark opens.
  function follow() {
    const mark = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (mark?.matches("details")) mark.open = true;
    mark?.scrollIntoView();
  }
  window.addEventListener("hashchange", follow);
  window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(d => d.open = true));
  follow();
})();
