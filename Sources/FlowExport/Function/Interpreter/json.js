'use strict';
// A JSON answer as a value of the type that the flow declares: strict, typed, never cut. What is wrong is thrown.

const load = (name) => require(Runtime.getAssets()[`/flowc/${name}.js`].path);
const { composed } = load('text');
const { writtenInteger, clampedNumber, maxInteger } = load('numbers');
const values = load('values');

const maxDepth = 64;

class Malformed extends Error {}

/** One value, nothing behind it, UTF-8. Numbers stay as they are written: a type decides what they are. */
class Reader {
  constructor(bytes) {
    try {
      this.text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw new Malformed("the answer isn't UTF-8");
    }
    this.index = 0;
  }

  fail(reason) {
    throw new Malformed(`the answer isn't JSON: ${reason}`);
  }

  /** What a pattern with the flag `y` matches here, or null. */
  take(pattern) {
    pattern.lastIndex = this.index;
    const match = pattern.exec(this.text);
    if (match) this.index += match[0].length;
    return match;
  }

  whole() {
    const value = this.value(0);
    this.take(/[ \n\r\t]*/y);
    if (this.index < this.text.length) this.fail('something stands behind the value');
    return value;
  }

  value(depth) {
    if (depth >= maxDepth) this.fail('values are nested too deeply');
    this.take(/[ \n\r\t]*/y);
    if (this.take(/\{/y)) return this.object(depth);
    if (this.take(/\[/y)) return this.list(depth);
    if (this.text[this.index] === '"') return { text: this.string() };
    const word = this.take(/true|false|null/y);
    if (word) return word[0] === 'null' ? { null: true } : { bool: word[0] === 'true' };
    const number = this.take(/-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9.eE])/y);
    return number ? { number: number[0] } : this.fail('a value is missing');
  }

  list(depth) {
    const list = [];
    if (this.take(/[ \n\r\t]*\]/y)) return { list };
    do list.push(this.value(depth + 1)); while (this.take(/[ \n\r\t]*,/y));
    return this.take(/[ \n\r\t]*\]/y) ? { list } : this.fail("',' or ']' is missing");
  }

  /** The last value of a name counts. */
  object(depth) {
    const object = new Map();
    if (this.take(/[ \n\r\t]*\}/y)) return { object };
    do {
      this.take(/[ \n\r\t]*/y);
      const name = this.string();
      if (!this.take(/[ \n\r\t]*:/y)) this.fail("':' is missing");
      object.set(name, this.value(depth + 1));
    } while (this.take(/[ \n\r\t]*,/y));
    return this.take(/[ \n\r\t]*\}/y) ? { object } : this.fail("',' or '}' is missing");
  }

  /** Half a surrogate pair is no scalar. */
  string() {
    if (this.text[this.index] !== '"') this.fail('a text in quotes is missing');
    let end = this.index + 1;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1;
    let text;
    try {
      text = JSON.parse(this.text.slice(this.index, end + 1));
    } catch {
      this.fail('a text is malformed or has no end');
    }
    this.index = end + 1;
    return /\p{Surrogate}/u.test(text) ? this.fail('half a surrogate pair') : text;
  }
}

function decode(json, type) {
  const { kind, payload } = values.typeCase(type);
  switch (kind) {
    case 'optional': return json.null ? values.none : decode(json, payload._0);
    case 'none': return values.none;
    case 'bool': if (json.bool !== undefined) return values.bool(json.bool); break;
    case 'integer': case 'money': if (json.number) return { kind, value: integer(json.number) }; break;
    case 'number': if (json.number) return number(json.number); break;
    case 'record': if (json.object) return record(json.object, payload._0); break;
    case 'list': if (json.list) return list(json.list, payload); break;
    default: if (json.text !== undefined) return fromText(json.text, type);
  }
  throw new Malformed(json.null ? `${kind} is missing` : `${kind} is expected`);
}

function record(object, { fields }) {
  return values.record(fields.map(({ name, type }) => inside(name, () => decode(object.get(name) ?? { null: true }, type))));
}

function list(elements, { _0: type, limit }) {
  if (elements.length > limit) throw new Malformed(`the list has more than ${limit} elements`);
  return values.list(elements.map((element, index) => inside(`[${index}]`, () => decode(element, type))));
}

function inside(step, decoded) {
  try {
    return decoded();
  } catch (error) {
    if (error instanceof Malformed) error.message = `${step}: ${error.message}`;
    throw error;
  }
}

/** `3`, `3.0` and `3e2` are integers. */
function integer(text) {
  const written = writtenInteger(text);
  if (written !== null) return written;
  const value = Number(text);
  if (!Number.isInteger(value) || Math.abs(value) > maxInteger) throw new Malformed('an integer is expected');
  return value + 0;
}

function number(text) {
  const value = Number(text);
  if (!Number.isFinite(value)) throw new Malformed('the number is too large');
  return values.number(clampedNumber(value));
}

function fromText(text, type) {
  const value = values.read(composed(text), type);
  if (value === null) throw new Malformed(`${values.typeCase(type).kind} is expected`);
  return value;
}

/** Throws `Malformed`. */
const decodeJSON = (bytes, type) => decode(new Reader(bytes).whole(), type);

module.exports = { decodeJSON, Malformed };
