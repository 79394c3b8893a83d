'use strict';
// Which choice an answer means: a key is the whole answer, a phrase stands in it as whole words side by side.
// An answer is `{kind: 'keys' | 'speech' | 'message', text}`; a pattern has `keys` and `phrases`.

const load = (name) => require(Runtime.getAssets()[`/flowc/${name}.js`].path);
const { words } = load('tables');
const { trimmed, hasAtMost, foldedWords } = load('text');
const { textLimit } = load('values');
const { spokenDigits } = load('spoken-numbers');

class PatternMatch {
  constructor(answer, tag, language) {
    Object.assign(this, { text: answer.text, tag, language });
    this.key = answer.kind === 'keys' ? answer.text : trimmed(answer.text);
    this.said = answer.kind === 'keys' ? [] : foldedWords(answer.text);
  }

  /** The index of the pattern that is meant. The match of the most words wins; null for none, or several. */
  index(patterns) {
    const pressed = patterns.findIndex(({ keys }) => keys.includes(this.key));
    if (pressed >= 0) return pressed;
    let best = { length: 0, index: null, isTie: false };
    patterns.forEach((pattern, index) => {
      const length = this.matchedWords(pattern);
      if (length > best.length) best = { length, index, isTie: false };
      else if (length === best.length && length > 0) best.isTie = true;
    });
    return best.isTie ? null : best.index;
  }

  /** The pattern that the whole answer is: nothing else stands in it. */
  wholeIndex(patterns) {
    const pressed = patterns.findIndex(({ keys }) => keys.includes(this.key));
    if (pressed >= 0) return pressed;
    const spoken = patterns.findIndex((pattern) => this.said.length > 0 && this.matchedWords(pattern) === this.said.length);
    return spoken < 0 ? null : spoken;
  }

  matchedWords({ keys, phrases }) {
    if (this.said.length === 0) return 0;
    if (keys.some((key) => this.isSpokenKey(key))) return this.said.length;
    const lengths = (phrases[this.language] ?? phrases[0] ?? [])
      .map((phrase) => phrase.split(' ').filter((word) => word !== ''))
      .filter((phrase) => phrase.length > 0 && this.holds(phrase)).map((phrase) => phrase.length);
    return Math.max(0, ...lengths);
  }

  /** Its number word, or the name of star or pound. */
  isSpokenKey(key) {
    if (key === '*') return words(this.tag).star.includes(this.said.join(' '));
    if (key === '#') return words(this.tag).pound.includes(this.said.join(' '));
    return key !== '' && hasAtMost(trimmed(this.text), textLimit) && spokenDigits(this.text, this.tag) === key;
  }

  holds(phrase) {
    return this.said.some((_, start) => phrase.every((word, offset) => this.said[start + offset] === word));
  }
}

module.exports = { PatternMatch };
