'use strict';
// What the interpreter shares with the compiler, as data that `flowc export function` wrote: the bounds of a turn, what
// verbs come back with, the currencies, and the words of the languages.

const tables = JSON.parse(Runtime.getAssets()['/flowc/tables.json'].open());

/** Lower-case letters with what is left of them when answers are folded: `é` is `e`. */
const accents = new Map();
for (const [plain, letters] of Object.entries(tables.accents)) {
  for (const letter of letters) accents.set(letter, plain);
}

/** By the first part of a BCP-47 tag; English where a language has no row. */
function words(tag) {
  const primary = tag.split('-')[0].toLowerCase();
  return tables.languages[primary] ?? tables.languages.en;
}

module.exports = { ...tables, accents, words };
