'use strict';
// Values of the running machine: `{kind, value}`. Reading them from text, comparing, calculating, writing them for machines.

const load = (name) => require(Runtime.getAssets()[`/flowc/${name}.js`].path);
const { currencies } = load('tables');
const text = load('text');
const numbers = load('numbers');
const civil = load('civil');

const { clampedInteger, clampedNumber } = numbers;
const make = (kind) => (value) => ({ kind, value });
const none = { kind: 'none' };
const bool = make('bool');
const integer = make('integer');
const number = make('number');
const string = make('text');
const date = make('date');
const time = make('time');
const datetime = make('datetime');
const duration = make('duration');
const money = make('money');
const list = make('list');
const record = make('record');

const isTrue = (value) => value.kind === 'bool' && value.value;
/** Of a text; an empty one of all others. */
const asText = (value) => (value.kind === 'text' ? value.value : '');
const isNumber = ({ kind }) => kind === 'integer' || kind === 'number';
const asNumber = (value) => (isNumber(value) ? value.value : null);

/** A value as it stands in a program. */
function literal(coded) {
  const kind = Object.keys(coded)[0];
  const payload = coded[kind]._0;
  switch (kind) {
    case 'none': return none;
    case 'date': return date(payload.days);
    case 'time': return time(payload.seconds);
    case 'list': case 'record': return { kind, value: payload.map(literal) };
    default: return { kind, value: payload };
  }
}

// Reading

const textLimit = 1_600;
const secretLimit = 16_000;

/** A type's case and what it holds. */
function typeCase(type) {
  const kind = Object.keys(type)[0];
  return { kind, payload: type[kind] };
}

/** The type without its `?`. */
function unwrapped(type) {
  return type.optional ? type.optional._0 : type;
}

/** A text read by the type of its place; null if it doesn't fit. */
function read(source, type) {
  const { kind, payload } = typeCase(type);
  const made = (build, value) => (value === null ? null : build(value));
  switch (kind) {
    case 'text': return text.hasAtMost(source, payload.limit) ? string(source) : null;
    case 'secret': return text.hasAtMost(source, secretLimit) ? string(source) : null;
    case 'bool':
      if (['true', 'yes', 'on'].includes(source)) return bool(true);
      return ['false', 'no', 'off'].includes(source) ? bool(false) : null;
    case 'integer': return made(integer, numbers.writtenInteger(source));
    case 'number': return made(number, numbers.writtenNumber(source));
    case 'digits': {
      const [least, most] = payload._0;
      return /^[0-9]*$/.test(source) && source.length >= least && source.length <= most ? string(source) : null;
    }
    case 'phone': return isPhone(source) ? string(source) : null;
    case 'address':
      return source !== '' && text.hasAtMost(source, textLimit) && !/[\u0000-\u001F\u007F]/.test(source)
        ? string(source) : null;
    case 'url': return isWebAddress(source) ? string(source) : null;
    case 'date': return made(date, civil.writtenDate(source));
    case 'time': return made(time, civil.writtenTime(source));
    case 'datetime': return made(datetime, civil.writtenInstant(source));
    case 'duration': return made(duration, writtenDuration(source));
    case 'money': return made(money, writtenMoney(source, decimals(payload._0)));
    case 'words': return payload._0.includes(source) ? string(source) : null;
    case 'optional': return read(source, payload._0);
    default: return null;
  }
}

/** E.164: `+`, 2 to 15 digits, the first not 0. */
const isPhone = (source) => /^\+[1-9][0-9]{1,14}$/.test(source);

/** E.164, with blanks, hyphens, points and brackets between the digits. */
function writtenPhone(source) {
  const phone = text.trimmed(source).replace(/[ \-.()/]/g, '');
  return isPhone(phone) ? phone : null;
}

/** An absolute `http` or `https` address with a host that every reader understands alike. */
function isWebAddress(source) {
  if (source.length > textLimit || !/^[!#-;=?-[\]_a-z~]*$/.test(source)) return false;
  const match = /^https?:\/\/([^/?#]*)/.exec(source);
  const [host, port, ...rest] = match ? match[1].split(':') : [''];
  return rest.length === 0 && host.length <= 253
    && host.split('.').every((label) => /^(?!-)[a-zA-Z0-9-]{1,63}(?<!-)$/.test(label))
    && (port === undefined || isPort(port));
}

const isPort = (port) => /^[0-9]{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535;

const durationUnits = [['d', 86_400_000], ['h', 3_600_000], ['m', 60_000], ['s', 1_000], ['ms', 1]];

/** `20s`, `1h30m`, `500ms`; each unit once, the biggest first. */
function writtenDuration(source) {
  if (!/^([0-9]{1,9}[^0-9]+)+$/.test(source)) return null;
  let sum = 0;
  let next = 0;
  for (const [, count, name] of source.matchAll(/([0-9]+)([^0-9]+)/g)) {
    const unit = durationUnits.findIndex(([known]) => known === name);
    if (unit < next) return null;
    sum += Number(count) * durationUnits[unit][1];
    next = unit + 1;
  }
  return clampedInteger(sum);
}

/** `12.50`: at most as many decimals as the currency has. */
function writtenMoney(source, places) {
  if (numbers.writtenNumber(source) === null) return null;
  const [whole, fraction = ''] = source.split('.');
  if (fraction.length > places) return null;
  const [, sign, digits] = /^(-?)0*(.*)$/.exec(whole + fraction.padEnd(places, '0'));
  return digits === '' ? 0 : numbers.writtenInteger(sign + digits);
}

/** How many decimals a currency's minor unit stands for, and what people call its units. */
const currency = (code) => currencies[code] ?? { decimals: 2, major: [], minor: [] };
const decimals = (code) => currency(code).decimals;

// Comparing

/** Texts are equal if their scalars are; an integer and a number if they are the same number. */
function equals(left, right) {
  if (isNumber(left) && isNumber(right)) return left.value === right.value;
  if (left.kind !== right.kind) return false;
  if (left.kind !== 'list' && left.kind !== 'record') return left.value === right.value;
  return left.value.length === right.value.length
    && left.value.every((element, index) => equals(element, right.value[index]));
}

/** Below 0, 0, above 0; null for values that have no order among them. */
function order(left, right) {
  const ordered = ['date', 'time', 'datetime', 'duration', 'money'];
  const comparable = (isNumber(left) && isNumber(right)) || (left.kind === right.kind && ordered.includes(left.kind));
  return comparable ? Math.sign(left.value - right.value) : null;
}

function compares(comparison, left, right) {
  if (comparison === 'equal') return equals(left, right);
  if (comparison === 'notEqual') return !equals(left, right);
  const place = order(left, right);
  if (place === null) return false;
  switch (comparison) {
    case 'less': return place < 0;
    case 'lessOrEqual': return place <= 0;
    case 'greater': return place > 0;
    default: return place >= 0;
  }
}

// Calculating: a division by zero, or operands that the checker refuses, are `none`.

const isAmount = ({ kind }) => kind === 'duration' || kind === 'money';

function calculate(operation, left, right) {
  const a = left.value;
  const b = right.value;
  if (left.kind === 'integer' && right.kind === 'integer') return ofIntegers(operation, clampedInteger(a), clampedInteger(b));
  if (isNumber(left) && isNumber(right)) return ofNumbers(operation, a, b);
  if (isAmount(left) && left.kind === right.kind) return ofAmounts(operation, left, right);
  if (isAmount(left) && isNumber(right)) return scaled(operation, left, b);
  if (isNumber(left) && isAmount(right)) return operation === 'multiply' ? scaled(operation, right, a) : none;
  const sign = { add: 1, subtract: -1 }[operation];
  if (sign === undefined) return none;
  const difference = () => (sign < 0 ? duration(clampedInteger(clampedInteger(a) - clampedInteger(b))) : none);
  switch (`${left.kind} ${right.kind}`) {
    case 'datetime duration':
      return datetime(civil.clampedInstant(clampedInteger(clampedInteger(a) + sign * clampedInteger(b))));
    case 'datetime datetime': return difference();
    case 'date duration':
      return date(civil.clampedDay(a + sign * Math.trunc(clampedInteger(b) / civil.dayLength)));
    case 'date date': return sign < 0 ? duration((a - b) * civil.dayLength) : none;
    case 'time duration':
      return time(civil.remainder(a + sign * Math.trunc(clampedInteger(b) / 1_000), 86_400));
    default: return none;
  }
}

function ofIntegers(operation, a, b) {
  switch (operation) {
    case 'add': return integer(clampedInteger(a + b));
    case 'subtract': return integer(clampedInteger(a - b));
    case 'multiply': return integer(clampedInteger(a * b));
    case 'divide': return b === 0 ? none : number(clampedNumber(a / b));
    default: return b === 0 ? none : integer((a % b) + 0);
  }
}

function ofNumbers(operation, a, b) {
  switch (operation) {
    case 'add': return number(clampedNumber(a + b));
    case 'subtract': return number(clampedNumber(a - b));
    case 'multiply': return number(clampedNumber(a * b));
    case 'divide': return b === 0 ? none : number(clampedNumber(a / b));
    default: return b === 0 ? none : number(clampedNumber(a % b));
  }
}

function ofAmounts(operation, left, right) {
  const [a, b] = [clampedInteger(left.value), clampedInteger(right.value)];
  switch (operation) {
    case 'add': return { kind: left.kind, value: clampedInteger(a + b) };
    case 'subtract': return { kind: left.kind, value: clampedInteger(a - b) };
    case 'divide': return b === 0 ? none : number(clampedNumber(left.value / right.value));
    default: return none;
  }
}

function scaled(operation, amount, factor) {
  if (operation === 'multiply') return { kind: amount.kind, value: numbers.nearestInteger(amount.value * factor) };
  if (operation !== 'divide' || factor === 0) return none;
  return { kind: amount.kind, value: numbers.nearestInteger(amount.value / factor) };
}

function negated({ kind, value }) {
  switch (kind) {
    case 'integer': case 'duration': case 'money': return { kind, value: clampedInteger(-value) };
    case 'number': return number(clampedNumber(-value));
    default: return none;
  }
}

// Writing

/** As machines read it: ISO dates, `true`, plain numbers; money by its currency's decimals, or two. */
function plainText({ kind, value }, type = { text: {} }) {
  switch (kind) {
    case 'bool': case 'integer': return String(value);
    case 'number': return numbers.numberText(value);
    case 'text': return value;
    case 'date': return civil.dateText(value);
    case 'time': return civil.timeText(value);
    case 'datetime': return civil.instantText(value);
    case 'duration': return durationText(value);
    case 'money': return moneyText(value, decimals(unwrapped(type).money?._0));
    default: return '';
  }
}

function durationText(milliseconds) {
  if (milliseconds === 0) return '0s';
  let rest = Math.abs(clampedInteger(milliseconds));
  let result = milliseconds < 0 ? '-' : '';
  for (const [name, length] of durationUnits) {
    if (rest >= length) result += Math.floor(rest / length) + name;
    rest %= length;
  }
  return result;
}

/** `12.50` */
function moneyText(value, places, point = '.') {
  const amount = clampedInteger(value);
  const digits = numbers.padded(Math.abs(amount), places + 1);
  const sign = amount < 0 ? '-' : '';
  return places > 0 ? `${sign}${digits.slice(0, -places)}${point}${digits.slice(-places)}` : sign + digits;
}

/** A value as JSON: what a typed answer reads back. */
function jsonText(value, type) {
  const { kind, payload } = typeCase(unwrapped(type));
  switch (value.kind) {
    case 'none': return 'null';
    case 'bool': case 'integer': case 'money': return String(value.value);
    case 'number': return numbers.numberText(value.value);
    case 'list':
      return kind === 'list' ? `[${value.value.map((element) => jsonText(element, payload._0)).join(',')}]` : 'null';
    case 'record': {
      if (kind !== 'record') return 'null';
      const members = payload._0.fields.slice(0, value.value.length)
        .map((field, index) => `"${text.jsonEscaped(field.name)}":${jsonText(value.value[index], field.type)}`);
      return `{${members.join(',')}}`;
    }
    default: return `"${text.jsonEscaped(plainText(value))}"`;
  }
}

module.exports = {
  none, bool, integer, number, string, date, time, datetime, duration, money, list, record,
  isTrue, asText, asNumber, literal, typeCase, unwrapped, read, isPhone, isPort, writtenPhone, isWebAddress, currency, decimals,
  equals, order, compares, calculate, negated, plainText, moneyText, jsonText, textLimit,
};
