'use strict';
// Days as people type, say and write them. Years are 1900 to 2199; of two digits, 00 to 68 are this century's.

const load = (name) => require(Runtime.getAssets()[`/flowc/${name}.js`].path);
const { words } = load('tables');
const { clampedDay, dayOf, dateParts } = load('civil');
const { longestMatch, readNumbers, separated } = load('spoken-numbers');
const { answerWords, plainNumber } = load('parse-number');

const isDigits = (word) => /^[0-9]+$/.test(word);

/** `12252026`, `122526`, `20261225`, `12*25*2026`, `12*25`. */
function typedDate(keys, tag, today) {
  const parts = keys.split('*');
  if (parts.length > 1) return date(parts, tag, today);
  const slices = (...ends) => ends.map((end, index) => keys.slice(ends[index - 1] ?? 0, end));
  if (keys.length === 8) return date(slices(2, 4, 8), tag, today) ?? date(slices(4, 6, 8), tag, today);
  return keys.length === 6 ? date(slices(2, 4, 6), tag, today) : null;
}

/** `12/25/2026`, `2026-12-25`, "december twenty fifth", "25 de diciembre de 2026", "tomorrow". */
function readDate(answer, tag, today) {
  const language = words(tag);
  const all = answerWords(answer);
  if (all.every(isDigits)) return all.length === 1 ? typedDate(all[0], tag, today) : date(all, tag, today);
  const ahead = language.nextDays.indexOf(all.join(' '));
  if (ahead >= 0) return clampedDay(today + ahead);
  const said = separated(all.filter((word) => !language.besideDay.includes(word)), language);
  const place = said.findIndex((word) => Object.hasOwn(language.monthWords, word));
  if (place < 0) return null;
  const month = language.monthWords[said[place]];
  let rest = said.slice(place + 1);
  const found = readDay(place === 0 ? rest : said.slice(0, place), language);
  if (!found || (place > 0 && found.length !== place)) return null;
  if (place === 0) rest = rest.slice(found.length);
  if (rest.length === 0) return next(month, found.day, today);
  const year = yearOf(readNumbers(rest, language)?.join('') ?? '');
  return year === null ? null : dayOf(year, month, found.day);
}

/** In the order of the language, or in another one if only that makes a day. */
function date(parts, tag, today) {
  if (parts.length < 2 || parts.length > 3 || parts.some((part) => part.length < 1 || part.length > 4)) return null;
  const numbers = parts.map((part) => plainNumber(part) ?? 0);
  const orders = ['en', 'en-US', 'es-US'].includes(tag) ? [[0, 1], [1, 0]] : [[1, 0], [0, 1]];
  const first = (make) => make(...orders[0]) ?? make(...orders[1]);
  if (parts.length === 2) return first((month, day) => next(numbers[month], numbers[day], today));
  const year = yearOf(parts[parts[0].length === 4 ? 0 : 2]);
  if (year === null) return null;
  if (parts[0].length === 4) return dayOf(year, numbers[1], numbers[2]);
  return first((month, day) => dayOf(year, numbers[month], numbers[day]));
}

function yearOf(digits) {
  const number = plainNumber(digits);
  if (number === null) return null;
  if (digits.length === 2) return number < 69 ? 2_000 + number : 1_900 + number;
  return digits.length === 4 && number >= 1_900 && number <= 2_199 ? number : null;
}

/** The next such day, today included; the 29th of February comes again within eight years. */
function next(month, day, today) {
  const { year } = dateParts(today);
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const found = dayOf(year + ahead, month, day);
    if (found !== null && found >= today) return found;
  }
  return null;
}

/** A day of the month at the beginning: "25", "25th", "twenty five" or "twenty fifth", and how many words it takes. */
function readDay(said, language) {
  if (said.length === 0) return null;
  if (isDigits(said[0])) {
    const day = Number(said[0]);
    if (said[0].length > 2 || day < 1 || day > 31) return null;
    return { day, length: said.length > 1 && language.ordinalEndings.includes(said[1]) ? 2 : 1 };
  }
  for (let length = Math.min(3, said.length); length > 0; length -= 1) {
    const name = said.slice(0, length).join(' ');
    if (Object.hasOwn(language.ordinals, name)) return { day: language.ordinals[name], length };
  }
  const match = longestMatch(said, language);
  return match && match.value >= 1 && match.value <= 31 ? { day: match.value, length: match.length } : null;
}

module.exports = { typedDate, readDate };
