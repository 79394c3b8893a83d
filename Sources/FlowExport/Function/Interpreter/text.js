'use strict';
// Texts by Unicode scalars, as the compiler's `FlowProgram` and `TwiML` handle them.

const load = (name) => require(Runtime.getAssets()[`/flowc/${name}.js`].path);
const { accents } = load('tables');

const isBlankScalar = (scalar) => /^\p{White_Space}$/u.test(scalar);
const isAlphabetic = (scalar) => /^\p{Alphabetic}$/u.test(scalar);
const isMark = (scalar) => /^\p{Mn}$/u.test(scalar);

function length(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

const hasAtMost = (text, limit) => text.length <= limit || length(text) <= limit;

/** The first `limit` scalars. */
function cut(text, limit) {
  return hasAtMost(text, limit) ? text : [...text].slice(0, Math.max(0, limit)).join('');
}

/** Without white space at both ends; all white space is one UTF-16 unit. */
function trimmed(text) {
  let start = 0;
  let end = text.length;
  while (start < end && isBlankScalar(text[start])) start += 1;
  while (end > start && isBlankScalar(text[end - 1])) end -= 1;
  return text.slice(start, end);
}

const composed = (text) => text.normalize('NFC');

/** The same without changing how many scalars there are. */
function mapped(text, change) {
  let result = '';
  for (const scalar of text) {
    const changed = change(scalar);
    result += length(changed) === 1 ? changed : scalar;
  }
  return result;
}

/** An answer as it is compared: lower-case letters and digits without accents, words separated by single blanks. */
function fold(text) {
  let result = '';
  let owesBlank = false;
  for (const scalar of text) {
    if (isMark(scalar)) continue;
    const letters = foldedScalar(scalar);
    if (letters === null) {
      owesBlank = result !== '';
      continue;
    }
    result += (owesBlank ? ' ' : '') + letters;
    owesBlank = false;
  }
  return result;
}

/** null for what is neither letter nor digit. */
function foldedScalar(scalar) {
  if (scalar < '\u0080') return /^[a-z0-9]$/i.test(scalar) ? scalar.toLowerCase() : null;
  if (!/^[\p{Alphabetic}\p{N}]$/u.test(scalar)) return null;
  return [...scalar.toLowerCase()].filter((lower) => !isMark(lower))
    .map((lower) => accents.get(lower) ?? lower).join('');
}

const foldedWords = (text) => fold(text).split(' ').filter((word) => word !== '');

/** Whether XML 1.0 can hold a character; others are left out. */
function isXMLCharacter(scalar) {
  return scalar === '\t' || scalar === '\n' || scalar === '\r' || (scalar >= ' ' && scalar !== '\uFFFE' && scalar !== '\uFFFF');
}

const references = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };
const attributeReferences = { ...references, '"': '&quot;', '\t': '&#9;', '\n': '&#10;' };

/** A text as it stands in XML. */
function escaped(text, isAttribute) {
  if (/^[ !#-%'-;=?-~]*$/.test(text)) return text;
  const table = isAttribute ? attributeReferences : references;
  let result = '';
  for (const scalar of text) {
    if (scalar in table) result += table[scalar];
    else if (isXMLCharacter(scalar)) result += scalar;
  }
  return result;
}

/** Whether a document shows and says nothing of it. */
function isBlank(text) {
  for (const scalar of text) if (!isBlankScalar(scalar) && isXMLCharacter(scalar)) return false;
  return true;
}

/** Unreserved characters stay (RFC 3986), all other bytes are encoded. */
function percentEncoded(text) {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The inside of a JSON string. */
function jsonEscaped(text) {
  return text.replace(/["\\\u0000-\u001F]/g, (sign) => {
    switch (sign) {
      case '"': case '\\': return `\\${sign}`;
      case '\n': return '\\n';
      case '\r': return '\\r';
      case '\t': return '\\t';
      default: return `\\u00${sign.charCodeAt(0).toString(16).padStart(2, '0')}`;
    }
  });
}

module.exports = {
  length, hasAtMost, cut, trimmed, composed, mapped, fold, foldedWords, escaped, isBlank, isXMLCharacter,
  percentEncoded, jsonEscaped, isBlankScalar, isAlphabetic, isMark,
};
