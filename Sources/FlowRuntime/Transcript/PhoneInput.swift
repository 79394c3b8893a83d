/// What the person at the phone does, or what happens to the call. One line of a transcript.
package enum PhoneInput: Sendable, Hashable {
    /// Calls the flow. Parameters replace the standard ones or come with the first request.
    case call([PhoneRequest.Parameter])
    /// Keys, `0`-`9`, `*` and `#`.
    case press(String)
    case say(String)
    case silence
    /// A recording of seconds, ended by a key or by silence.
    case record(seconds: Int, key: String?)
    case recordNothing
    case outcome(DialOutcome, seconds: Int?)
    case queue(QueueOutcome, seconds: Int?)
    /// Whoever waits hears the document of the queue or the conference, from its beginning; with what the provider says of the queue.
    case wait([PhoneRequest.Parameter])
    /// One of those who are called answers, from 1, and hears the whisper.
    case answer(Int)
    /// What a `<Connect>`, `<Pay>` or `<Refer>` came to.
    case result([PhoneRequest.Parameter])
    /// Ends the call; in a recording after seconds.
    case hangUp(after: Int?)
    case text(String)
    /// A conversation begins from the flow's side: its params, and parameters of the call.
    case start([PhoneRequest.Parameter])
    /// The provider tells of a recording; in seconds.
    case recording(String, seconds: Int?)
    /// The provider tells what was said in a recording; nil: it couldn't be written down.
    case transcription(String?)
    /// The provider tells of a message that the flow sent; with its error's number.
    case message(String, error: Int?)
    /// The last webhook request once more.
    case repeatLast
    case clock(ClockChange)
    case help

    /// How a dialled call went.
    package enum DialOutcome: String, Sendable, Hashable, CaseIterable {
        case answered
        case busy
        case noAnswer = "no_answer"
        case failed
        case canceled
    }

    /// How the time in a queue ended. The last ones are the provider's own words.
    package enum QueueOutcome: String, Sendable, Hashable, CaseIterable {
        case bridged
        case left
        case full
        case failed
        case hangup
        case redirected
        case systemError = "system-error"
        case bridgingInProcess = "bridging-in-process"
        case redirectedFromBridged = "redirected-from-bridged"
    }

    package enum ClockChange: Sendable, Hashable {
        /// Milliseconds since 1970.
        case to(Int64)
        /// Milliseconds.
        case by(Int64)
    }
}

/// A line that isn't an input; says what was expected.
package struct PhoneInputFault: Error, Sendable, Hashable, CustomStringConvertible {
    package var description: String

    init(_ description: String) {
        self.description = description
    }
}

extension PhoneInput {
    static let words = [
        "call", "press", "say", "silence", "record", "outcome", "queue", "wait", "answer", "result",
        "hang up",
        "text", "start", "recording", "transcription", "message", "repeat", "at", "help",
    ]

    /// Reads a line.
    ///
    /// - Throws: what was expected, if it isn't an input.
    package init(line: String) throws(PhoneInputFault) {
        guard line.utf8.count <= PhoneLimits.maxLineBytes else {
            throw PhoneInputFault("a line of more than \(PhoneLimits.maxLineBytes) bytes")
        }
        let (word, rest) = firstWord(line)
        switch word {
        case "call": self = .call(try readParameters(rest))
        case "result": self = .result(try readParameters(rest))
        case "press": self = .press(try readKeys(rest))
        case "say":
            guard !rest.isEmpty else {
                throw PhoneInputFault("'say' needs what is said; saying nothing is 'silence'")
            }
            self = .say(rest)
        case "silence": self = try alone(.silence, word, rest)
        case "record": self = try readRecording(rest)
        case "outcome":
            let (outcome, seconds): (DialOutcome, Int?) = try readOutcome(rest, of: word)
            self = .outcome(outcome, seconds: seconds)
        case "queue":
            let (outcome, seconds): (QueueOutcome, Int?) = try readOutcome(rest, of: word)
            self = .queue(outcome, seconds: seconds)
        case "wait": self = .wait(try readParameters(rest))
        case "answer": self = .answer(try readPlace(rest))
        case "hang": self = try readHangUp(rest)
        case "hangup": self = try readHangUp("up " + rest)
        case "text": self = .text(rest)
        case "start": self = .start(try readParameters(rest))
        case "recording": self = try readRecordingStatus(rest)
        case "transcription":
            guard !rest.isEmpty else {
                throw PhoneInputFault("'transcription' needs what was said, or 'failed'")
            }
            self = .transcription(rest == "failed" ? nil : rest)
        case "message": self = try readMessageStatus(rest)
        case "repeat": self = try alone(.repeatLast, word, rest)
        case "at": self = .clock(try readClockChange(rest))
        case "help", "?": self = try alone(.help, word, rest)
        default:
            throw PhoneInputFault(
                "unknown input '\(word)'; there is \(PhoneInput.words.joined(separator: ", "))")
        }
    }
}

private func alone(_ input: PhoneInput, _ word: String, _ rest: String) throws(PhoneInputFault)
    -> PhoneInput
{
    guard rest.isEmpty else { throw PhoneInputFault("'\(word)' stands alone") }
    return input
}

private func readKeys(_ text: String) throws(PhoneInputFault) -> String {
    let keys = words(text).joined()
    guard !keys.isEmpty, keys.utf8.allSatisfy({ "0123456789*#".utf8.contains($0) }) else {
        throw PhoneInputFault("'press' needs keys: 0-9, * and #")
    }
    return keys
}

private func readRecording(_ text: String) throws(PhoneInputFault) -> PhoneInput {
    let words = words(text)
    if words == ["nothing"] { return .recordNothing }
    guard let length = words.first, words.count <= 2, let seconds = readSeconds(length) else {
        throw PhoneInputFault(
            "'record' needs a length and perhaps the key that ends it, as '12s' or '12s #', or 'nothing'")
    }
    return .record(seconds: seconds, key: words.count == 2 ? try readKeys(words[1]) : nil)
}

private func readOutcome<Outcome: RawRepresentable<String> & CaseIterable>(
    _ text: String, of word: String
) throws(PhoneInputFault) -> (Outcome, Int?) {
    let words = words(text)
    guard let name = words.first, let outcome = Outcome(rawValue: name), words.count <= 2 else {
        let all = Outcome.allCases.map(\.rawValue).joined(separator: ", ")
        throw PhoneInputFault("'\(word)' needs one of \(all)")
    }
    guard words.count == 2 else { return (outcome, nil) }
    guard let seconds = readSeconds(words[1]) else { throw PhoneInputFault("a length is written as '42s'") }
    return (outcome, seconds)
}

private func readPlace(_ text: String) throws(PhoneInputFault) -> Int {
    if text.isEmpty { return 1 }
    guard let place = Int(text), (1...99).contains(place), text.utf8.first != UInt8(ascii: "+") else {
        throw PhoneInputFault(
            "'answer' stands alone, or with who it is: 'answer 2' for the second who is called")
    }
    return place
}

private func readRecordingStatus(_ text: String) throws(PhoneInputFault) -> PhoneInput {
    let words = words(text)
    guard let status = words.first, words.count <= 2, isStatus(status),
        words.count == 1 || readSeconds(words[1]) != nil
    else { throw PhoneInputFault("'recording' needs its status, as 'ready 12s', 'absent' or 'failed'") }
    return .recording(
        status == "ready" ? "completed" : status, seconds: words.count == 2 ? readSeconds(words[1]) : nil)
}

private func readMessageStatus(_ text: String) throws(PhoneInputFault) -> PhoneInput {
    let words = words(text)
    guard let status = words.first, words.count <= 2, isStatus(status),
        words.count == 1 || Int(words[1]) != nil
    else {
        throw PhoneInputFault(
            "'message' needs its status, as 'delivered', or with an error 'undelivered 30003'")
    }
    return .message(status, error: words.count == 2 ? Int(words[1]) : nil)
}

private func isStatus(_ word: String) -> Bool {
    word.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
}

private func readHangUp(_ text: String) throws(PhoneInputFault) -> PhoneInput {
    let words = words(text)
    if words == ["up"] { return .hangUp(after: nil) }
    guard words.count == 3, words[0] == "up", words[1] == "after", let seconds = readSeconds(words[2]) else {
        throw PhoneInputFault("it is 'hang up', or in a recording 'hang up after 7s'")
    }
    return .hangUp(after: seconds)
}

/// `Name=value Other="two words"`
private func readParameters(_ text: String) throws(PhoneInputFault) -> [PhoneRequest.Parameter] {
    var parameters: [PhoneRequest.Parameter] = []
    var rest = text.unicodeScalars[...]
    while true {
        rest = rest.drop(while: isBlank)
        guard !rest.isEmpty else { return parameters }
        guard let equals = rest.firstIndex(of: "="), equals > rest.startIndex,
            !rest[..<equals].contains(where: isBlank)
        else { throw PhoneInputFault("parameters are written as Name=value") }
        let name = String(rest[..<equals])
        rest = rest[rest.index(after: equals)...]
        let value: Substring.UnicodeScalarView
        if rest.first == "\"" {
            rest = rest.dropFirst()
            guard let end = rest.firstIndex(of: "\"") else {
                throw PhoneInputFault("the value of \(name) has no closing quote")
            }
            value = rest[..<end]
            rest = rest[rest.index(after: end)...]
        } else {
            value = rest.prefix { !isBlank($0) }
            rest = rest[value.endIndex...]
        }
        parameters.append(PhoneRequest.Parameter(name, String(value)))
    }
}
