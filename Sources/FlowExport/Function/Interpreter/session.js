'use strict';
// A session between two requests: packed into bytes, sealed with AES-256-GCM, carried by the action URL or the cookie.

const { createCipheriv, createDecipheriv, createHmac, hkdfSync } = require('node:crypto');
const load = (name) => require(Runtime.getAssets()[`/flowc/${name}.js`].path);
const values = load('values');
const { limits } = load('tables');

const kinds = ['none', 'no', 'yes', 'integer', 'number', 'text', 'date', 'time', 'datetime', 'duration', 'money', 'list', 'record'];
const waitKinds = ['verb', 'redirect', 'silence'];

// Packing

class Writer {
  constructor() {
    this.parts = [];
  }

  byte(value) {
    this.parts.push(Buffer.of(value));
  }

  /** Base 128, the lowest seven bits first. */
  count(value) {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.byte((rest & 0x7F) | 0x80);
    this.byte(rest);
  }

  number(value) {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(value);
    this.parts.push(bytes);
  }

  text(value) {
    const bytes = Buffer.from(value);
    this.count(bytes.length);
    this.parts.push(bytes);
  }

  list(elements, write) {
    this.count(elements.length);
    elements.forEach(write);
  }

  value({ kind, value }) {
    this.byte(kinds.indexOf(kind === 'bool' ? (value ? 'yes' : 'no') : kind));
    if (kind === 'text') this.text(value);
    else if (kind === 'list' || kind === 'record') this.list(value, (element) => this.value(element));
    else if (kind !== 'none' && kind !== 'bool') this.number(value);
  }
}

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.offset = 0;
  }

  byte() {
    return this.bytes[this.offset++];
  }

  count() {
    let value = 0;
    for (let factor = 1; ; factor *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7F) * factor;
      if (byte < 0x80) return value;
    }
  }

  number() {
    this.offset += 8;
    return this.bytes.readDoubleLE(this.offset - 8);
  }

  text() {
    const length = this.count();
    this.offset += length;
    return this.bytes.toString('utf8', this.offset - length, this.offset);
  }

  list(read) {
    return Array.from({ length: this.count() }, read);
  }

  value() {
    const kind = kinds[this.byte()];
    switch (kind) {
      case 'none': return values.none;
      case 'no': case 'yes': return values.bool(kind === 'yes');
      case 'text': return values.string(this.text());
      case 'list': case 'record': return { kind, value: this.list(() => this.value()) };
      default: return { kind, value: this.number() };
    }
  }
}

/** Only variables that a wait may still read are kept. */
function pack(session, now, { live, program }) {
  const kept = new Set(session.waits.flatMap(({ operation }) => live[operation]));
  const writer = new Writer();
  writer.byte(session.hasFailed ? 1 : 0);
  writer.count(session.turn);
  writer.count(session.firstTurn);
  writer.count(session.language);
  writer.number(now);
  writer.text(program.channel === 'sms' ? session.birth : '');
  writer.list(session.waits, ({ kind, operation, attempt }) => {
    writer.byte(waitKinds.indexOf(kind));
    writer.count(operation);
    writer.count(attempt);
  });
  writer.list(session.calls, (call) => writer.count(call));
  writer.list([...kept].sort((a, b) => a - b), (variable) => {
    writer.count(variable);
    writer.value(session.variables[variable]);
  });
  return Buffer.concat(writer.parts);
}

function unpack(bytes, { initialVariables }) {
  const reader = new Reader(bytes);
  const session = {
    hasFailed: reader.byte() === 1, turn: reader.count(), firstTurn: reader.count(), language: reader.count(),
    moved: reader.number(), birth: reader.text(),
    waits: reader.list(() => ({ kind: waitKinds[reader.byte()], operation: reader.count(), attempt: reader.count() })),
    calls: reader.list(() => reader.count()),
    variables: initialVariables.map(() => values.none),
  };
  for (const [variable, value] of reader.list(() => [reader.count(), reader.value()])) session.variables[variable] = value;
  return session;
}

// Sealing

const keys = new Map();

/** Two keys from a secret: one seals, one draws nonces. */
function keysOf(secret) {
  if (!keys.has(secret)) {
    const derived = (purpose) => Buffer.from(hkdfSync('sha256', secret, 'flowc', purpose, 32));
    keys.set(secret, { sealing: derived('session'), nonces: derived('nonce') });
  }
  return keys.get(secret);
}

/** The nonce comes from what is sealed, so that a repeated request gets the same bytes. */
function seal(plain, bound, secret) {
  const { sealing, nonces } = keysOf(secret);
  const nonce = createHmac('sha256', nonces).update(bound).update(plain).digest().subarray(0, 12);
  const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(bound);
  const sealed = [nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(sealed).toString('base64url');
}

/** null for what none of the secrets sealed, or for another conversation. */
function unseal(text, bound, secrets) {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length < 28 || text.length > limits.sealedBytes) return null;
  for (const secret of secrets) {
    try {
      const decipher = createDecipheriv('aes-256-gcm', keysOf(secret).sealing, bytes.subarray(0, 12));
      decipher.setAAD(bound).setAuthTag(bytes.subarray(-16));
      return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
    } catch {
      // Another secret's, or nobody's.
    }
  }
  return null;
}

/** The secrets of the environment, comma-separated while one is replaced: the first one seals. */
function secretsOf({ FLOWC_SECRET: written = '' }) {
  const secrets = written.split(',').map((secret) => secret.trim()).filter((secret) => secret !== '');
  if (secrets.length === 0 || secrets.some((secret) => secret.length < 32)) {
    throw new Error('FLOWC_SECRET: at least 32 characters are wanted, such as `openssl rand -hex 32` gives');
  }
  return secrets;
}

module.exports = { pack, unpack, seal, unseal, secretsOf };
