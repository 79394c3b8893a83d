'use strict';
// Runs an exported project as the platform does: `functions/` by their paths, private assets through `Runtime`. It takes a line of
// JSON a request and gives one back; a fetch is a line that asks for its answer. `node host.js PROJECT`.

const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const readline = require('node:readline');

const project = path.resolve(process.argv[2]);

/** Paths within a folder. */
function files(folder, inside = '') {
  return fs.readdirSync(path.join(folder, inside), { withFileTypes: true }).flatMap((entry) =>
    (entry.isDirectory() ? files(folder, `${inside}/${entry.name}`) : [`${inside}/${entry.name}`]));
}

const assets = {};
for (const file of files(path.join(project, 'assets'))) {
  // Only private assets are seen by functions; the mark isn't part of their names.
  if (!/\.private\.[a-z]+$/.test(file)) continue;
  const whole = path.join(project, 'assets', file);
  assets[file.replace('.private.', '.')] = { path: whole, open: () => fs.readFileSync(whole, 'utf8') };
}
global.Runtime = { getAssets: () => assets };
global.Twilio = {
  Response: class {
    constructor() {
      Object.assign(this, { statusCode: 200, headers: {}, cookies: {}, body: '' });
    }
    appendHeader(name, value) { this.headers[name] = value; return this; }
    setBody(body) { this.body = body; return this; }
    setCookie(name, value) { this.cookies[name] = value; return this; }
    removeCookie(name) { this.cookies[name] = null; return this; }
  },
};

const lines = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const read = async () => {
  const { value, done } = await lines.next();
  return done ? null : JSON.parse(value);
};
const write = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
for (const level of ['log', 'warn', 'error']) console[level] = (line) => process.stderr.write(`${line}\n`);

// Fetches are answered by whoever asks: only the file that makes HTTP requests is replaced.
const fetcher = require(assets['/flowc/fetch.js'].path);
const fetchOverHTTP = fetcher.performFetch;
fetcher.performFetch = async (request) => {
  write({ fetch: { ...request, headers: request.headers.map(([name, value]) => ({ name, value })) } });
  const answer = await read();
  return answer.failure ? answer : { status: answer.status, body: Buffer.from(answer.body, 'base64') };
};

/** One request to a function. */
async function answer({ now, path: function_, parameters, cookies, environment }) {
  if (now !== undefined) Date.now = () => now;
  const file = path.join(project, 'functions', `${function_}.protected.js`);
  if (!fs.existsSync(file)) return { status: 404, body: '', cookies: {} };
  const event = {};
  for (const [name, value] of parameters) event[name] = Object.hasOwn(event, name) ? [].concat(event[name], value) : value;
  event.request = { headers: {}, cookies };
  return new Promise((resolve) => {
    require(file).handler(environment, event, (error, response) => {
      if (error) resolve({ status: 500, body: String(error.stack ?? error), cookies: {} });
      else resolve({ status: response.statusCode, contentType: response.headers['Content-Type'], body: response.body, cookies: response.cookies });
    });
  });
}

/** What real requests come to, at a server of this process: `{base}` is its address. */
async function fetched({ requests }) {
  const server = http.createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { pathname } = new URL(request.url, 'http://localhost');
      if (pathname === '/silent') return;
      if (pathname === '/slow') response.write('a');
      else if (pathname === '/large') response.end('x'.repeat(300_000));
      else if (pathname === '/moved') response.writeHead(302, { Location: '/echo' }).end();
      else response.end(JSON.stringify([request.method, request.url, request.headers['x-a'], Buffer.concat(chunks).toString()]));
    });
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const base = `http://127.0.0.1:${server.address().port}`;
  const answers = [];
  for (const { time, ...request } of requests) {
    const url = request.url.replace('{base}', base);
    const headers = Object.entries(request.headers ?? {});
    const { failure, status, body } = await fetchOverHTTP({ body: '', method: 'GET', ...request, url, headers }, Date.now() + time);
    answers.push({ failure, status, body: body?.toString().slice(0, 100) });
  }
  server.closeAllConnections?.();
  server.close();
  return answers;
}

/** A value as programs write it. */
function coded(value) {
  if (value === null) return null;
  switch (value.kind) {
    case 'none': return { none: {} };
    case 'date': return { date: { _0: { days: value.value } } };
    case 'time': return { time: { _0: { seconds: value.value } } };
    case 'list': case 'record': return { [value.kind]: { _0: value.value.map(coded) } };
    default: return { [value.kind]: { _0: value.value } };
  }
}

/** Parts of the interpreter by themselves: a list of questions, a list of answers. */
function evaluated({ evaluate, items }) {
  const load = (name) => require(assets[`/flowc/${name}.js`].path);
  const values = load('values');
  const ask = {
    expressions: ({ expression, tag, timezone, now }) => coded(load('evaluate').evaluate(expression, {
      variables: [], config: [], parameters: new Map(), tag, timezone, now, hours: [], failure: null,
    })),
    answers: ({ answer, form, tag, language, today }) =>
      coded(load('parse-answer').parseAnswer(answer, form, { tag, language, today })),
    shown: ({ value, hole, tag, timezone }) => load('show').show(values.literal(value), hole, { tag, timezone }),
    folded: ({ text }) => load('text').fold(text),
    assigned: ({ text }) => !/^\p{Cn}$/u.test(text),
    composed: ({ text }) => load('text').composed(text),
    escaped: ({ text, isAttribute }) => load('text').escaped(text, isAttribute),
    civil: ({ zone, instant }) => Object.values(load('civil').civil(instant, zone)),
    matches: ({ text, pattern }) => load('pattern').matches(text, pattern),
    decoded: ({ bytes, type }) => {
      const { decodeJSON, Malformed } = load('json');
      try {
        return coded(decodeJSON(Buffer.from(bytes, 'base64'), type));
      } catch (error) {
        if (error instanceof Malformed) return null;
        throw error;
      }
    },
  }[evaluate];
  return items.map(ask);
}

(async () => {
  for (let message = await read(); message !== null; message = await read()) {
    write(await (message.evaluate ? evaluated(message) : message.requests ? fetched(message) : answer(message)));
  }
})();
