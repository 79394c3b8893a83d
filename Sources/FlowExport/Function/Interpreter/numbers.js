'use strict';
// Numbers stop at their bounds instead of overflowing; there is neither NaN nor a negative zero.

const maxInteger = Number.MAX_SAFE_INTEGER;

const clampedInteger = (value) => Math.min(Math.max(value, -maxInteger), maxInteger) + 0;

function clampedNumber(value) {
  if (Number.isNaN(value) || value === 0) return 0;
  return Math.min(Math.max(value, -Number.MAX_VALUE), Number.MAX_VALUE);
}

/** The nearest integer, a half away from zero. */
function nearestInteger(value) {
  const number = clampedNumber(value);
  return clampedInteger(Math.sign(number) * Math.round(Math.abs(number)));
}

const padded = (number, width) => String(number).padStart(width, '0');

/** A double as decimal digits and where the point stands, from the shortest digits that give the same double back. */
function decimalDigits(number) {
  if (number === 0 || !Number.isFinite(number)) return { sign: '', digits: [], point: 0 };
  const [mantissa, exponent] = Math.abs(number).toExponential().split('e');
  const digits = [...mantissa.replace('.', '')].map(Number);
  return withoutTrailingZeros({ sign: number < 0 ? '-' : '', digits, point: Number(exponent) + 1 });
}

function withoutTrailingZeros({ sign, digits, point }) {
  while (digits.length > 0 && digits[digits.length - 1] === 0) digits.pop();
  return { sign: digits.length === 0 ? '' : sign, digits, point };
}

/** With at most `count` digits; a half goes away from zero. */
function roundedAt(decimal, count) {
  const { sign, digits } = decimal;
  let { point } = decimal;
  if (count >= digits.length) return decimal;
  if (count < 0) return { sign, digits: [], point };
  const kept = digits.slice(0, count);
  if (digits[count] >= 5) {
    let place = count - 1;
    while (place >= 0 && kept[place] === 9) kept[place--] = 0;
    if (place >= 0) {
      kept[place] += 1;
    } else {
      kept.unshift(1);
      point += 1;
    }
  }
  return withoutTrailingZeros({ sign, digits: kept, point });
}

/** Without exponent and trailing zeros: `-0.5`, `1200`. */
function decimalText({ sign, digits, point }) {
  if (digits.length === 0) return '0';
  const text = digits.join('');
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${text}`;
  if (point >= text.length) return sign + text + '0'.repeat(point - text.length);
  return `${sign}${text.slice(0, point)}.${text.slice(point)}`;
}

/** At most 12 significant digits. */
const numberText = (number) => decimalText(roundedAt(decimalDigits(number), 12));

/** So many digits after the point; a half goes away from zero. */
function roundedToPlaces(number, places) {
  const decimal = decimalDigits(clampedNumber(number));
  return clampedNumber(Number(decimalText(roundedAt(decimal, decimal.point + Math.min(Math.max(places, -400), 400)))));
}

/** `-12`; no plus sign, no leading zeros, within ±(2^53−1); null for anything else. */
function writtenInteger(text) {
  if (!/^-?(0|[1-9][0-9]{0,15})$/.test(text)) return null;
  const value = Number(text) + 0;
  return Math.abs(value) <= maxInteger ? value : null;
}

/** `-12.5`; no exponent. */
function writtenNumber(text) {
  if (text.length > 400 || !/^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? clampedNumber(value) : null;
}

module.exports = {
  maxInteger, clampedInteger, clampedNumber, nearestInteger, padded, numberText, roundedToPlaces, writtenInteger,
  writtenNumber,
};
