'use strict';
// The value of an expression. Total: what a checked program can't hold gives `none`.
//
// A context holds `variables`, `config`, `parameters`, `tag` (the language's), `timezone`, `now`, `hours` and `failure`.

const load = (name) => require(Runtime.getAssets()[`/flowc/${name}.js`].path);
const { composed, cut } = load('text');
const { writtenInteger, clampedInteger } = load('numbers');
const { clampedInstant, civil, isOpen } = load('civil');
const values = load('values');
const { functions, joined } = load('functions');

const { none, bool } = values;
const maxDepth = 250;

function evaluate(expression, context, depth = 0) {
  if (depth >= maxDepth) return none;
  const value = (part) => evaluate(part, context, depth + 1);
  const [[kind, parts]] = Object.entries(expression);
  const { _0: a, _1: b, _2: c } = parts;
  switch (kind) {
    case 'literal': return values.literal(a);
    case 'variable': return context.variables[a] ?? none;
    case 'config': return context.config[a] ?? none;
    case 'context': return field(a, context);
    case 'language': return values.string(context.tag);
    case 'field': {
      const base = value(a);
      return base.kind === 'record' ? base.value[b] ?? none : none;
    }
    case 'index': {
      const [base, place] = [value(a), value(b)];
      return base.kind === 'list' && place.kind === 'integer' ? base.value[place.value] ?? none : none;
    }
    case 'list': return values.list(a.map(value));
    case 'call': return functions[a](b.map(value), context);
    case 'not': return bool(!values.isTrue(value(a)));
    case 'and': return bool(values.isTrue(value(a)) && values.isTrue(value(b)));
    case 'or': return bool(values.isTrue(value(a)) || values.isTrue(value(b)));
    case 'coalesce': {
      const first = value(a);
      return first.kind === 'none' ? value(b) : first;
    }
    case 'conditional': return value(values.isTrue(value(a)) ? b : c);
    case 'compare': return bool(values.compares(a, value(b), value(c)));
    case 'contained': {
      const [wanted, list] = [value(a), value(b)];
      return bool(list.kind === 'list' && list.value.some((element) => values.equals(element, wanted)));
    }
    case 'arithmetic': return values.calculate(a, value(b), value(c));
    case 'negate': return values.negated(value(a));
    case 'concatenation': return joined(a.map((part) => values.plainText(value(part))), '');
    case 'isOpen': return bool(context.hours[a] !== undefined && isOpen(context.hours[a], context.now, context.timezone));
    case 'now': return values.datetime(clampedInstant(context.now));
    case 'today': return values.date(civil(context.now, context.timezone).date);
    default: throw new Error(`an expression '${kind}' isn't known to this interpreter`);
  }
}

/** What the webhook says; `none` for what it leaves out, an empty text for what is always there. */
function field(name, { parameters, failure }) {
  const text = (parameter) => cut(composed(parameters.get(parameter) ?? ''), values.textLimit);
  const required = (parameter) => values.string(text(parameter));
  // No address has control characters in it.
  const address = (parameter) => values.string(text(parameter).replace(/[\u0000-\u001F\u007F]/g, ''));
  const optional = (parameter) => (text(parameter) === '' ? none : values.string(text(parameter)));
  // We rang the person: `To` is the other side.
  const side = (parameters.get('Direction') ?? '').startsWith('outbound') ? 'To' : 'From';
  switch (name) {
    case 'callSid': return required('CallSid');
    case 'callFrom': case 'messageFrom': return address('From');
    case 'callTo': case 'messageTo': return address('To');
    case 'callDirection': return required('Direction');
    case 'callCallerName': return optional('CallerName');
    case 'callForwardedFrom': return optional('ForwardedFrom');
    case 'messageSid': return required('MessageSid');
    case 'messageBody': return required('Body');
    case 'messageMedia': return values.list(media(parameters).map(values.string));
    case 'contactCity': return optional(`${side}City`);
    case 'contactState': return optional(`${side}State`);
    case 'contactCountry': return optional(`${side}Country`);
    case 'contactZip': return optional(`${side}Zip`);
    case 'person': return address(side);
    case 'failureReason': return values.string(failure?.reason ?? '');
    case 'failureStatus': return failure?.status === undefined ? none : values.integer(clampedInteger(failure.status));
    default: throw new Error(`'${name}' isn't known to this interpreter`);
  }
}

/** `MediaUrl0`, `MediaUrl1` … as many as `NumMedia` says, at most 10. */
function media(parameters) {
  const count = Math.min(Math.max(writtenInteger(parameters.get('NumMedia') ?? '') ?? 0, 0), 10);
  const urls = Array.from({ length: count }, (_, index) => parameters.get(`MediaUrl${index}`) ?? '');
  return urls.filter(values.isWebAddress);
}

module.exports = { evaluate };
