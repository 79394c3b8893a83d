'use strict';
// Numbers, durations and amounts as people type, say and write them; null is a wrong answer.

const load = (name) => require(Runtime.getAssets()[`/flowc/${name}.js`].path);
const { words } = load('tables');
const { fold, foldedWords, isBlankScalar, isAlphabetic } = load('text');
const { writtenInteger, writtenNumber } = load('numbers');
const { readNumber, readNumbers, separated, spokenNumber } = load('spoken-numbers');
const { currency: currencyOf } = load('values');

/** "-12", "minus twelve", "1,200", "forty two". */
function integer(answer, tag) {
  const { text, isNegative } = withoutSign(unpunctuated(answer), tag);
  const magnitude = grouped(text) ?? spokenNumber(text, tag);
  return magnitude === null ? null : (isNegative ? -magnitude : magnitude) + 0;
}

/** "3.5", "3,5", "-2", "three point five". */
function decimal(answer, tag) {
  const plain = unpunctuated(answer);
  const written = writtenNumber(plain.replaceAll(',', '.')) ?? integer(plain, tag);
  if (written !== null) return written;
  const { text, isNegative } = withoutSign(plain, tag);
  const said = foldedWords(text);
  const point = said.findIndex((word) => words(tag).point.includes(word));
  if (point < 0) return null;
  const whole = readNumbers(said.slice(0, point), words(tag));
  const fraction = readNumbers(said.slice(point + 1), words(tag));
  if (whole?.length !== 1 || !fraction) return null;
  const number = writtenNumber(`${whole[0]}.${fraction.join('')}`);
  return number === null ? null : (isNegative ? -number : number) + 0;
}

function withoutSign(text, tag) {
  const unsigned = text.replace(/^-+/, '');
  const signs = text.length - unsigned.length;
  if (signs > 0) return { text: signs === 1 ? unsigned : '', isNegative: true };
  const said = foldedWords(text);
  if (!words(tag).minus.includes(said[0])) return { text, isNegative: false };
  return { text: said.slice(1).join(' '), isNegative: true };
}

/** Digits in groups of three, or without groups, with zeros before them at most. */
function grouped(text) {
  const match = /^(?:[0-9]+|[0-9]{1,3}(?:([,. '])[0-9]{3})(?:\1[0-9]{3})*)$/.test(text);
  return match ? writtenInteger(text.replace(/[^0-9]/g, '').replace(/^0+(?=[0-9])/, '')) : null;
}

/** Recognition puts a full stop behind what it takes for a sentence. */
function unpunctuated(text) {
  let end = text.length;
  while (end > 0 && '.!?'.includes(text[end - 1])) end -= 1;
  return text.slice(0, end);
}

/** Folded words, where digits and letters part: "9am" is "9 am", "25th" is "25 th". */
const answerWords = (text) => foldedWords(text).flatMap((word) => word.match(/[0-9]+|[^0-9]+/g));

/** How many words a phrase takes at the beginning; the longest that is there, or null. */
function lengthOfOne(phrases, said) {
  const found = phrases.filter((phrase) => phrase.length <= said.length && phrase.every((word, index) => word === said[index]));
  return found.length === 0 ? null : Math.max(...found.map((phrase) => phrase.length));
}

/** At most nine digits. */
const plainNumber = (text) => (/^[0-9]{1,9}$/.test(text) ? Number(text) : null);

// Durations

const longestDuration = 366 * 86_400_000;
const bounded = (milliseconds) => (milliseconds <= longestDuration ? milliseconds : null);

/** Minutes, or `1*30`: hours and minutes. */
function typedDuration(keys) {
  const parts = keys.split('*').map(plainNumber);
  if (parts.includes(null) || parts.length > 2) return null;
  if (parts.length === 1) return bounded(parts[0] * 60_000);
  return parts[1] < 60 ? bounded(parts[0] * 3_600_000 + parts[1] * 60_000) : null;
}

/** "1h30m", "90 minutes", "two hours and five minutes", "an hour and a half"; a bare number is minutes. */
function readDuration(answer, tag) {
  const language = words(tag);
  let rest = separated(answerWords(answer), language);
  let sum = 0;
  let last = null;
  if (rest.length === 0) return null;
  while (rest.length > 0) {
    const behind = last === null ? null : lengthOfOne(language.half.behind, rest);
    if (behind !== null) {
      sum += Math.floor(last / 2);
      rest = rest.slice(behind);
      continue;
    }
    if (last !== null && rest[0] === language.and) rest = rest.slice(1);
    const before = lengthOfOne(language.half.before, rest);
    const halved = before === null ? null : lengthOfUnit(rest[before], language);
    if (halved !== null && halved < (last ?? Infinity)) {
      sum += Math.floor(halved / 2);
      last = halved;
      rest = rest.slice(before + 1);
      continue;
    }
    const counted = count(rest, language);
    if (!counted) return null;
    rest = rest.slice(counted.length);
    if (rest.length === 0) return last === null ? bounded(counted.value * 60_000) : null;
    const unit = lengthOfUnit(rest[0], language);
    if (unit === null || unit >= (last ?? Infinity)) return null;
    sum += counted.value * unit;
    last = unit;
    rest = rest.slice(1);
  }
  return bounded(sum);
}

/** A number of at most six digits, or an article. */
function count(said, language) {
  if (language.articles.includes(said[0])) return { value: 1, length: 1 };
  const number = readNumber(said, language);
  return number && number.digits.length <= 6 ? { value: Number(number.digits), length: number.length } : null;
}

/** Milliseconds of a unit of time that a word names. */
function lengthOfUnit(word, { units }) {
  const lengths = [86_400_000, 3_600_000, 60_000, 1_000];
  const index = units.findIndex((names) => names.some((name) => fold(name) === word));
  if (index >= 0) return lengths[index];
  const short = { d: 0, h: 1, hr: 1, hrs: 1, std: 1, m: 2, min: 2, mins: 2, s: 3, sec: 3, secs: 3, sek: 3 };
  if (word === 'ms') return 1;
  return word !== undefined && Object.hasOwn(short, word) ? lengths[short[word]] : null;
}

// Money

/** Whole units, or `12*50`; in the currency's smallest unit. */
function typedMoney(keys, code) {
  const parts = keys.split('*');
  return parts.length > 2 ? null : amount(parts[0], parts[1], currencyOf(code).decimals);
}

/** `12.50`, `$1,234.50`, `12,50 €`, "twelve dollars and fifty cents", "twelve fifty". */
function readMoney(answer, code, tag) {
  const language = words(tag);
  const { decimals, major, minor } = currencyOf(code);
  if (answer.startsWith('-')) return null;
  const written = writtenAmount(unpunctuated(answer), major, decimals);
  if (written !== null) return written;
  let rest = separated(answerWords(answer), language);
  const whole = readNumber(rest, language);
  if (!whole) return null;
  rest = rest.slice(whole.length);
  if (decimals === 2 && rest.length === 1 && minor.includes(rest[0])) {
    return whole.digits.length <= 2 ? amount('0', whole.digits.padStart(2, '0'), decimals) : null;
  }
  const isNamed = major.includes(rest[0]);
  if (isNamed) rest = rest.slice(1);
  if (rest.length === 0) return amount(whole.digits, undefined, decimals);
  if (rest[0] === language.and) rest = rest.slice(1);
  const part = decimals === 2 ? readNumber(rest, language) : null;
  if (!part || part.digits.length > 2) return null;
  rest = rest.slice(part.length);
  if (minor.includes(rest[0]) || (!isNamed && major.includes(rest[0]))) rest = rest.slice(1);
  // "twelve five" without a name is no amount.
  if (rest.length > 0 || (!isNamed && part.digits.length !== 2)) return null;
  return amount(whole.digits, part.digits.padStart(2, '0'), decimals);
}

/** Digits with separators, the currency's sign or name before or behind them. */
function writtenAmount(text, names, decimals) {
  let number = '';
  let letters = '';
  for (const scalar of text) {
    if ('$€£¥'.includes(scalar) || isBlankScalar(scalar)) continue;
    if (isAlphabetic(scalar)) letters += scalar;
    else number += scalar;
  }
  if (letters !== '' && !names.includes(fold(letters))) return null;
  if (!/^[0-9][0-9,.']*$/.test(number)) return null;
  const last = number.search(/[^0-9][0-9]*$/);
  if (last < 0) return amount(number, undefined, decimals);
  const behind = number.length - last - 1;
  if (behind >= 1 && behind <= decimals && (behind < 3 || number[last] === '.')) {
    // The other separator makes groups, or none does.
    const whole = number.slice(0, last);
    const units = whole.includes(number[last]) ? null : grouped(whole);
    return units === null ? null : amount(String(units), number.slice(last + 1), decimals);
  }
  const units = grouped(number);
  return units === null ? null : amount(String(units), undefined, decimals);
}

/** At most twelve digits before the point. */
function amount(whole, fraction, decimals) {
  if (!/^[0-9]{1,12}$/.test(whole)) return null;
  const units = Number(whole) * 10 ** decimals;
  if (fraction === undefined) return units;
  if (!/^[0-9]+$/.test(fraction) || fraction.length > decimals) return null;
  return units + Number(fraction.padEnd(decimals, '0'));
}

module.exports = {
  integer, decimal, unpunctuated, answerWords, lengthOfOne, plainNumber, typedDuration, readDuration, typedMoney, readMoney,
};
