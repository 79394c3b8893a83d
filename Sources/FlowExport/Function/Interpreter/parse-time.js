'use strict';
// Times of day as people type, say and write them, in seconds after midnight. Without a.m. or p.m. they are of the clock
// of 24 hours.

const load = (name) => require(Runtime.getAssets()[`/flowc/${name}.js`].path);
const { words } = load('tables');
const { remainder, writtenTime } = load('civil');
const { readNumber, readNumbers, separated } = load('spoken-numbers');
const { answerWords, lengthOfOne, plainNumber, unpunctuated } = load('parse-number');

const timeOf = (hour, minute) => (hour <= 23 && minute <= 59 ? hour * 3_600 + minute * 60 : null);
const isOneOf = (phrases, said) => lengthOfOne(phrases, said) === said.length;

/** `9`, `930`, `0930`, `9*30`, `1430`. */
function typedTime(keys) {
  const parts = /^([0-9]{1,2})\*([0-9]{2})$/.exec(keys);
  if (parts) return timeOf(Number(parts[1]), Number(parts[2]));
  const number = keys.length <= 4 ? plainNumber(keys) : null;
  if (number === null) return null;
  return keys.length <= 2 ? timeOf(number, 0) : timeOf(Math.floor(number / 100), number % 100);
}

/** `9:30`, "9:30 pm", "half past nine", "neun Uhr dreißig", "noon". */
function readTime(answer, tag) {
  const written = writtenTime(unpunctuated(answer));
  if (written !== null) return written;
  const language = words(tag);
  const { clock } = language;
  const said = separated(answerWords(answer), language);
  if (isOneOf(clock.noon, said)) return timeOf(12, 0);
  if (isOneOf(clock.midnight, said)) return timeOf(0, 0);
  const rest = said.slice(lengthOfOne(clock.before, said) ?? 0);
  const beforeNoon = withoutEnding(clock.am, rest);
  const afterNoon = beforeNoon ? null : withoutEnding(clock.pm, rest);
  let minutes = minutesOfDay(beforeNoon ?? afterNoon ?? rest, language);
  if (minutes === null) return null;
  if (beforeNoon || afterNoon) {
    if (minutes >= 13 * 60) return null;
    minutes = remainder(minutes, 720) + (afterNoon ? 720 : 0);
  }
  return remainder(minutes, 1_440) * 60;
}

/** null where none of the phrases stands at the end, or nothing before it. */
function withoutEnding(phrases, said) {
  for (const phrase of phrases) {
    const start = said.length - phrase.length;
    if (start > 0 && phrase.every((word, index) => word === said[start + index])) return said.slice(0, start);
  }
  return null;
}

/** Minutes after midnight; below zero for what lacks to midnight. */
function minutesOfDay(said, language) {
  const { clock } = language;
  for (const [phrases, minutes] of [[clock.halfPast, 30], [clock.halfTo, -30]]) {
    const length = lengthOfOne(phrases, said);
    const hour = length === null ? null : wholeHour(said.slice(length), language);
    if (hour !== null) return hour * 60 + minutes;
  }
  const beside = minutesBesideHour(said, language);
  if (beside !== null) return beside;
  const found = hourOf(said, language);
  if (!found) return null;
  const hour = found.hour * 60;
  let rest = said.slice(found.length);
  rest = rest.slice(lengthOfOne(clock.hour, rest) ?? 0);
  if (rest.length === 0) return hour;
  if (isOneOf(clock.half, rest)) return hour + 30;
  if (isOneOf(clock.quarter, rest)) return hour + 15;
  const less = lengthOfOne(clock.less, rest);
  if (less !== null) {
    const minutes = amount(rest.slice(less), language);
    return minutes === null ? null : hour - minutes;
  }
  if (rest[0] === language.and) rest = rest.slice(1);
  const minutes = amount(rest, language);
  return minutes === null ? null : hour + minutes;
}

/** "a quarter past nine", "zehn vor neun". */
function minutesBesideHour(said, language) {
  for (let place = 1; place < said.length; place += 1) {
    const behind = said.slice(place);
    for (const [phrases, sign] of [[language.clock.past, 1], [language.clock.to, -1]]) {
      const length = lengthOfOne(phrases, behind);
      const hour = length === null ? null : wholeHour(behind.slice(length), language);
      const minutes = hour === null ? null : amount(said.slice(0, place), language);
      if (minutes !== null) return hour * 60 + sign * minutes;
    }
  }
  return null;
}

function wholeHour(said, language) {
  const found = hourOf(said, language);
  if (!found) return null;
  const rest = said.slice(found.length);
  return rest.length === 0 || isOneOf(language.clock.hour, rest) ? found.hour : null;
}

/** 0...23 at the beginning. */
function hourOf(said, language) {
  const number = readNumber(said, language);
  if (!number || number.digits.length > 2 || Number(number.digits) > 23) return null;
  return { hour: Number(number.digits), length: number.length };
}

/** A quarter, or 0...59, all of the words. */
function amount(said, language) {
  const { clock } = language;
  if (said.length > 0 && isOneOf(clock.quarter, said)) return 15;
  const digits = readNumbers(withoutEnding(clock.minute, said) ?? said, language)?.join('');
  return digits !== undefined && digits.length <= 2 && Number(digits) < 60 ? Number(digits) : null;
}

module.exports = { typedTime, readTime };
