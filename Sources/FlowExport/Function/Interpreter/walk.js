'use strict';
// The machine: takes a session by one event to the next place where it must wait. Pure: a fetch that has no answer yet is
// given back as what is needed, and the walk is made again from the beginning with one answer more.
//
// A session holds `turn`, `firstTurn`, `hasFailed`, `language`, `variables`, `calls`, `waits`, `birth`. A wait is
// `{kind: 'verb' | 'redirect' | 'silence', operation, attempt}`. A step is `{go}`, `{ask, attempt}` or `{end}`.

const load = (name) => require(Runtime.getAssets()[`/flowc/${name}.js`].path);
const { limits, results } = load('tables');
const { composed, isBlank } = load('text');
const values = load('values');
const { evaluate } = load('evaluate');
const { civil } = load('civil');
const { PatternMatch } = load('match-choice');
const { parseAnswer } = load('parse-answer');
const { Document, apology } = load('render');
const { decodeJSON, Malformed } = load('json');
const { fetchRequest, shownAs } = load('fetch-request');

const go = (operation) => ({ go: operation });
const end = (ending, reason) => ({ end: { ending, reason } });
const fault = (reason) => end('fault', reason);

/** Behind a wait nothing may happen that only some callers get to. */
const stopsAlways = new Set(['set', 'setLanguage', 'fetch', 'log', 'attach', 'call', 'return']);

class Walk {
  constructor(machine, session, event, answers) {
    const running = event.kind === 'start' ? null : session;
    const { program } = machine;
    Object.assign(this, {
      machine, program, event, answers, document: new Document(machine), waits: [], operation: 0, attempt: 1,
      /** The gather that was asked last: where `again` leads. */
      asked: null,
      /** Before the last wait that a document may have: where to go back if it needs one more. */
      lastWait: null,
      turn: (session?.turn ?? 0) + 1, birth: running?.birth ?? event.sid, operationsLeft: machine.operationBound,
      language: program.languages[running?.language] ? running.language : 0, calls: [...(running?.calls ?? [])],
      hasFailed: running?.hasFailed ?? false, fault: null, fetches: 0, fetchMilliseconds: 0, log: [],
    });
    this.context = {
      variables: [...(running?.variables ?? machine.initialVariables)], config: event.config,
      parameters: event.parameters, tag: program.languages[this.language].tag, timezone: program.timezone,
      now: event.now, hours: program.hours, failure: null,
    };
  }

  evaluate(expression) {
    return evaluate(expression, this.context);
  }

  set(variable, value) {
    if (variable !== undefined && variable < this.context.variables.length) this.context.variables[variable] = value;
  }

  // From an event to the first operation

  begin(session) {
    if (this.event.kind === 'start') return this.start();
    if (this.turn - session.firstTurn >= limits.turnsPerSession) return fault('too-many-turns').end;
    return this.run(this.resume(session));
  }

  start() {
    this.operation = this.program.entry;
    for (const { name, type, variable } of this.program.parameters) {
      const text = this.event.parameters.get(name);
      const value = (text === undefined ? null : values.read(composed(text), type)) ?? (type.optional ? values.none : null);
      if (value === null) return fault(`bad-parameter: ${name}`).end;
      this.set(variable, value);
    }
    const { interrupts, channel, entry } = this.program;
    const isFirstText = channel === 'sms' && interrupts;
    return this.run(go((isFirstText ? this.interrupt(this.event.first, interrupts) : null) ?? entry));
  }

  resume(session) {
    const wait = session.waits[this.event.wait];
    if (wait.kind === 'redirect') return { ask: wait.operation, attempt: wait.attempt };
    this.operation = wait.operation;
    const operation = this.machine.operations[wait.operation];
    if (operation.kind !== 'gather') return this.outcome(operation);
    this.attempt = wait.attempt;
    this.asked = wait;
    const answer = wait.kind === 'silence' ? null : this.event.answer;
    return answer === null ? this.silence(operation._0) : this.take(answer, operation._0);
  }

  take(answer, gather) {
    const interrupts = this.machine.interruptsAt(this.operation);
    const interrupt = interrupts ? this.interrupt(answer, interrupts) : null;
    if (interrupt !== null) {
      if (interrupts.waits.includes(this.operation)) this.set(interrupts.variable, markOf(this.operation, this.attempt));
      return go(interrupt);
    }
    const options = gather.input?.words?._0 ?? [];
    const index = this.match(answer).index([...gather.choices, ...options]);
    if (index !== null && index < gather.choices.length) return go(gather.choices[index].target);
    let value = null;
    if (options.length > 0) value = index === null ? null : values.string(options[index - gather.choices.length].word);
    else if (gather.input) value = this.parsed(answer, gather.input);
    if (value === null) return this.fail(gather, gather.noMatch);
    return gather.confirms === undefined ? this.goOn(value, gather) : this.confirm(value, gather);
  }

  match(answer) {
    return new PatternMatch(answer, this.context.tag, this.language);
  }

  /** What is heard at every wait, before the wait's own answers: the target, or null. */
  interrupt(answer, { choices }) {
    const index = this.match(answer).wholeIndex(choices);
    return index === null ? null : choices[index].target;
  }

  /** An answer that is read back takes its attempts along. */
  goOn(value, gather) {
    this.set(gather.into, value);
    const next = this.machine.operations[gather.next];
    const isReadBack = next?.kind === 'gather' && next._0.confirms === this.operation;
    return isReadBack ? { ask: gather.next, attempt: this.attempt } : go(gather.next);
  }

  /** A no costs an attempt, as a wrong answer does, and the question is asked again. */
  confirm(value, gather) {
    if (values.isTrue(value)) return go(gather.next);
    return this.attempt < gather.attempts ? { ask: gather.confirms, attempt: this.attempt + 1 } : go(gather.otherwise);
  }

  parsed(answer, form) {
    const { tag, now, timezone } = this.context;
    const today = form.date ? civil(now, timezone).date : null;
    const value = parseAnswer(answer, form, { tag, language: this.language, today });
    if (value !== null && form.raw) value.value[2] = this.confidence();
    return value;
  }

  /** A number within 0...1 as the provider writes it. */
  confidence() {
    const text = this.event.parameters.get('Confidence') ?? '';
    return text.length <= 32 && /^(?:[0-9]+\.?[0-9]*|\.[0-9]+)$/.test(text) ? values.number(Number(text)) : values.none;
  }

  // How verbs that take the call over come back: a word that isn't known is a failure

  outcome({ kind, _0: verb }) {
    const { parameters } = this.event;
    switch (kind) {
      case 'record': return this.outcomeOfRecord(verb);
      case 'dial': {
        this.set(verb.into, this.result('dial'));
        const ways = {
          completed: verb.answered, answered: verb.answered, busy: verb.busy, 'no-answer': verb.noAnswer,
          canceled: verb.canceled,
        };
        return go(own(ways, parameters.get('DialCallStatus')) ?? verb.failed);
      }
      case 'enqueue': {
        this.set(verb.into, this.result('enqueue'));
        const word = parameters.get('QueueResult');
        if (['hangup', 'redirected', 'redirected-from-bridged'].includes(word)) return end('over');
        const ways = {
          bridged: verb.bridged, 'bridging-in-process': verb.bridged, leave: verb.left, 'queue-full': verb.full,
        };
        return go(own(ways, word) ?? verb.failed);
      }
      default: {
        this.set(verb.into, this.result(verb.form));
        const word = parameters.get(verb.status);
        if (word === 'caller-hung-up') return end('over');
        return go(verb.ways.find((way) => way.word === word)?.target ?? verb.otherwise);
      }
    }
  }

  /** The record of what came back; a parameter that is missing or doesn't fit is `none`. */
  result(form) {
    return values.record(results[form].map(({ parameter, type }) => {
      const text = this.event.parameters.get(parameter) ?? '';
      return (text === '' ? null : values.read(composed(text), type)) ?? values.none;
    }));
  }

  /** A recording ended by hanging up is a recording; one without a second of sound is none. */
  outcomeOfRecord(record) {
    const url = this.event.parameters.get('RecordingUrl') ?? '';
    const seconds = this.event.parameters.get('RecordingDuration') ?? '';
    if (url === '' || !/^[0-9]{1,9}$/.test(seconds) || Number(seconds) === 0) return go(record.otherwise);
    const key = this.event.parameters.get('Digits') ?? '';
    this.set(record.into, values.record([
      values.string(url), values.integer(Number(seconds)), /^[0-9*#]$/.test(key) ? values.string(key) : values.none,
    ]));
    return go(record.next);
  }

  // One operation after another

  run(first) {
    let step = first;
    while (!step.end) {
      this.operation = step.go ?? step.ask;
      this.attempt = step.attempt ?? 1;
      if (this.operationsLeft <= 0) return fault('too-many-operations').end;
      this.operationsLeft -= 1;
      step = this.waits.length > 0 && this.stopsSilentWay() ? this.redirect('redirect') : this.perform();
    }
    return step.end;
  }

  perform() {
    const { kind, ...parts } = this.machine.operations[this.operation];
    const next = go(this.operation + 1);
    switch (kind) {
      case 'emit': return this.emit(parts._0);
      case 'attach': {
        const media = this.evaluate(parts._0);
        for (const url of media.kind === 'list' ? media.value : [media]) this.document.attach(values.asText(url));
        return next;
      }
      case 'gather': return this.ask(parts._0);
      case 'record': return this.waitForRecord(parts._0);
      case 'dial': return this.waitForDial(parts._0);
      case 'enqueue': return this.waitOutside(parts._0.rendering);
      case 'connect': return this.waitForConnect(parts._0);
      case 'set': return this.assign(parts._0, next);
      case 'setLanguage': return this.setLanguage(values.asText(this.evaluate(parts._0)), next);
      case 'branch': return go(values.isTrue(this.evaluate(parts._0)) ? parts.then : parts.otherwise);
      case 'select': {
        const value = this.evaluate(parts._0);
        return go(parts.cases.find((one) => values.equals(values.literal(one.value), value))?.target ?? parts.otherwise);
      }
      case 'jump': return go(parts._0);
      case 'again': return { ask: parts._0, attempt: this.attemptAt(parts._0) };
      case 'resume': return this.resumeInterrupted();
      case 'call':
        if (this.calls.length >= limits.callDepth) return fault('damaged-program');
        this.calls.push(parts._0.next);
        return this.assign(parts._0.settings, go(parts._0.target));
      case 'return': return this.calls.length > 0 ? go(this.calls.pop()) : this.finish({ end: {} });
      case 'fetch': return this.fetch(parts._0);
      case 'log':
        this.log.push(Object.fromEntries(parts._0.map(({ name, value }) => [name, this.logged(value)])));
        return next;
      case 'finish': return this.finish(parts._0);
      default: throw new Error(`an operation '${kind}' isn't known to this interpreter`);
    }
  }

  /** The attempt that the gather, or the one that reads its answer back, was asked last with. */
  attemptAt(gather) {
    const asked = this.asked && this.machine.operations[this.asked.operation];
    const isIt = asked && (this.asked.operation === gather || (asked.kind === 'gather' && asked._0.confirms === gather));
    return isIt ? this.asked.attempt : 1;
  }

  /** To the wait that one of the flow's own choices interrupted; to the flow's beginning if none was. */
  resumeInterrupted() {
    const interrupts = this.machine.interruptsAt(this.operation);
    const mark = this.context.variables[interrupts?.variable] ?? values.none;
    const place = mark.kind === 'integer' && mark.value >= 0 ? Math.floor(mark.value / 16) : -1;
    if (!interrupts?.waits.includes(place)) return go(this.machine.subflowAt(this.operation)?.entry ?? this.program.entry);
    return { ask: place, attempt: Math.max(1, mark.value % 16) };
  }

  assign(settings, next) {
    for (const { variable, value } of settings) this.set(variable, this.evaluate(value));
    return next;
  }

  setLanguage(tag, next) {
    const index = this.program.languages.findIndex((language) => language.tag === tag);
    if (index >= 0) [this.language, this.context.tag] = [index, tag];
    return next;
  }

  logged(expression) {
    return this.machine.readsSecret(expression) ? '(secret)' : shownAs(expression, this) ?? '';
  }

  emit(rendering) {
    if (this.event.callIsOver) return go(this.operation + 1);
    if (this.program.channel === 'sms') {
      this.document.appendText(rendering, this.language, this.context);
      return go(this.operation + 1);
    }
    return this.say(rendering) ? go(this.operation + 1) : this.split('redirect');
  }

  finish(finish) {
    if (this.event.callIsOver) return end('over');
    const [[kind, parts]] = Object.entries(finish);
    if (kind === 'hangup' || kind === 'end') {
      if (this.program.channel === 'sms') return end('over');
      this.document.appendXML('<Hangup/>');
      return end(this.waits.length === 0 ? 'over' : 'waiting');
    }
    if (kind === 'redirect' && this.program.channel === 'sms') {
      const handOver = new Document(this.machine);
      handOver.appendBehindMessage(parts._0, this.language, this.context);
      if (handOver.bytes - limits.frameBytes > limits.redirectBytes) return fault('document-too-large');
      this.document.handOver = handOver.pieces;
      return end('over');
    }
    if (!this.say(parts._0)) return this.split('redirect');
    if (this.waits.length > 0) return end('waiting');
    return end(kind === 'redirect' ? 'handedOver' : 'over');
  }

  /** Appends verbs, or nothing if they would make the document too large. */
  say(rendering) {
    const before = this.document.mark;
    this.document.append(rendering, this.waits.length, this.language, this.context);
    if (this.document.fits) return true;
    this.document.rewind(before);
    return false;
  }

  // Waits, and what stands in a document behind them: everything is walked for a caller who stays silent

  stopsSilentWay() {
    return this.program.stopsSilentWay[this.operation] || stopsAlways.has(this.machine.operations[this.operation].kind);
  }

  ask(gather) {
    if (this.event.callIsOver) return end('over');
    if (this.program.channel === 'sms') {
      this.document.appendText(gather.prompt, this.language, this.context);
      this.waits.push({ kind: 'verb', operation: this.operation, attempt: this.attempt });
      return end('waiting');
    }
    return this.appendWait(gather.prompt) ?? this.silence(gather);
  }

  /** Behind `<Record>` the document goes on for one who recorded nothing, by a request of its own. */
  waitForRecord(record) {
    if (this.event.callIsOver) return end('over');
    return this.appendWait(record.rendering) ?? this.redirectTo(record.otherwise);
  }

  /** A number outside its prefixes isn't dialled, nor is a blank name: the provider would end the call. */
  waitForDial(dial) {
    const fits = (value, prefixes) =>
      prefixes.length === 0 ? !isBlank(value) : prefixes.some((prefix) => value.startsWith(prefix));
    for (const { number, prefixes } of dial.guards) {
      const dialled = this.evaluate(number);
      if (dialled.kind === 'text' && fits(dialled.value, prefixes)) continue;
      this.set(dial.into, this.nothing('dial'));
      return go(dial.failed);
    }
    return this.waitOutside(dial.rendering);
  }

  /** Some of these verbs may be passed by: then the next one, by a request of its own, is the way for what went wrong. */
  waitForConnect(connect) {
    if (this.event.callIsOver) return end('over');
    const stopped = this.appendWait(connect.rendering);
    if (stopped) return stopped;
    if (!connect.mayGoOn) return end('waiting');
    this.set(connect.into, this.nothing(connect.form));
    return this.redirectTo(connect.otherwise);
  }

  /** What the record is where nothing came back. */
  nothing(form) {
    return values.record(results[form].map(() => values.none));
  }

  /** A verb that takes the call over: its document ends with it. */
  waitOutside(rendering) {
    if (this.event.callIsOver) return end('over');
    return this.appendWait(rendering) ?? end('waiting');
  }

  silence(gather) {
    if (this.waits.length > 0 && this.stopsSilentWay()) return this.redirect('silence');
    return this.fail(gather, gather.noInput);
  }

  /** Counts a failure of the gather that is being walked: its prompt and the question again, or the way out. */
  fail(gather, prompts) {
    if (this.attempt >= gather.attempts) return go(gather.otherwise);
    if (!this.event.callIsOver && prompts.length > 0) {
      const prompt = prompts[Math.min(this.attempt - 1, prompts.length - 1)];
      if (this.program.channel === 'sms') this.document.appendText(prompt, this.language, this.context);
      else if (!this.say(prompt)) return this.split('silence');
    }
    return { ask: this.operation, attempt: this.attempt + 1 };
  }

  /** Appends a verb that waits; a step if the document must end before it. */
  appendWait(rendering) {
    if (this.waits.length >= limits.waitsPerDocument) return this.redirectBeforeLastWait();
    const mark = this.document.mark;
    if (!this.say(rendering)) return this.split('redirect');
    const wait = { kind: 'verb', operation: this.operation, attempt: this.attempt };
    if (this.waits.length === limits.waitsPerDocument - 1) this.lastWait = { mark, wait };
    this.waits.push(wait);
    this.asked = wait;
    return null;
  }

  /** Ends a document that is full; the rest comes with the next turn. */
  split(kind) {
    return this.document.pieces.length === 0 ? fault('document-too-large') : this.redirect(kind);
  }

  redirectTo(operation) {
    [this.operation, this.attempt] = [operation, 1];
    return this.redirect('redirect');
  }

  /** Ends the document with a `<Redirect>` that goes on here. */
  redirect(kind) {
    if (this.waits.length >= limits.waitsPerDocument) return this.redirectBeforeLastWait();
    this.document.appendRedirect(this.waits.length);
    this.waits.push({ kind, operation: this.operation, attempt: this.attempt });
    return end('waiting');
  }

  /** One wait too many: the last one gives its place to a `<Redirect>` that goes on with it. */
  redirectBeforeLastWait() {
    if (!this.lastWait || this.waits.length !== limits.waitsPerDocument) return fault('damaged-program');
    this.document.rewind(this.lastWait.mark);
    this.waits.pop();
    [this.operation, this.attempt] = [this.lastWait.wait.operation, this.lastWait.wait.attempt];
    return this.redirect('redirect');
  }

  // Fetches

  fetch(fetch) {
    if (this.fault) return fault('error-handler-failed');
    if (this.fetches >= limits.fetchesPerTurn) return fault('too-many-fetches');
    const first = this.fetches;
    let triesLeft = fetch.once ? 0 : Math.max(0, fetch.retries);
    if (this.mustWait(fetch, triesLeft + 1)) return this.redirect('redirect');
    this.fetchMilliseconds += fetch.timeout * (triesLeft + 1);
    for (;;) {
      const answer = this.answers[this.fetches];
      if (!answer) return { end: { ending: 'needs', request: fetchRequest(fetch, first, this) } };
      this.fetches += 1;
      if (triesLeft === 0 || !mayBeTriedAgain(answer) || this.fetches >= limits.fetchesPerTurn) {
        return go(this.received(answer, fetch));
      }
      triesLeft -= 1;
    }
  }

  /** A fetch that may not fit in the time of a turn is left to the next one. */
  mustWait(fetch, tries) {
    if (this.fetches === 0 || this.program.channel !== 'voice' || this.event.callIsOver || this.waits.length > 0) return false;
    return this.fetches + tries > limits.fetchesPerTurn
      || this.fetchMilliseconds + fetch.timeout * tries > limits.fetchMillisecondsPerTurn;
  }

  received({ failure, status, body }, fetch) {
    const failed = (reason) => {
      this.context.failure = { reason, status };
      return fetch.failed;
    };
    if (failure) return failed(failure);
    const named = fetch.statuses.find(({ code }) => code === status);
    if (named) {
      this.context.failure = { reason: 'status', status };
      return named.target;
    }
    if (status < 200 || status >= 300) return failed('status');
    if (!fetch.returns) return fetch.next;
    try {
      this.set(fetch.into, decodeJSON(body, fetch.returns));
      return fetch.next;
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      return failed('malformed');
    }
  }

  // After a fault nothing of the turn is said: the error handler is walked, once a session, or else the apology

  recover(reason, session) {
    this.fault = { reason, state: this.machine.state(this.operation), operation: this.operation };
    const isFirst = !this.hasFailed;
    this.hasFailed = true;
    if (this.event.callIsOver) return { ending: 'over' };
    this.startOver();
    if (reason === 'variables-too-large') {
      const before = this.event.kind === 'start' ? this.machine.initialVariables : session.variables;
      this.context.variables = [...before];
    }
    const handler = isFirst ? this.nearestErrorHandler() : undefined;
    if (handler !== undefined) {
      const ending = this.run(go(handler));
      if (['waiting', 'over', 'handedOver'].includes(ending.ending)) return ending;
      this.startOver();
    }
    return { ending: 'fault', reason };
  }

  /** The `on: error` of the flow where it happened, else of the one that runs it; the calls within are over. */
  nearestErrorHandler() {
    let place = this.operation;
    for (;;) {
      const subflow = this.machine.subflowAt(place);
      if (!subflow) break;
      if (subflow.errorHandler !== undefined) return subflow.errorHandler;
      place = this.calls.pop();
      if (place === undefined) break;
    }
    this.calls = [];
    return this.program.errorHandler;
  }

  startOver() {
    Object.assign(this, {
      document: new Document(this.machine), waits: [], asked: null, lastWait: null,
      operationsLeft: this.machine.operationBound,
    });
  }

  done({ ending }, session) {
    const isOpen = ending === 'waiting' || ending === 'handedOver';
    let document = this.program.channel === 'sms' ? this.document.message() : this.document.pieces;
    if (ending === 'fault') document = apology(this.machine, this.language);
    else if (this.event.callIsOver) document = [];
    const { turn, hasFailed, language, calls, waits, birth, log } = this;
    const firstTurn = this.event.kind === 'start' ? turn : session.firstTurn;
    const next = isOpen
      ? { turn, firstTurn, hasFailed, language, calls, waits, birth, variables: this.context.variables } : null;
    return { session: next, document, turn, log, fault: this.fault };
  }
}

/** A wait and its attempt as one number. */
const markOf = (operation, attempt) => values.integer(operation * 16 + Math.min(attempt, 15));

/** Of an object's own words. */
const own = (table, word) => (Object.hasOwn(table, word) ? table[word] : undefined);

/** Nobody answered, or a service that may answer another time. */
function mayBeTriedAgain({ failure, status }) {
  return failure ? failure === 'timeout' || failure === 'unreachable' : status === 429 || status >= 500;
}

/**
 * Walks by one event. `fits` judges a session that is to be kept: one that has grown too large is a fault.
 * Gives `{needs: request}` or `{session, document, turn, log, fault}`; a session of null is over.
 */
function walk(machine, session, event, answers, fits = () => true) {
  const walk = new Walk(machine, session, event, answers);
  const bounded = (ending) => {
    const kept = walk.done(ending, session).session;
    return ending.ending === 'needs' || kept === null || fits(kept) ? ending : fault('variables-too-large').end;
  };
  let ending = bounded(walk.begin(session));
  if (ending.ending === 'fault') ending = bounded(walk.recover(ending.reason, session));
  return ending.ending === 'needs' ? { needs: ending.request } : walk.done(ending, session);
}

module.exports = { walk };
