'use strict';
// Numbers as they are said, folded: "forty two", "cuarenta y dos", "two hundred and five", "zweitausenddreihundert". The
// words come with the tables.

const load = (name) => require(Runtime.getAssets()[`/flowc/${name}.js`].path);
const { words } = load('tables');
const { foldedWords } = load('text');
const { writtenInteger } = load('numbers');

const isDigits = (word) => /^[0-9]+$/.test(word);
const indexes = new Map();

/** From each name of 0...99 to its number, the most words that one has, and what words written together are made of. */
function indexOf(language) {
  if (!indexes.has(language)) {
    const numbers = new Map();
    language.numbers.forEach((names, number) => names.forEach((name) => {
      if (!numbers.has(name)) numbers.set(name, number);
    }));
    const names = [...numbers.keys()];
    const longest = Math.max(...names.map((name) => name.split(' ').length));
    const single = names.filter((name) => !name.includes(' '))
      .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
    indexes.set(language, { numbers, longest, parts: [...single, ...language.glue] });
  }
  return indexes.get(language);
}

/** The number that the most words at the beginning name, and how many they are. */
function longestMatch(said, language) {
  const { numbers, longest } = indexOf(language);
  for (let length = Math.min(longest, said.length); length > 0; length -= 1) {
    const number = numbers.get(said.slice(0, length).join(' '));
    if (number !== undefined) return { value: number, length };
  }
  return null;
}

/** The number at the beginning of words, as digits, and how many words it takes. Digits stay as they are: "007". */
function readNumber(said, language) {
  if (said.length === 0) return null;
  const isMultiplied = said.length > 1 && (language.thousand.includes(said[1]) || language.hundred.includes(said[1]));
  if (isDigits(said[0]) && !isMultiplied) return { digits: said[0], length: 1 };
  const number = cardinal(said, language);
  return number && { digits: String(number.value), length: number.length };
}

/** [below a thousand] thousand [and] [below a thousand], or what is below a thousand alone. */
function cardinal(words_, language) {
  const skipped = startsWithArticle(words_, language) ? 1 : 0;
  const said = words_.slice(skipped);
  const head = belowThousand(said, language);
  const count = head?.value ?? 1;
  const behind = said.slice(head?.length ?? 0);
  if (!language.thousand.includes(behind[0]) || count < 1 || count > 999) {
    return head && { value: head.value, length: head.length + skipped };
  }
  const length = skipped + (head?.length ?? 0) + 1;
  const and = startsWithAnd(behind.slice(1), language) ? 1 : 0;
  const rest = belowThousand(behind.slice(1 + and), language);
  return rest ? { value: count * 1_000 + rest.value, length: length + and + rest.length } : { value: count * 1_000, length };
}

function belowThousand(said, language) {
  if (said.length === 0) return null;
  let head;
  const own = language.hundreds.findIndex((names) => names.includes(said[0]));
  if (own >= 0) {
    head = { value: (own + 1) * 100, length: 1 };
  } else if (language.hundred.includes(said[0])) {
    head = { value: 100, length: 1 };
  } else {
    const small = belowHundred(said, language);
    if (!small || small.value === 0 || !language.hundred.includes(said[small.length])) return small;
    head = { value: small.value * 100, length: small.length + 1 };
  }
  const and = startsWithAnd(said.slice(head.length), language) ? 1 : 0;
  const rest = belowHundred(said.slice(head.length + and), language);
  return rest && rest.value > 0 ? { value: head.value + rest.value, length: head.length + and + rest.length } : head;
}

/** A name of the table, or up to three digits before "hundred" and "thousand". */
function belowHundred(said, language) {
  const match = longestMatch(said, language);
  if (match) return match;
  return said.length > 0 && /^[0-9]{1,3}$/.test(said[0]) ? { value: Number(said[0]), length: 1 } : null;
}

/** "a hundred", "a thousand" */
function startsWithArticle(said, language) {
  return language.code === 'en' && said[0] === 'a'
    && (language.hundred.includes(said[1]) || language.thousand.includes(said[1]));
}

/** An "and" that a number follows. */
function startsWithAnd(said, language) {
  const next = said.slice(1);
  return said[0] === language.and && (belowHundred(next, language) !== null || language.hundred.includes(next[0])
    || language.hundreds.some((names) => names.includes(next[0])));
}

/** Words that are written together come apart, where their parts are numbers: "zweihundert" is "zwei hundert". */
function separated(said, language) {
  return language.glue.length === 0 ? said : said.flatMap((word) => partsOf(word, language) ?? [word]);
}

/** From its end to its beginning, so that each place is looked at once. */
function partsOf(word, language) {
  if (Buffer.byteLength(word) > 80 || longestMatch([word], language)) return null;
  const endings = Array(word.length).fill(null).concat([[]]);
  for (let start = word.length - 1; start >= 0; start -= 1) {
    for (const name of indexOf(language).parts) {
      const rest = word.startsWith(name, start) ? endings[start + name.length] : null;
      if (rest && (!endings[start] || rest.length + 1 < endings[start].length)) endings[start] = [name, ...rest];
    }
  }
  return endings[0];
}

/** The longest name wins at each place: "twenty one" is 21; null if anything else was said. */
function readNumbers(said, language) {
  const parts = [];
  let rest = separated(said, language);
  while (rest.length > 0) {
    const number = readNumber(rest, language);
    if (!number) return null;
    parts.push(number.digits);
    rest = rest.slice(number.length);
  }
  return parts.length === 0 ? null : parts;
}

/** Digits in the order in which they were said, "four two" and "42" alike. */
const spokenDigits = (text, tag) => readNumbers(foldedWords(text), words(tag))?.join('') ?? null;

/** One number, "forty two" or "42". */
function spokenNumber(text, tag) {
  const parts = readNumbers(foldedWords(text), words(tag));
  return parts?.length === 1 ? writtenInteger(parts[0]) : null;
}

module.exports = { longestMatch, readNumber, readNumbers, separated, spokenDigits, spokenNumber };
