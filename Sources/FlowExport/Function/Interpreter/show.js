'use strict';
// How people of a language say and write values, and what a hole puts in: not yet escaped for XML.

const load = (name) => require(Runtime.getAssets()[`/flowc/${name}.js`].path);
const { words } = load('tables');
const text = load('text');
const { numberText, padded, clampedInteger } = load('numbers');
const { dateParts, timeParts, civil } = load('civil');
const values = load('values');

/** `context` has the language's tag and the flow's zone. */
function show(value, { type, form, limit }, context) {
  switch (form) {
    case 'spoken': return cut(spoken(value, type, context), limit);
    case 'written': return cut(written(value, type, context), limit);
    case 'spelled': return spelled(cut(values.plainText(value, type), limit));
    case 'verbatim': return values.plainText(value, type);
    case 'json': return values.jsonText(value, type);
    case 'jsonText': return text.jsonEscaped(cut(values.plainText(value, type), limit));
    default: return text.percentEncoded(cut(values.plainText(value, type), limit));
  }
}

/** At most `limit` scalars, cut at a blank if there is one in the last half. */
function cut(whole, limit) {
  if (text.hasAtMost(whole, limit)) return whole;
  const scalars = [...whole];
  const kept = scalars.slice(0, Math.max(0, limit));
  if (text.isBlankScalar(scalars[kept.length])) return text.trimmed(kept.join(''));
  let blank = kept.length - 1;
  while (blank >= 0 && !text.isBlankScalar(kept[blank])) blank -= 1;
  const isNear = blank >= 0 && blank >= Math.trunc(limit / 2);
  return text.trimmed((isNear ? kept.slice(0, blank) : kept).join(''));
}

/** `A B 4 2`: one by one, so that nothing is read as a word or a number. */
function spelled(whole) {
  let result = '';
  for (const scalar of whole) {
    if (text.isBlankScalar(scalar)) continue;
    result += (result !== '' && !text.isMark(scalar) ? ' ' : '') + scalar;
  }
  return result;
}

function spoken(value, type, context) {
  const { kind } = values.typeCase(values.unwrapped(type));
  if (value.kind === 'text') {
    if (kind === 'digits') return oneByOne(value.value);
    if ((kind === 'phone' || kind === 'address') && values.isPhone(value.value)) return oneByOne(value.value);
  }
  return written(value, type, context);
}

const oneByOne = (digits) => digits.replace(/[^0-9]/g, '').split('').join(' ');

function written({ kind, value }, type, context) {
  const language = words(context.tag);
  switch (kind) {
    case 'bool': return value ? language.yes[0] : language.no[0];
    case 'number': return withPoint(numberText(value), context.tag);
    case 'date': return writtenDate(value, context.tag);
    case 'time': return writtenTime(value, context.tag);
    case 'datetime': {
      const { date, time } = civil(value, context.timezone);
      const between = language.code === 'en' ? ' at ' : ', ';
      return writtenDate(date, context.tag) + between + writtenTime(time, context.tag);
    }
    case 'duration': return writtenDuration(value, context.tag);
    case 'money': return writtenMoney(value, type, context.tag);
    default: return values.plainText({ kind, value });
  }
}

/** Mexico, Central America and the United States write a point in Spanish too. */
function hasDecimalComma(tag) {
  const { code } = words(tag);
  if (code === 'es') return !['MX', 'US', 'PR', 'DO', 'GT', 'HN', 'NI', 'PA', 'SV'].includes(region(tag));
  return code !== 'en';
}

const region = (tag) => (tag.split('-').filter((part) => part !== '').slice(1).find((part) => part.length === 2) ?? '').toUpperCase();

const withPoint = (number, tag) => (hasDecimalComma(tag) ? number.replace('.', ',') : number);

function writtenDate(days, tag) {
  const { year, month, day } = dateParts(days);
  const { code, months } = words(tag);
  const name = months[month - 1];
  switch (code) {
    case 'en': return ['', 'US', 'CA'].includes(region(tag)) ? `${name} ${day}, ${year}` : `${day} ${name} ${year}`;
    case 'es': case 'pt': return `${day} de ${name} de ${year}`;
    case 'fr': return `${day === 1 ? '1er' : day} ${name} ${year}`;
    case 'de': return `${day}. ${name} ${year}`;
    default: return `${day} ${name} ${year}`;
  }
}

function writtenTime(seconds, tag) {
  const { hour, minute } = timeParts(seconds);
  switch (words(tag).code) {
    case 'en': return `${((hour + 11) % 12) + 1}:${padded(minute, 2)} ${hour < 12 ? 'AM' : 'PM'}`;
    case 'de': return `${hour}:${padded(minute, 2)} Uhr`;
    default: return `${hour}:${padded(minute, 2)}`;
  }
}

/** "2 hours 5 minutes"; parts of a second stay with the seconds. */
function writtenDuration(milliseconds, tag) {
  const { units } = words(tag);
  const parts = [];
  let rest = Math.abs(clampedInteger(milliseconds));
  [86_400_000, 3_600_000, 60_000].forEach((length, index) => {
    const count = Math.floor(rest / length);
    if (count > 0) parts.push(`${count} ${units[index][count === 1 ? 0 : 1]}`);
    rest %= length;
  });
  if (rest > 0 || parts.length === 0) {
    parts.push(`${withPoint(numberText(rest / 1_000), tag)} ${units[3][rest === 1_000 ? 0 : 1]}`);
  }
  return (milliseconds < 0 ? '-' : '') + parts.join(' ');
}

/** Where the symbol means one currency to everyone who hears it. */
const symbols = { USD: '$', EUR: '€', GBP: '£', JPY: '¥' };

function writtenMoney(amount, type, tag) {
  const currency = values.unwrapped(type).money?._0;
  if (currency === undefined) return values.moneyText(amount, 2);
  const sign = amount < 0 ? '-' : '';
  const comma = hasDecimalComma(tag);
  const number = values.moneyText(Math.abs(amount), values.decimals(currency), comma ? ',' : '.');
  const symbol = symbols[currency];
  if (comma) return `${sign}${number} ${symbol ?? currency}`;
  return symbol ? `${sign}${symbol}${number}` : `${sign}${number} ${currency}`;
}

module.exports = { show };
