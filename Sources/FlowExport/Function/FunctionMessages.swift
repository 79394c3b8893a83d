// The sentences of FlowExport about flows that can't be Functions.

extension FunctionProblem {
    /// A short fragment that names what was found.
    public var headline: String {
        switch reason {
        case .sessionTooLarge(let characters, _):
            "what is remembered here may take \(characters) characters of a URL"
        case .secretKept(let variable): "the secret '\(variable)' would be carried by a URL from here"
        case .fetchTooSlow(let milliseconds):
            "this fetch may take \(seconds(milliseconds)) with all its tries"
        case .fetchesTooSlow(let milliseconds):
            "the fetches from here to the answer may take \(seconds(milliseconds)) together"
        case .unknown("send"): "a Function has no outbox to `send` from"
        case .unknown("sides"), .unknown("wait"), .unknown("declined"), .unknown("leaves"):
            "a Function can't play `wait:` and `whisper:` flows"
        case .unknown(let name) where name.hasPrefix("on: "):
            "a Function isn't told of what `\(name)` waits for"
        case .unknown(let name): "a Function doesn't know `\(name)`"
        }
    }

    /// What to do.
    public var help: String {
        switch reason {
        case .sessionTooLarge(_, let variables):
            "A Function keeps it in its action URL or cookie, at most \(SealedSize.bound) characters. The largest: \(variables.joined(separator: ", ")). Give texts and lists a bound, such as text(200), or use `flowc serve`."
        case .secretKept:
            "A Function keeps its variables in its action URL or cookie. Read a secret from config where it is used, or use `flowc serve`."
        case .unknown:
            "A Function has no store and no clock of its own: it only answers requests of this call or text. Leave it out, or use `flowc serve`."
        case .fetchTooSlow, .fetchesTooSlow:
            "A Function is ended after 10 s, so that its fetches have \(seconds(FunctionBounds.fetchMilliseconds)). Give it a shorter `timeout` or fewer tries, or use `flowc serve`."
        }
    }

    private func seconds(_ milliseconds: Int) -> String {
        milliseconds % 1_000 == 0 ? "\(milliseconds / 1_000) s" : "\(milliseconds) ms"
    }
}
