// Reads Cucumber Messages and writes them as the page of Cucumber's formatter: node check-messages.mjs MESSAGES PAGE
// Every message must be valid by the schema of @cucumber/messages, and every reference must lead to a message before it.
import { createWriteStream, readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CucumberHtmlStream } from "@cucumber/html-formatter";
import Ajv from "ajv/dist/2020.js";

const schema = JSON.parse(readFileSync(new URL("node_modules/@cucumber/messages/messages.schema.json", import.meta.url), "utf8"));
const valid = new Ajv({ strict: false }).compile(schema);
const [messages, page] = process.argv.slice(2);
const envelopes = readFileSync(messages, "utf8").trimEnd().split("\n").map(line => JSON.parse(line));
const ids = new Set();

function walk(value, visit) {
  if (Array.isArray(value)) value.forEach(item => walk(item, visit));
  else if (value && typeof value === "object") {
    for (const [key, member] of Object.entries(value)) {
      visit(key, member);
      walk(member, visit);
    }
  }
}

envelopes.forEach((envelope, at) => {
  if (!valid(envelope)) throw new Error(`message ${at + 1}: ${JSON.stringify(valid.errors)}`);
  walk(envelope, (key, value) => {
    if (key === "id") {
      if (ids.has(value)) throw new Error(`message ${at + 1}: the id ${value} is there twice`);
      ids.add(value);
    }
  });
  walk(envelope, (key, value) => {
    const named = /^(?!id$).*Ids?$/.test(key) ? [value].flat() : [];
    const lost = named.find(id => !ids.has(id));
    if (lost) throw new Error(`message ${at + 1}: ${key} ${lost} leads nowhere`);
  });
});

await pipeline(Readable.from(envelopes), new CucumberHtmlStream(), createWriteStream(page));
console.log(`${envelopes.length} messages are valid`);
