'use strict';
// The document that a walk is making. Voice: verbs one after another. Sms: the text of one message, whose parts are
// joined by a newline, its media, and perhaps a `<Redirect>` behind it. A piece is `{fixed}`, `{slot}` or `{xml}`.

const load = (name) => require(Runtime.getAssets()[`/flowc/${name}.js`].path);
const { limits } = load('tables');
const { escaped, isBlank } = load('text');
const { show } = load('show');
const { evaluate } = load('evaluate');

const bytes = (xml) => Buffer.byteLength(xml);

class Document {
  constructor(machine) {
    this.machine = machine;
    this.pieces = [];
    /** What it comes to, every URL reckoned at its greatest length. */
    this.bytes = limits.frameBytes;
    /** Sms: UTF-16 units of the text. */
    this.units = 0;
    /** Nothing can be seen or heard: of an sms's text, or of the element that is being appended. */
    this.isBlank = true;
    this.media = [];
    this.mediaBytes = 0;
    this.handOver = [];
  }

  get mark() {
    return { count: this.pieces.length, bytes: this.bytes, units: this.units };
  }

  get fits() {
    return this.bytes <= limits.documentBytes;
  }

  get isSms() {
    return this.machine.program.channel === 'sms';
  }

  rewind({ count, bytes: size, units }) {
    this.pieces.length = count;
    this.bytes = size;
    this.units = units;
  }

  /** Appends verbs; `wait` is the number that an action stands for. What is beyond a bound is left to the caller. */
  append(rendering, wait, language, context) {
    for (const piece of pieces(rendering, language)) {
      this.appendPiece(piece, wait, context);
      if (this.isSms ? this.units > limits.messageUnits : !this.fits) return;
    }
  }

  appendPiece(piece, wait, context) {
    const [[kind, parts]] = Object.entries(piece);
    switch (kind) {
      case 'fixed': return this.appendFixed(parts._0);
      case 'action':
        this.pieces.push({ slot: wait });
        this.bytes += limits.slotBytes;
        return undefined;
      case 'hole': return this.appendHole(parts._0, context);
      case 'element': {
        const before = this.mark;
        this.isBlank = true;
        this.appendFixed(parts.start);
        for (const inner of parts._1) this.appendPiece(inner, wait, context);
        this.appendFixed(parts.end);
        if (this.isBlank) this.rewind(before);
        return undefined;
      }
      default: throw new Error(`a piece '${kind}' isn't known to this interpreter`);
    }
  }

  appendFixed(index) {
    const { xml, units } = this.machine.program.statics[index];
    this.pieces.push({ fixed: index });
    this.bytes += bytes(xml);
    if (!this.isSms) return;
    this.units += units;
    this.isBlank = this.isBlank && isBlank(xml);
  }

  appendHole(hole, context) {
    const tag = this.machine.program.languages[hole.language]?.tag ?? context.tag;
    const shown = show(evaluate(hole.expression, context), hole, { ...context, tag });
    const xml = escaped(shown, hole.form === 'verbatim');
    this.pieces.push({ xml });
    this.bytes += bytes(xml);
    this.units += shown.length;
    this.isBlank = this.isBlank && isBlank(shown);
  }

  /** Appends what stands behind a message, whole. */
  appendBehindMessage(rendering, language, context) {
    for (const piece of pieces(rendering, language)) this.appendPiece(piece, 0, context);
  }

  /** Appends verbs that hold nothing of the turn. */
  appendXML(xml) {
    this.pieces.push({ xml });
    this.bytes += bytes(xml);
  }

  /** Appends a `<Redirect>` to a position of this document. */
  appendRedirect(wait) {
    this.pieces.push({ xml: '<Redirect>' }, { slot: wait }, { xml: '</Redirect>' });
  }

  /** Appends a text to the message, on a line of its own. */
  appendText(rendering, language, context) {
    if (this.units > limits.messageUnits) return;
    const before = this.mark;
    if (this.units > 0) {
      this.pieces.push({ xml: '\n' });
      this.units += 1;
    }
    const unitsBefore = this.units;
    this.append(rendering, 0, language, context);
    if (this.units === unitsBefore) this.rewind(before);
  }

  attach(url) {
    if (this.media.length >= limits.mediaPerMessage || url === '') return;
    const size = bytes(`<Media>${escaped(url, false)}</Media>`);
    if (this.mediaBytes + size > limits.mediaBytes) return;
    this.mediaBytes += size;
    this.media.push(url);
  }

  /** The whole document of a text conversation's turn. */
  message() {
    const text = this.units > limits.messageUnits ? this.cutText() : this.pieces;
    if (this.isBlank && this.media.length === 0) return this.handOver;
    const body = this.media.length === 0 ? text : [
      ...(this.isBlank ? [] : [{ xml: '<Body>' }, ...text, { xml: '</Body>' }]),
      ...this.media.map((url) => ({ xml: `<Media>${escaped(url, false)}</Media>` })),
    ];
    return [{ xml: '<Message>' }, ...body, { xml: '</Message>' }, ...this.handOver];
  }

  /** The text, cut so that it and the `…` behind it fit. */
  cutText() {
    let left = limits.messageUnits - 1;
    let result = '';
    for (const piece of this.pieces) {
      const xml = piece.xml ?? this.machine.program.statics[piece.fixed].xml;
      // Entities and characters stay whole.
      for (const [unit] of xml.matchAll(/&[^;]*;|[^]/gu)) {
        const width = unit[0] === '&' ? 1 : unit.length;
        if (width > left) return [{ xml: `${result}…` }];
        left -= width;
        result += unit;
      }
    }
    return [{ xml: `${result}…` }];
  }
}

/** Of a rendering in a language: one list for all of them, or one for each. */
function pieces({ byLanguage }, language) {
  return byLanguage.length === 1 ? byLanguage[0] : byLanguage[language] ?? byLanguage[0] ?? [];
}

/** The document for a caller whose conversation can't go on: the program's apology, and the end. */
function apology({ program }, language) {
  const words = pieces(program.apology, language).filter(({ fixed }) => fixed).map(({ fixed }) => ({ fixed: fixed._0 }));
  if (program.channel === 'voice') return [...words, { xml: '<Hangup/>' }];
  return words.length === 0 ? [] : [{ xml: '<Message>' }, ...words, { xml: '</Message>' }];
}

/** The text of a document; `url` gives that of a wait. */
function documentText(parts, { program }, url) {
  const head = '<?xml version="1.0" encoding="UTF-8"?>';
  if (parts.length === 0) return `${head}<Response/>`;
  const verbs = parts.map(({ fixed, slot, xml }) => {
    if (fixed !== undefined) return program.statics[fixed].xml;
    return slot === undefined ? xml : escaped(url(slot), true);
  });
  return `${head}<Response>${verbs.join('')}</Response>`;
}

module.exports = { Document, apology, documentText };
