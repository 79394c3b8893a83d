/// What other tools and languages call things, for "Did you mean …?": words that no spelling leads to.
package enum Synonyms {
    package static let verbs: [String: String] = [
        "speak": "say", "tell": "say", "tts": "say", "message": "say", "text": "say", "sms": "send",
        "send_sms": "send", "send_message": "send", "mail": "send", "notify": "send",
        "reply": "say",
        "respond": "say", "print": "log", "debug": "log", "event": "log",
        "audio": "play", "sound": "play", "wait": "pause", "sleep": "pause", "delay": "pause",
        "silence": "pause",
        "options": "menu", "question": "ask", "prompt": "ask", "input": "ask", "listen": "ask",
        "collect": "ask",
        "voicemail": "record", "call": "dial", "transfer": "dial", "forward": "dial", "phone": "dial",
        "bridge": "dial", "queue": "enqueue", "hold": "enqueue", "jump": "goto", "go": "goto",
        "go_to": "goto",
        "next": "goto", "condition": "if", "when": "if", "case": "switch", "match": "switch", "let": "set",
        "assign": "set", "var": "set", "http": "fetch", "request": "fetch", "get": "fetch", "post": "fetch",
        "api": "fetch", "webhook": "fetch", "subflow": "run", "include": "run", "invoke": "run",
        "hang_up": "hangup", "disconnect": "hangup", "exit": "end", "quit": "end", "finish": "end",
        "done": "end",
        "block": "reject",
    ]

    package static let keys: [String: String] = [
        "default": "otherwise", "fallback": "otherwise", "on_failure": "failed", "error": "failed",
        "handlers": "on", "body": "json",
        "data": "json", "params": "query", "variables": "vars", "parameters": "params", "settings": "config",
        "env": "config", "name": "flow", "voice": "voices", "language": "languages", "tz": "timezone",
        "type": "as", "save": "into", "store": "into", "result": "into", "save_as": "into",
        "retries": "attempts",
        "tries": "attempts", "max_attempts": "attempts", "max_length": "max", "length": "max",
        "options": "choices",
        "keys": "choices", "to": "with", "args": "with", "from": "caller_id", "callerid": "caller_id",
        "answer": "answered", "noanswer": "no_answer", "no_reply": "no_input", "silence": "no_input",
        "invalid": "no_match", "finish": "finish_on",
    ]

    package static let types: [String: String] = [
        "string": "text", "str": "text", "char": "text", "email": "text", "int": "integer", "long": "integer",
        "float": "number", "double": "number", "decimal": "number", "boolean": "bool", "flag": "bool",
        "timestamp": "datetime", "instant": "datetime", "uri": "url", "link": "url", "phone_number": "phone",
        "tel": "phone", "password": "secret", "token": "secret", "interval": "duration",
        "seconds": "duration", "enum": "text", "object": "text", "number_string": "digits",
    ]

    /// Of an option's words.
    package static let words: [String: String] = [
        "yes": "true", "on": "true", "no": "false", "off": "false", "phone": "voice", "call": "voice",
        "calls": "voice",
        "text": "sms", "message": "sms", "messaging": "sms", "whatsapp": "sms", "keys": "dtmf",
        "digits": "dtmf",
        "voice": "speech",
    ]

    package static let functions: [String: String] = [
        "len": "length", "size": "length", "strip": "trim", "lowercase": "lower", "to_lower": "lower",
        "tolowercase": "lower", "uppercase": "upper", "to_upper": "upper", "touppercase": "upper",
        "includes": "contains", "startswith": "starts_with", "endswith": "ends_with", "substring": "first",
        "slice": "first", "head": "first", "tail": "last", "int": "number", "float": "number",
        "parse": "number",
        "to_number": "number", "regex": "matches", "test": "matches", "floor": "round", "ceil": "round",
        "iif": "if", "select": "if", "digits": "digits_of", "strftime": "format", "format_date": "format",
    ]

    package static let names: [String: String] = [
        "null": "none", "nil": "none", "undefined": "none", "caller": "call", "sms": "message",
        "lang": "language",
        "locale": "language", "settings": "config", "env": "config", "date": "today", "time": "now",
    ]
}

extension Synonyms {
    /// The option that stands for an attribute of TwiML (`maxLength`), or is called so without a beginning that others give such
    /// names (`on_busy`).
    static func option(ofTwiML key: String, in valid: [String]) -> String? {
        for start in ["on_", "on-", "if_", "when_"] where key.hasPrefix(start) {
            let rest = String(key.dropFirst(start.count)).replacing("-", with: "_")
            if valid.contains(rest) { return rest }
        }
        guard key.utf8.contains(where: { (0x41...0x5A).contains($0) }) else { return nil }
        for row in VerbTable.rows {
            for option in row.options where valid.contains(option.name) {
                if let source = option.source, source.hasSuffix(" " + key) { return option.name }
            }
        }
        return nil
    }
}

/// The candidate that was probably meant: what others call so, or the nearest word.
package func meant(_ word: String, in candidates: [String], _ synonyms: [String: String]) -> String? {
    let folded = word.lowercased().replacing("-", with: "_").replacing(" ", with: "_")
    if let known = synonyms[folded], candidates.contains(known) { return known }
    return nearest(word, in: candidates)
}
