'use strict';
// What a `fetch` step asks for: one HTTP request, with all that comes from values encoded for its place.

const load = (name) => require(Runtime.getAssets()[`/flowc/${name}.js`].path);
const { createHash } = require('node:crypto');
const { percentEncoded, jsonEscaped } = load('text');
const values = load('values');

/** `index` is that of the first try: a service that honours the key sees all tries as one. */
function fetchRequest(fetch, index, walk) {
  const headers = [];
  for (const { name, value } of fetch.headers) {
    const shown = shownAs(value, walk);
    // A header ends where its line ends: control characters can't come from a value.
    if (shown !== null) headers.push([name, shown.replace(/[\u0000-\u001F\u007F]/g, '')]);
  }
  if (fetch.credentials) {
    const pair = `${shownAs(fetch.credentials.user, walk) ?? ''}:${shownAs(fetch.credentials.password, walk) ?? ''}`;
    headers.push(['Authorization', `Basic ${Buffer.from(pair).toString('base64')}`]);
  }
  if (fetch.method !== 'GET') headers.push(['Idempotency-Key', idempotencyKey(index, walk)]);
  const { type, body } = requestBody(fetch.body, walk);
  const isNamed = headers.some(([name]) => name.toLowerCase() === 'content-type');
  if (type && !isNamed) headers.push(['Content-Type', type]);
  return { method: fetch.method, url: url(fetch, walk), headers, body, timeout: fetch.timeout, once: fetch.once };
}

function requestBody(body, walk) {
  if (body.json) return { type: 'application/json', body: json(body.json._0, walk) };
  if (body.form) return { type: 'application/x-www-form-urlencoded', body: encodedFields(body.form._0, walk) };
  return { body: '' };
}

function url(fetch, walk) {
  const whole = template(fetch.url, walk).split('#')[0];
  const query = encodedFields(fetch.query, walk);
  if (query === '') return whole;
  if (!whole.includes('?')) return `${whole}?${query}`;
  return /[?&]$/.test(whole) ? whole + query : `${whole}&${query}`;
}

/** Every hole is percent-encoded but one at the very beginning, which brings scheme and host. */
function template({ segments }, walk) {
  return segments.map(({ literal, hole }, index) => {
    if (literal) return literal._0;
    const shown = shownAs(hole._0, walk) ?? '';
    return index === 0 ? shown : percentEncoded(shown);
  }).join('');
}

/** `name=value&…`; what is `none` is left out. */
function encodedFields(fields, walk) {
  return fields.map(({ name, value }) => [name, shownAs(value, walk)]).filter(([, shown]) => shown !== null)
    .map(([name, shown]) => `${percentEncoded(name)}=${percentEncoded(shown)}`).join('&');
}

function json(template, walk) {
  if (template.value) {
    return values.jsonText(walk.evaluate(template.value._0), walk.machine.typeOf(template.value._0));
  }
  if (template.list) return `[${template.list._0.map((element) => json(element, walk)).join(',')}]`;
  return `{${template.object._0.map(({ name, value }) => `"${jsonEscaped(name)}":${json(value, walk)}`).join(',')}}`;
}

/** As machines read it; null for `none`. */
function shownAs(expression, walk) {
  const value = walk.evaluate(expression);
  return value.kind === 'none' ? null : values.plainText(value, walk.machine.typeOf(expression));
}

/** Of session, birth, turn and effect: the same for a repeat, another one for any other call. */
function idempotencyKey(index, { event, birth, turn }) {
  return createHash('sha256').update(Buffer.concat([counted(event.key), counted(Buffer.from(birth)), varint(turn), varint(index)]))
    .digest('hex');
}

const counted = (bytes) => Buffer.concat([varint(bytes.length), bytes]);

/** Base 128, the lowest seven bits first. */
function varint(value) {
  const bytes = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest & 0x7F) | 0x80);
  return Buffer.from([...bytes, rest]);
}

module.exports = { fetchRequest, shownAs, counted };
