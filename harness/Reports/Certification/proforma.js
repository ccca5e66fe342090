"use strict";
// A proforma is kept as JSON: what is filled in is saved to a file and read from one, and nothing leaves the browser.
const fields = () => [...document.querySelectorAll("[name]")];
document.getElementById("save").addEventListener("click", () => {
  const answers = Object.fromEntries(fields().map(field => [field.name, field.value === "" ? null : field.value]));
  const kept = { proforma: document.body.dataset.proforma, role: document.body.dataset.role, answers };
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(kept, null, 2) + "\n"], { type: "application/json" }));
  link.download = `${kept.proforma}-${kept.role.toLowerCase()}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
});
const isAnswer = (field, answer) =>
  answer === null || (typeof answer === "string" && (field.tagName !== "SELECT" || ["yes", "no"].includes(answer)));
const listed = (what, names) => (names.length === 0 ? "" : ` ${what}: ${names.join(", ")}.`);
document.getElementById("load").addEventListener("change", async event => {
  const status = document.getElementById("status");
  try {
    const kept = JSON.parse(await event.target.files[0].text());
    if (kept.proforma !== document.body.dataset.proforma || kept.role !== document.body.dataset.role) {
      throw new Error(`it is ${kept.proforma} of ${kept.role}`);
    }
    const given = fields().filter(field => Object.hasOwn(kept.answers, field.name));
    const wrong = given.find(field => !isAnswer(field, kept.answers[field.name]));
    if (wrong) {
      throw new Error(`${wrong.name} has no answer that can be`);
    }
    for (const field of given) {
      field.value = kept.answers[field.name] ?? "";
    }
    const known = new Set(fields().map(field => field.name));
    const unknown = Object.keys(kept.answers).filter(name => !known.has(name));
    const missing = [...known].filter(name => !Object.hasOwn(kept.answers, name));
    status.textContent = `The answers were read.${listed("Not in this proforma", unknown)}${listed("Not in the file", missing)}`;
  } catch (error) {
    status.textContent = `This file does not have the answers of this proforma: ${error.message}.`;
  }
});
