/// A transcript as it is written: settings, inputs, and indented below each input what came back.
///
/// ```
/// flow: main-menu
/// at: 2026-11-23T10:00:00-05:00
///
/// call
///   say [en-US] Thanks for calling Acme.
///   listen keys
/// press 1
///   dial +15555550111
/// ```
///
/// A line that begins with `#` is a comment. Comments and empty lines stay where they are.
///
/// | input | is |
/// |---|---|
/// | `call`, `call To=+15555550142 CallerName="Ann Lee"` | calls the flow |
/// | `press 123#`, `say sales please`, `silence` | answers a `listen` |
/// | `record 12s`, `record 12s #`, `record nothing`, `hang up after 7s` | answers a `record` |
/// | `outcome answered 42s`, `busy`, `no_answer`, `failed`, `canceled` | how a `dial` went |
/// | `queue bridged`, `left`, `full`, `failed` | how an `enqueue` ended |
/// | `wait`, `wait QueuePosition=3` | hears what is played in the queue or the conference, from its beginning |
/// | `answer`, `answer 2` | one who is called answers, and hears the whisper |
/// | `hang up` | ends the call |
/// | `text Boston` | sends a text |
/// | `start order=1234`, `start AnsweredBy=machine_end_beep` | the flow begins, with its params: a call that is answered, or a text |
/// | `recording ready 12s`, `transcription Hello`, `message delivered` | what the provider tells later |
/// | `repeat` | makes the last request once more; the answer must be the same |
/// | `at 2026-11-23T12:00:00-05:00`, `at +5h` | sets the clock |
///
/// Settings: `flow`, `from`, `to`, `at`, `config` (`name=value`, a line for each), `fetches` (a file for `CannedFetcher`), `status`
/// (`no`: the end of a call isn't told to the status URL).
package struct TranscriptScript: Sendable, Hashable {
    package var settings = Settings()
    /// Every line that isn't indented, in order.
    package var lines: [Line] = []

    package struct Settings: Sendable, Hashable {
        package var flow: String?
        package var from: String?
        package var to: String?
        /// Milliseconds since 1970.
        package var at: Int64?
        /// In the order of their lines.
        package var config: [ConfigValue] = []
        /// The path of a file for `CannedFetcher`, relative to the transcript's.
        package var fetches: String?
        package var status: Bool?
    }

    package struct ConfigValue: Sendable, Hashable {
        package var name: String
        package var value: String
    }

    package struct Line: Sendable, Hashable {
        /// From 1.
        package var number: Int
        package var text: String
        /// nil for settings, comments and empty lines.
        package var input: PhoneInput?
    }

    /// Something that can't be played.
    package struct Problem: Sendable, Hashable, CustomStringConvertible {
        /// From 1.
        package var line: Int
        package var message: String

        package var description: String { "\(line): \(message)" }
    }

    /// Reads a transcript. What is indented is left out: playing it gives it anew.
    package static func parse(_ text: String) -> (script: TranscriptScript, problems: [Problem]) {
        var script = TranscriptScript()
        var problems: [Problem] = []
        guard text.utf8.count <= PhoneLimits.maxScriptBytes else {
            let message = "more than \(PhoneLimits.maxScriptBytes) bytes"
            return (script, [Problem(line: 1, message: message)])
        }
        var raw = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if raw.last?.isEmpty == true { raw.removeLast() }
        for (index, bytes) in raw.enumerated() {
            do throws(PhoneInputFault) {
                try script.read(String(decoding: bytes, as: UTF8.self), number: index + 1)
            } catch {
                problems.append(Problem(line: index + 1, message: error.description))
            }
        }
        return (script, problems)
    }

    /// Whether it calls or texts; by its first such input.
    package var isCall: Bool? {
        for line in lines {
            switch line.input {
            case .call: return true
            case .text: return false
            default: continue
            }
        }
        return nil
    }

    /// A phone's settings with those of the script.
    package func applied(to settings: PhoneSettings) -> PhoneSettings {
        var settings = settings
        if let flow = self.settings.flow { settings.flow = flow }
        if let from = self.settings.from { settings.from = from }
        if let to = self.settings.to { settings.to = to }
        if let status = self.settings.status { settings.sendsStatus = status }
        return settings
    }
}

extension TranscriptScript {
    private mutating func read(_ raw: String, number: Int) throws(PhoneInputFault) {
        if raw.utf8.first == UInt8(ascii: " ") || raw.utf8.first == UInt8(ascii: "\t"),
            !withoutOuterBlanks(raw).isEmpty
        {
            guard lines.contains(where: { $0.input != nil }) else {
                throw PhoneInputFault("an indented line is what came back, but nothing was done yet")
            }
            return
        }
        let text = withoutOuterBlanks(raw)
        if text.isEmpty || text.utf8.first == UInt8(ascii: "#") {
            lines.append(Line(number: number, text: text))
        } else if let (name, value) = setting(text) {
            lines.append(Line(number: number, text: text))
            try set(name, to: value)
        } else {
            lines.append(Line(number: number, text: text, input: try PhoneInput(line: text)))
        }
    }

    /// `name: value`, where the name is one word.
    private func setting(_ text: String) -> (name: String, value: String)? {
        guard let (name, value) = parted(text, at: ":"), words(name).count == 1 else { return nil }
        return (name, value)
    }

    private mutating func set(_ name: String, to value: String) throws(PhoneInputFault) {
        guard !lines.contains(where: { $0.input != nil }) else {
            throw PhoneInputFault("settings stand before the first input")
        }
        guard !value.isEmpty else { throw PhoneInputFault("'\(name)' has no value") }
        switch name {
        case "flow": try once(&settings.flow, value, name)
        case "from": try once(&settings.from, value, name)
        case "to": try once(&settings.to, value, name)
        case "fetches": try once(&settings.fetches, value, name)
        case "at":
            guard let instant = readInstant(value) else {
                throw PhoneInputFault("'at' needs a time as 2026-11-23T10:00:00-05:00")
            }
            try once(&settings.at, instant, name)
        case "status":
            guard value == "yes" || value == "no" else { throw PhoneInputFault("'status' is yes or no") }
            try once(&settings.status, value == "yes", name)
        case "config":
            guard let (name, rest) = parted(value, at: "="), !name.isEmpty else {
                throw PhoneInputFault("'config' is written as name=value")
            }
            guard !settings.config.contains(where: { $0.name == name }) else {
                throw PhoneInputFault("config '\(name)' is set twice")
            }
            settings.config.append(ConfigValue(name: name, value: rest))
        default:
            throw PhoneInputFault(
                "unknown setting '\(name)'; there is flow, from, to, at, config, fetches, status")
        }
    }
}

private func once<Value>(_ place: inout Value?, _ value: Value, _ name: String) throws(PhoneInputFault) {
    guard place == nil else { throw PhoneInputFault("'\(name)' is set twice") }
    place = value
}
