'use strict';
// Performs the fetches of flows. Redirects aren't followed: a 3xx is a status like any other. Never throws: what goes
// wrong is an answer.

const load = (name) => require(Runtime.getAssets()[`/flowc/${name}.js`].path);
const { limits } = load('tables');
const { isPort } = load('values');

const clients = { 'http:': require('node:http'), 'https:': require('node:https') };

/** `deadline`: milliseconds since 1970, of the whole turn. */
function performFetch(request, deadline) {
  const time = Math.min(request.timeout, deadline - Date.now());
  if (!isFetchable(request)) return Promise.resolve({ failure: 'refused' });
  if (time <= 0) return Promise.resolve({ failure: 'timeout' });
  return new Promise((resolve) => {
    let timer;
    let sent;
    const answer = (result) => {
      clearTimeout(timer);
      sent?.destroy();
      resolve(result);
    };
    timer = setTimeout(() => answer({ failure: 'timeout' }), time);
    try {
      const headers = [...request.headers.flat(), ...(request.body === '' ? [] : ['Content-Length', String(Buffer.byteLength(request.body))])];
      const url = new URL(request.url);
      sent = clients[url.protocol].request(url, { method: request.method, headers: grouped(headers) });
      sent.on('error', () => answer({ failure: 'unreachable' }));
      sent.on('response', (response) => receive(response, answer));
      sent.end(request.body);
    } catch {
      answer({ failure: 'refused' });
    }
  });
}

function receive(response, answer) {
  const chunks = [];
  let size = 0;
  response.on('data', (chunk) => {
    size += chunk.length;
    if (size > limits.answerBodyBytes) answer({ failure: 'too_large' });
    else chunks.push(chunk);
  });
  response.on('error', () => answer({ failure: 'unreachable' }));
  response.on('end', () => answer({ status: response.statusCode, body: Buffer.concat(chunks) }));
}

/** Names that come several times have lists. */
function grouped(pairs) {
  const headers = {};
  for (let index = 0; index < pairs.length; index += 2) {
    const [name, value] = pairs.slice(index, index + 2);
    headers[name] = name in headers ? [].concat(headers[name], value) : value;
  }
  return headers;
}

/** `http` or `https`, a plain host, a port in range, no user: judged before a URL parser makes another host of it. */
function isFetchable({ url, method, headers }) {
  const match = /^https?:\/\/(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z._-]{1,253})(?::([0-9]*))?(?:[/?#]|$)/.exec(url);
  return match !== null && /^[!-[\]-~]*$/.test(url) && (match[2] === undefined || isPort(match[2]))
    && /^[A-Z]{1,16}$/.test(method)
    && headers.every(([name, value]) => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && !/[\u0000-\u0008\u000A-\u001F\u007F]/.test(value));
}

module.exports = { performFetch };
