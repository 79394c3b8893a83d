'use strict';
// The patterns of `matches`, run as a set of all states that could have been reached, so that none is slow on any text.
// The checker has judged the pattern; the whole text must fit it.

const load = (name) => require(Runtime.getAssets()[`/flowc/${name}.js`].path);
const text = load('text');

const digit = (scalar) => scalar >= '0' && scalar <= '9' && scalar.length === 1;
const word = (scalar) => text.isAlphabetic(scalar) || digit(scalar) || scalar === '_';
const classes = { d: digit, w: word, s: text.isBlankScalar };

/** Recursive descent; gives a tree of nodes that write themselves into a list of instructions. */
class Parser {
  constructor(source) {
    this.scalars = [...source];
    this.index = 0;
  }

  get next() {
    return this.scalars[this.index];
  }

  take(scalar) {
    if (this.next !== scalar) return false;
    this.index += 1;
    return true;
  }

  alternatives() {
    const ways = [this.sequence()];
    while (this.take('|')) ways.push(this.sequence());
    return (code) => {
      const jumps = [];
      ways.forEach((way, index) => {
        if (index === ways.length - 1) return way(code);
        const split = code.push({}) - 1;
        way(code);
        jumps.push(code.push({}) - 1);
        code[split] = { split: [split + 1, code.length] };
      });
      for (const jump of jumps) code[jump] = { split: [code.length] };
    };
  }

  sequence() {
    const parts = [];
    while (this.next !== undefined && this.next !== '|' && this.next !== ')') parts.push(this.repeated(this.atom()));
    return (code) => parts.forEach((part) => part(code));
  }

  repeated(node) {
    if (this.take('*')) return times(node, 0, null);
    if (this.take('+')) return times(node, 1, null);
    if (this.take('?')) return times(node, 0, 1);
    if (!this.take('{')) return node;
    const least = this.number();
    const most = this.take(',') ? this.number() : least;
    this.take('}');
    return times(node, least, most);
  }

  number() {
    let value = null;
    while (this.next !== undefined && digit(this.next) && (value ?? 0) < 1_000) {
      value = (value ?? 0) * 10 + Number(this.next);
      this.index += 1;
    }
    return value;
  }

  atom() {
    const scalar = this.scalars[this.index++];
    switch (scalar) {
      case '.': return reads(() => true);
      case '^': return (code) => code.push({ at: 'start' });
      case '$': return (code) => code.push({ at: 'end' });
      case '[': return reads(this.characterClass());
      case '(': {
        const inner = this.alternatives();
        this.take(')');
        return inner;
      }
      case '\\': return reads(member(this.escaped()));
      default: return reads((other) => other === scalar);
    }
  }

  /** A scalar, or a test. */
  escaped() {
    const scalar = this.scalars[this.index++];
    if (scalar === 'n') return '\n';
    if (scalar === 't') return '\t';
    const test = classes[scalar?.toLowerCase()];
    if (!test || !/^[dwsDWS]$/.test(scalar)) return scalar;
    return scalar in classes ? test : (other) => !test(other);
  }

  characterClass() {
    const isNegated = this.take('^');
    const members = [];
    while (this.next !== undefined && !this.take(']')) {
      const low = this.classMember();
      const isRange = typeof low === 'string' && this.next === '-'
        && this.index + 1 < this.scalars.length && this.scalars[this.index + 1] !== ']';
      if (!isRange) {
        members.push(member(low));
        continue;
      }
      this.index += 1;
      const high = this.classMember();
      members.push((scalar) => between(low, scalar, high));
    }
    return (scalar) => members.some((test) => test(scalar)) !== isNegated;
  }

  classMember() {
    return this.take('\\') ? this.escaped() : this.scalars[this.index++];
  }
}

const member = (test) => (typeof test === 'function' ? test : (scalar) => scalar === test);
const reads = (test) => (code) => code.push({ reads: test });
const between = (low, scalar, high) =>
  low.codePointAt(0) <= scalar.codePointAt(0) && scalar.codePointAt(0) <= high.codePointAt(0);

function times(node, least, most) {
  return (code) => {
    for (let count = 0; count < least; count += 1) node(code);
    if (most === null) {
      const split = code.push({}) - 1;
      node(code);
      code.push({ split: [split] });
      code[split] = { split: [split + 1, code.length] };
      return;
    }
    for (let count = least; count < most; count += 1) {
      const split = code.push({}) - 1;
      node(code);
      code[split] = { split: [split + 1, code.length] };
    }
  };
}

/** Linear in the scalars of the text times the instructions. */
function matches(source, pattern) {
  const code = [];
  new Parser(pattern).alternatives()(code);
  const scalars = [...source];
  let places = follow(code, [0], true, scalars.length === 0);
  scalars.forEach((scalar, index) => {
    const reached = [...places].filter((place) => code[place]?.reads?.(scalar)).map((place) => place + 1);
    places = follow(code, reached, false, index === scalars.length - 1);
  });
  return places.has(code.length);
}

/** All places that can be reached without reading; the one behind the last instruction is the end. */
function follow(code, starts, atStart, atEnd) {
  const places = new Set();
  const open = [...starts];
  while (open.length > 0) {
    const place = open.pop();
    if (places.has(place)) continue;
    places.add(place);
    const { split, at } = code[place] ?? {};
    if (split) open.push(...split);
    if ((at === 'start' && atStart) || (at === 'end' && atEnd)) open.push(place + 1);
  }
  return places;
}

module.exports = { matches };
