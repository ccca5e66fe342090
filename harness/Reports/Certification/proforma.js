"use strict";
// A proforma is kept as JSON: what is filled in is saved to a file and read from one, and nothing leaves the browser.
const fields = () => [...document.querySelectorAll("[name]")];
const valueOf = field => (field.type === "checkbox" ? field.checked : field.value);
document.getElementById("save").addEventListener("click", () => {
  const answers = Object.fromEntries(fields().map(field => [field.name, valueOf(field)]));
  const kept = { proforma: document.body.dataset.proforma, role: document.body.dataset.role, answers };
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(kept, null, 2) + "\n"], { type: "application/json" }));
  link.download = `${kept.proforma}-${kept.role.toLowerCase()}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
});
document.getElementById("load").addEventListener("change", async event => {
  const status = document.getElementById("status");
  try {
    const kept = JSON.parse(await event.target.files[0].text());
    if (kept.proforma !== document.body.dataset.proforma || kept.role !== document.body.dataset.role) {
      throw new Error(`it is ${kept.proforma} of ${kept.role}`);
    }
    for (const field of fields().filter(field => field.name in kept.answers)) {
      if (field.type === "checkbox") {
        field.checked = kept.answers[field.name] === true;
      } else {
        field.value = kept.answers[field.name];
      }
    }
    status.textContent = "The answers were read.";
  } catch (error) {
    status.textContent = `This file does not have the answers of this proforma: ${error.message}.`;
  }
});
