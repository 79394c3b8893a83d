'use strict';
// The front door: a flow's program becomes a Function's handler. What `flowc serve` keeps in a store is here in the
// action URL (a call) or in a cookie (a text): docs/hosting.md says what that can't promise.

const load = (name) => require(Runtime.getAssets()[`/flowc/${name}.js`].path);
const { limits } = load('tables');
const { Machine } = load('program');
const { walk } = load('walk');
const { apology, documentText } = load('render');
const { counted } = load('fetch-request');
const { performFetch } = load('fetch');
const { pack, unpack, seal, unseal, secretsOf } = load('session');

/** The query parameter of an action URL: `turn.wait.sealed`. */
const positionName = 'flowc';
const overrides = '#rc=2&rp=all';
const finalStatuses = ['completed', 'busy', 'failed', 'no-answer', 'canceled'];

/** The handler of a flow; `name` is `voice/main-menu`. */
function handlerOf(name) {
  const machine = new Machine(JSON.parse(Runtime.getAssets()[`/flowc/programs/${name}.json`].open()));
  const conversation = machine.program.channel === 'voice' ? call : message;
  return (context, event, callback) => conversation(machine, `/${name}`, context, event)
    .then((response) => callback(null, response), (error) => callback(error));
}

// Calls

async function call(machine, path, context, webhook) {
  const parameters = parametersOf(webhook);
  const secrets = secretsOf(context);
  const bound = boundTo(machine, [parameters.get('AccountSid'), parameters.get('CallSid')]);
  const event = eventOf(machine, context, parameters, parameters.get('CallSid'), [parameters.get('CallSid')]);
  let session = null;
  if (parameters.has(positionName)) {
    const [, turn, wait, sealed] = /^([0-9]{1,9})\.([0-9]{1,9})\.([A-Za-z0-9_-]+)$/.exec(parameters.get(positionName)) ?? [];
    const plain = unseal(sealed ?? '', bound, secrets);
    session = plain && unpack(plain, machine);
    if (session?.turn !== Number(turn) || !session.waits[wait]) return lost(machine, event);
    Object.assign(session, { birth: event.sid });
    Object.assign(event, { kind: 'verb', wait: Number(wait), answer: spokenAnswer(parameters) });
  }
  const made = await turnOf(machine, session, event, (kept) => fits(kept, event, machine));
  // All URLs of a document carry the same session.
  const sealed = made.session ? seal(pack(made.session, event.now, machine), bound, secrets[0]) : '';
  return respond(documentText(made.document, machine, (wait) => `${path}?${positionName}=${made.turn}.${wait}.${sealed}${overrides}`));
}

/** Keys, then speech; null is silence. */
function spokenAnswer(parameters) {
  for (const [kind, name] of [['keys', 'Digits'], ['speech', 'SpeechResult']]) {
    const text = answerText(parameters.get(name) ?? '');
    if (text !== '') return { kind, text };
  }
  return null;
}

/** One that is too long to be looked at becomes a text that fits nothing. */
const answerText = (text) => (Buffer.byteLength(text) <= limits.answerBytes ? text : '\uFFFD');

/** What comes with a position that isn't of this call, this program or this secret. */
function lost(machine, { callIsOver }) {
  console.warn(JSON.stringify({ event: 'session-lost', flow: machine.program.flow }));
  return respond(documentText(callIsOver ? [] : apology(machine, 0), machine));
}

// Texts

async function message(machine, path, context, webhook) {
  const parameters = parametersOf(webhook);
  const secrets = secretsOf(context);
  const place = [parameters.get('From'), parameters.get('To')];
  const bound = boundTo(machine, [parameters.get('AccountSid'), ...place]);
  const event = eventOf(machine, context, parameters, parameters.get('MessageSid'), place);
  const cookie = `flowc-${machine.program.flow}`;
  const plain = unseal(webhook.request?.cookies?.[cookie] ?? '', bound, secrets);
  let session = plain && unpack(plain, machine);
  if (session && event.now - session.moved > machine.program.expires * 1_000) session = null;
  const answer = { kind: 'message', text: answerText(parameters.get('Body') ?? '') };
  Object.assign(event, session ? { kind: 'verb', wait: 0, answer } : { first: answer });
  const made = await turnOf(machine, session, event, (kept) => fits(kept, event, machine));
  const response = respond(documentText(made.document, machine, () => ''));
  if (made.session) {
    const sealed = seal(pack(made.session, event.now, machine), bound, secrets[0]);
    response.setCookie(cookie, sealed, [`Max-Age=${machine.program.expires}`, `Path=${path}`]);
  } else if (plain) {
    response.removeCookie(cookie);
  }
  return response;
}

// Both

/** Query and body as the platform merged them; of a name that came several times the first counts. */
function parametersOf(webhook) {
  const parameters = new Map();
  for (const [name, value] of Object.entries(webhook)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (typeof first === 'string') parameters.set(name, first.replace(/\p{Surrogate}/gu, '\uFFFD'));
  }
  return parameters;
}

/** What a sealed session belongs to: it is good for nothing else. */
function boundTo({ hash, program }, identity) {
  return Buffer.concat([hash, program.channel, ...identity].map((part) => counted(Buffer.from(part ?? ''))));
}

function eventOf(machine, context, parameters, sid, place) {
  const { channel, flow } = machine.program;
  const parts = [parameters.get('AccountSid') ?? '', ...place.map((part) => part ?? ''), flow, ''];
  return {
    kind: 'start', parameters, sid: sid ?? '', now: Date.now(), config: machine.config(context),
    key: Buffer.concat([Buffer.from(channel[0]), ...parts.map((part) => counted(Buffer.from(part)))]),
    callIsOver: channel === 'voice' && finalStatuses.includes(parameters.get('CallStatus')),
  };
}

/** Whether a session has room in its URL or cookie, sealed and written. */
function fits(session, { now }, machine) {
  return Math.ceil(((pack(session, now, machine).length + 28) * 4) / 3) <= limits.sealedBytes;
}

/** Walks, fetches what is needed, walks again. */
async function turnOf(machine, session, event, isKept) {
  const deadline = event.now + limits.fetchMillisecondsPerTurn;
  const answers = [];
  for (;;) {
    const result = walk(machine, session, event, answers, isKept);
    if (!result.needs) {
      report(machine, result);
      return result;
    }
    answers.push(await performFetch(result.needs, deadline));
  }
}

/** The flow's `log` steps and what went wrong, a line of JSON each. */
function report({ program: { flow } }, { turn, log, fault }) {
  for (const fields of log) console.log(JSON.stringify({ event: 'log', flow, turn, fields }));
  if (fault) console.error(JSON.stringify({ event: 'fault', flow, turn, ...fault }));
}

function respond(document) {
  const response = new Twilio.Response();
  response.appendHeader('Content-Type', 'text/xml; charset=utf-8');
  response.setBody(document);
  return response;
}

module.exports = { handlerOf };
