'use strict';
// A program as the machine runs it, made once from what `flowc export function` wrote.

const load = (name) => require(Runtime.getAssets()[`/flowc/${name}.js`].path);
const { limits } = load('tables');
const values = load('values');

const text = { text: {} };

class Machine {
  /** `data` holds the program, its hash, and for each operation the variables that may still be read from there on. */
  constructor({ program, hash, live }) {
    this.program = program;
    this.hash = hash;
    this.live = live;
    this.operations = program.operations.map((operation) => {
      const [[kind, parts]] = Object.entries(operation);
      return { kind, ...parts };
    });
    this.initialVariables = program.variables.map(({ initial }) => (initial ? values.literal(initial) : values.none));
    this.operationBound = this.operations.length + limits.operationsPastProgram;
  }

  /** The config from the environment: a setting `sales_number` is the variable `SALES_NUMBER`. */
  config(environment) {
    return this.program.config.map(({ name, type, defaultValue }) => {
      const written = environment[name.toUpperCase()];
      if (written === undefined && defaultValue) return values.literal(defaultValue);
      if (written === undefined && type.optional) return values.none;
      const value = written === undefined ? null : values.read(String(written).normalize('NFC'), type);
      if (value === null) throw new Error(`config: ${name.toUpperCase()} isn't set, or isn't what flow '${this.program.flow}' wants`);
      return value;
    });
  }

  /** The flow that an operation was written in, if the entry flow runs it. */
  subflowAt(operation) {
    return this.program.subflows.filter(({ entry }) => entry <= operation).at(-1);
  }

  /** What is heard at every wait of the flow that an operation was written in. */
  interruptsAt(operation) {
    return (this.subflowAt(operation) ?? this.program).interrupts;
  }

  /** The name of the state that an operation belongs to. */
  state(operation) {
    return this.program.states.filter(({ entry }) => entry <= operation).at(-1)?.name;
  }

  /** The type of an expression as far as its value is written by it: records, lists and money. Text for all others. */
  typeOf(expression) {
    const [[kind, { _0: a, _1: b }]] = Object.entries(expression);
    const element = (part) => present(this.typeOf(part)).list?._0 ?? text;
    switch (kind) {
      case 'variable': return this.program.variables[a]?.type ?? text;
      case 'config': return this.program.config[a]?.type ?? text;
      case 'field': return present(this.typeOf(a)).record?._0.fields[b]?.type ?? text;
      case 'index': return element(a);
      case 'list': return { list: { _0: a.length > 0 ? this.typeOf(a[0]) : text, limit: a.length } };
      case 'coalesce': case 'negate': return this.typeOf(a);
      case 'conditional': case 'arithmetic': return this.typeOf(b);
      case 'call':
        if (a === 'first' || a === 'last') return b.length > 0 ? element(b[0]) : text;
        return a === 'if' && b.length > 1 ? this.typeOf(b[1]) : text;
      default: return text;
    }
  }

  /** Whether an expression reads what is never logged. */
  readsSecret(expression) {
    if (expression === null || typeof expression !== 'object') return false;
    if (expression.literal) return false;
    if (expression.variable) return isSecret(this.program.variables[expression.variable._0]?.type ?? text);
    if (expression.config) return isSecret(this.program.config[expression.config._0]?.type ?? text);
    return Object.values(expression).some((part) => this.readsSecret(part));
  }
}

/** The type of a value that is there. */
const present = (type) => (type.optional ? present(type.optional._0) : type);

const isSecret = (type) => 'secret' in present(type);

module.exports = { Machine };
