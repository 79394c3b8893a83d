// The sentences of FlowExport about flows that can't be static documents.

extension StaticProblem {
    /// A short fragment that names what was found.
    public var headline: String {
        switch reason {
        case .outcome: "what follows depends on how it went, and a static document isn't told"
        case .side:
            "who waits or is called hears another flow here, and a static document can't answer for that"
        case .fetch: "a static document can't fetch"
        case .log: "a static document can't log"
        case .send: "a static document can't send"
        case .notice: "nobody is there to be told of it later"
        case .clock: "it depends on the clock, which a static document doesn't have"
        case .prefixes: "a static document can't compare a number with `allow`"
        case .secret(let name): "the secret '\(name)' would be readable in the document"
        case .tooLong: "the way through the flow is too long for one document"
        case .answer: "it waits for an answer, and a bin can't tell one from another"
        case .recording: "it waits for a recording, and a bin can't tell whether there is one"
        case .parameter(let name):
            "'\(name)' comes with the call or text, and a bin can only put it in as it is"
        case .parameterInSection(let name, let section):
            "'\(name)' can't be put in where '\(section)' is known to be there: bins differ in what they look up"
        case .condition: "this depends on what comes with the call or text"
        case .braces: "a bin takes '{{' for a parameter"
        case .longMessage: "a message of more than 1,600 characters, which a bin can't cut"
        case .openAnswer(let count?):
            "its answer has \(grouped(count)) forms, and each would be a file"
        case .openAnswer(nil): "its answer may have any number of keys, and each form of it would be a file"
        case .speech: "a way here is taken by speech alone, which a static document doesn't understand"
        case .pound: "a `pound` key would end the URL that it stands in"
        case .notPound: "a pressed `#` would be a part of the answer, and end the URL that it stands in"
        case .carried(let variable, let source):
            "'\(variable)' is carried over from \(source.phrase), and static files remember nothing"
        case .shown(let source): "it holds \(source.phrase), and a static file is the same for everybody"
        case .depends(let source): "it depends on \(source.phrase), which no static file can look at"
        case .tooMany(let most, let multipliers):
            "more than \(grouped(most)) documents: "
                + multipliers.map(\.description).joined(separator: " × ")
        case .nowhere: "its answer is a folder of files, and nobody said where they will be"
        }
    }

    /// What to do, and what can.
    public var help: String {
        let advice: String? =
            switch reason {
            case .outcome: "Lead every outcome the same way."
            case .prefixes: "With `allow: any` callers may ring any number."
            case .pound: "Take another key, such as `star`."
            case .notPound: "Let `finish_on` have `#`."
            case .speech: "Give it a key, too."
            case .openAnswer(nil): "Ask for `digits(n)` or a word of a list."
            case .tooMany: "Let the flow remember less, or allow more by --max-documents."
            case .nowhere: "Give --base-url, such as https://cdn.example.com/flows."
            case .log: "Leave it out."
            default: nil
            }
        return [advice, target].compactMap(\.self).joined(separator: " ")
    }

    private var target: String {
        switch reason {
        // The flow needs no other target.
        case .nowhere: ""
        case .side, .send, .notice: "`flowc serve` can do it."
        default:
            canBeFunction
                ? "`flowc export function` can do it, and so can `flowc serve`." : "`flowc serve` can do it."
        }
    }
}

extension UnknownSource {
    fileprivate var phrase: String {
        switch self {
        case .parameter(let name): "the param '\(name)'"
        case .request: "what comes with the call"
        case .answer: "the caller's answer"
        case .recording: "the recording"
        case .outcome: "how the call went"
        case .fetch: "what is fetched"
        case .clock: "the clock"
        }
    }
}

extension Multiplier: CustomStringConvertible {
    public var description: String {
        switch kind {
        case .languages: "\(count) languages"
        case .attempts: "\(count) attempts"
        case .answers: "\(count) answers"
        case .values(let variable): "\(count) values of '\(variable)'"
        case .callers: "\(count) flows that run it"
        }
    }
}

extension StaticURLProblem: CustomStringConvertible {
    public var description: String {
        "\(option) '\(url)' must be an absolute https address without query, of 200 bytes at most, such as https://cdn.example.com/flows"
    }
}

/// `1,948,717`
private func grouped(_ number: Int) -> String {
    var digits = Array(String(number))
    var place = digits.count - 3
    while place > 0 {
        digits.insert(",", at: place)
        place -= 3
    }
    return String(digits)
}
