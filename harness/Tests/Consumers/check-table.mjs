// Reads comma-separated values and writes them as JSON, an array of rows: node check-table.mjs TABLE
// Every row must have as many cells as the first, and quotes must be where RFC 4180 has them.
import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";

console.log(JSON.stringify(parse(readFileSync(process.argv[2]), { record_delimiter: "\r\n" })));
