'use strict';
// The functions of the language; the checker has judged the arguments. Pure and total.

const load = (name) => require(Runtime.getAssets()[`/flowc/${name}.js`].path);
const { words } = load('tables');
const text = load('text');
const numbers = load('numbers');
const { dateParts, timeParts, weekday, civil, writtenDate, writtenTime } = load('civil');
const values = load('values');
const { matches } = load('pattern');

const { none, bool, integer, string, asText } = values;
const textScalars = 16_000;
const listItems = 100;
const elements = (value) => (value?.kind === 'list' ? value.value : []);
const made = (build, value) => (value === null ? none : build(value));

/** The parts between the places where `separator` stands, at most `limit`; the last keeps the rest. */
function parts(whole, separator, limit) {
  const result = [];
  let rest = 0;
  while (separator !== '' && result.length < limit - 1) {
    const place = whole.indexOf(separator, rest);
    if (place < 0) break;
    result.push(whole.slice(rest, place));
    rest = place + separator.length;
  }
  return [...result, whole.slice(rest)];
}

/** Texts side by side, as long as any text may be. */
function joined(pieces, separator) {
  let result = '';
  for (const [index, piece] of pieces.entries()) {
    result += (index > 0 ? separator : '') + piece;
    if (result.length > textScalars * 4) break;
  }
  return string(text.cut(result, textScalars));
}

/** The count of scalars that `first` and `last` take. */
const count = (value) => Math.min(Math.max(value.value, 0), textScalars);

function round(value, places) {
  if (places) return values.number(numbers.roundedToPlaces(values.asNumber(value) ?? 0, numbers.nearestInteger(values.asNumber(places) ?? 0)));
  return integer(value.kind === 'integer' ? numbers.clampedInteger(value.value) : numbers.nearestInteger(values.asNumber(value) ?? 0));
}

function extreme(candidates, sign) {
  return candidates.reduce((best, value) => (values.order(value, best) === sign ? value : best));
}

function abs(value) {
  return values.order(value, { ...value, value: 0 }) === -1 ? values.negated(value) : value;
}

const day = (value, { timezone }) => (value.kind === 'datetime' ? civil(value.value, timezone).date : value.value);

/** A run of letters that is a field's name becomes the field; everything else stays. */
function format(value, pattern, context) {
  if (value.kind === 'money') return string(values.moneyText(value.value, Math.min(Math.max(pattern.value, 0), 4)));
  const fields = dateFields(value, context);
  let result = '';
  let run = '';
  for (const scalar of [...asText(pattern)].slice(0, values.textLimit)) {
    if (text.isAlphabetic(scalar)) {
      run += scalar;
      continue;
    }
    result += (fields[run] ?? run) + scalar;
    run = '';
  }
  return string(text.cut(result + (fields[run] ?? run), values.textLimit));
}

function dateFields(value, { tag, timezone }) {
  const { date, time } = value.kind === 'datetime' ? civil(value.value, timezone) : { [value.kind]: value.value };
  const fields = Object.create(null);
  if (date !== undefined) {
    const { year, month, day: dayOfMonth } = dateParts(date);
    const language = words(tag);
    Object.assign(fields, {
      yyyy: numbers.padded(year, 4), yy: numbers.padded(year % 100, 2), MMMM: language.months[month - 1],
      MM: numbers.padded(month, 2), M: String(month), dd: numbers.padded(dayOfMonth, 2), d: String(dayOfMonth),
      EEEE: language.days[weekday(date)],
    });
  }
  if (time !== undefined) {
    const { hour, minute, second } = timeParts(time);
    const twelve = ((hour + 11) % 12) + 1;
    Object.assign(fields, {
      HH: numbers.padded(hour, 2), H: String(hour), hh: numbers.padded(twelve, 2), h: String(twelve),
      mm: numbers.padded(minute, 2), ss: numbers.padded(second, 2), a: hour < 12 ? 'AM' : 'PM',
    });
  }
  return fields;
}

const functions = {
  trim: ([value]) => string(text.trimmed(asText(value))),
  lower: ([value]) => string(text.mapped(asText(value), (scalar) => scalar.toLowerCase())),
  upper: ([value]) => string(text.mapped(asText(value), (scalar) => scalar.toUpperCase())),
  length: ([value]) => integer(text.length(asText(value))),
  contains: ([value, part]) => bool(asText(value).includes(asText(part))),
  starts_with: ([value, part]) => bool(asText(value).startsWith(asText(part))),
  ends_with: ([value, part]) => bool(asText(value).endsWith(asText(part))),
  replace: ([value, part, by]) => joined(parts(asText(value), asText(part), Infinity), asText(by)),
  digits_of: ([value]) => string(asText(value).replace(/[^0-9]/g, '')),
  matches: ([value, pattern]) => bool(matches(asText(value), asText(pattern))),
  split: ([value, separator]) => values.list(parts(asText(value), asText(separator), listItems).map(string)),
  join: ([value, separator]) => joined(elements(value).map((element) => values.plainText(element)), asText(separator)),
  first: ([value, n]) => (n ? string(text.cut(asText(value), count(n))) : elements(value)[0] ?? none),
  last: ([value, n]) => {
    if (!n) return elements(value).at(-1) ?? none;
    return string(count(n) === 0 ? '' : [...asText(value)].slice(-count(n)).join(''));
  },
  count: ([value]) => integer(elements(value).length),
  round: ([value, places]) => round(value, places),
  min: (candidates) => extreme(candidates, -1),
  max: (candidates) => extreme(candidates, 1),
  abs: ([value]) => abs(value),
  number: ([value]) => made(values.number, numbers.writtenNumber(text.trimmed(asText(value)))),
  date: ([value], context) =>
    (value.kind === 'datetime' ? values.date(day(value, context)) : made(values.date, writtenDate(asText(value)))),
  time: ([value], { timezone }) =>
    (value.kind === 'datetime'
      ? values.time(civil(value.value, timezone).time) : made(values.time, writtenTime(asText(value)))),
  format: ([value, pattern], context) => format(value, pattern, context),
  days_between: ([from, to], context) => integer(day(to, context) - day(from, context)),
  phone: ([value]) => made(string, values.writtenPhone(asText(value))),
  if: ([condition, yes, no]) => (values.isTrue(condition) ? yes : no),
};

module.exports = { functions, joined };
