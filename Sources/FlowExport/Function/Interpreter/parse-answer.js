'use strict';
// What a caller presses, says or texts becomes a value; null is a wrong answer.
// An answer is `{kind: 'keys' | 'speech' | 'message', text}`; a context has `tag`, `language` and `today`.

const load = (name) => require(Runtime.getAssets()[`/flowc/${name}.js`].path);
const { words } = load('tables');
const { trimmed, hasAtMost, composed, fold } = load('text');
const { writtenInteger, writtenNumber } = load('numbers');
const { spokenDigits } = load('spoken-numbers');
const values = load('values');
const { PatternMatch } = load('match-choice');
const { integer, decimal, unpunctuated, typedDuration, readDuration, typedMoney, readMoney } = load('parse-number');
const { typedDate, readDate } = load('parse-date');
const { typedTime, readTime } = load('parse-time');

const made = (build, value) => (value === null ? null : build(value));
const within = (value, range) => (value === null || (range && (value < range[0] || value > range[1])) ? null : value);

function parseAnswer({ kind, text }, form, context) {
  if (kind === 'keys') return parseKeys(text, form, context);
  if (kind === 'speech' && form.url) return null;
  if (kind === 'speech' && form.raw) {
    return hasAtMost(text, values.textLimit) ? raw(values.none, values.string(composed(text))) : null;
  }
  return parseText(text, form, context);
}

/** Of keys, speech and confidence; who knows of the last one puts it in. */
const raw = (keys, speech) => values.record([keys, speech, values.none]);

/** Keys as the provider sends them: `0`-`9`, `*`, `#`. */
function parseKeys(keys, form, context) {
  if (keys.length > values.textLimit || !/^[0-9*#]+$/.test(keys)) return null;
  const { kind, payload } = values.typeCase(form);
  switch (kind) {
    case 'digits': case 'text': return values.read(keys, form);
    case 'integer': return made(values.integer, within(writtenInteger(keys), payload._0));
    case 'number': return made(values.number, within(writtenNumber(keys.replaceAll('*', '.')), payload._0));
    case 'phone': return dialled(keys, context.tag);
    case 'date': return made(values.date, typedDate(keys, context.tag, context.today));
    case 'time': return made(values.time, typedTime(keys));
    case 'duration': return made(values.duration, typedDuration(keys));
    case 'money': return made(values.money, typedMoney(keys, payload._0));
    case 'yesNo': return keys === '1' || keys === '2' ? values.bool(keys === '1') : null;
    case 'words': return wordOf({ kind: 'keys', text: keys }, payload._0, context);
    case 'raw': return raw(values.string(keys), values.none);
    default: return null;
  }
}

function parseText(text, form, context) {
  const answer = trimmed(text);
  const { tag } = context;
  if (answer === '' || !hasAtMost(answer, values.textLimit)) return null;
  const { kind, payload } = values.typeCase(form);
  switch (kind) {
    case 'digits': {
      const digits = spokenDigits(answer, tag);
      return digits === null ? null : values.read(digits, form);
    }
    case 'integer': return made(values.integer, within(integer(answer, tag), payload._0));
    case 'number': return made(values.number, within(decimal(answer, tag), payload._0));
    case 'phone': return phone(answer, tag);
    case 'date': return made(values.date, readDate(answer, tag, context.today));
    case 'time': return made(values.time, readTime(answer, tag));
    case 'duration': return made(values.duration, readDuration(answer, tag));
    case 'money': return made(values.money, readMoney(answer, payload._0, tag));
    case 'url': return webAddress(answer);
    case 'yesNo': return made(values.bool, yesOrNo(answer, tag));
    case 'text': return values.read(composed(answer), form);
    case 'words': return wordOf({ kind: 'message', text: answer }, payload._0, context);
    case 'raw': return raw(values.none, values.string(composed(answer)));
    default: return null;
  }
}

// Phones and addresses

/** With its country code; ten digits are taken for North America's where the language is of there. */
function phone(answer, tag) {
  const written = values.writtenPhone(unpunctuated(answer));
  if (written !== null) return values.string(written);
  const digits = spokenDigits(answer, tag);
  return digits === null ? null : dialled(digits, tag);
}

function dialled(keys, tag) {
  if (!/^[0-9]+$/.test(keys)) return null;
  const isNorthAmerican = ['en-US', 'en-CA', 'fr-CA', 'es-US'].includes(tag);
  let result = null;
  if (isNorthAmerican && keys.length === 10 && keys[0] >= '2') result = `+1${keys}`;
  else if (isNorthAmerican && keys.length === 11 && keys[0] === '1') result = `+${keys}`;
  else if (keys.startsWith('00')) result = `+${keys.slice(2)}`;
  else if (isNorthAmerican && keys.startsWith('011')) result = `+${keys.slice(3)}`;
  return result !== null && values.isPhone(result) ? values.string(result) : null;
}

/** `https://` may be left out where a host with a dot is there. */
function webAddress(answer) {
  if (values.isWebAddress(answer)) return values.string(answer);
  const host = answer.split(/[/?#:]/)[0];
  const url = `https://${answer}`;
  return host.includes('.') && !answer.includes('@') && values.isWebAddress(url) ? values.string(url) : null;
}

// Words

function yesOrNo(answer, tag) {
  const folded = fold(answer);
  if (folded === '1' || folded === '2') return folded === '1';
  const says = (list) => list.some((word) => ` ${folded} `.includes(` ${fold(word)} `));
  for (const language of new Set([words(tag), words('en')])) {
    const [yes, no] = [says(language.yes), says(language.no)];
    if (yes && no) return null;
    if (yes || no) return yes;
  }
  if (['y', 's', 'o', 'j'].includes(folded)) return true;
  return folded === 'n' ? false : null;
}

/** Of words with what means them. */
function wordOf(answer, options, { tag, language }) {
  const index = new PatternMatch(answer, tag, language).index(options);
  return index === null ? null : values.string(options[index].word);
}

module.exports = { parseAnswer };
