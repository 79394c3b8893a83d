/// `<Gather>`: listens for keys, speech or both while a prompt plays and some time after it.
///
/// Once it has heard something, `action` is requested and nothing behind it runs. If it hears nothing, the next verb runs, unless
/// `actionOnEmptyResult` says otherwise.
public struct Gather: Hashable, Sendable {
    /// Left out, the present document is requested again.
    public var action: Text?
    /// How `action` is requested; POST if left out.
    public var method: HTTPMethod?
    /// What it listens for; keys if left out.
    public var input: Input?
    /// Seconds of silence, and between keys; 5 if left out.
    public var timeout: Int?
    /// The silence that ends speech; as long as `timeout` if left out.
    public var speechTimeout: SpeechTimeout?
    /// One key, or empty for none; `#` if left out.
    public var finishOnKey: Text?
    /// The number of keys after which `action` is requested at once.
    public var numDigits: Int?
    /// Whether `action` is requested at silence too; not if left out.
    public var actionOnEmptyResult: Bool?
    /// A tag of `GatherLanguage`.
    public var language: Text?
    /// Phrases that are likely to be said.
    public var hints: [Text]
    /// A name of `SpeechModel`. It needs `speechTimeout` in seconds.
    public var speechModel: Text?
    /// Whether swear words are masked; they are if left out.
    public var profanityFilter: Bool?
    /// What plays meanwhile.
    public var prompt: [Child]
    /// Attributes that this type doesn't know.
    public var others: [Element.Attribute]

    /// What it listens for.
    public enum Input: String, Hashable, Sendable, CaseIterable {
        case dtmf
        case speech
        case dtmfAndSpeech = "dtmf speech"

        /// Whether it listens for keys.
        public var hearsKeys: Bool { self != .speech }
        /// Whether it listens for speech.
        public var hearsSpeech: Bool { self != .dtmf }
    }

    /// The silence after which speech is over.
    public enum SpeechTimeout: Hashable, Sendable {
        case seconds(Int)
        /// The first pause; not together with a speech model.
        case auto
    }

    /// A verb inside the `<Gather>`.
    public enum Child: Hashable, Sendable {
        case say(Say)
        case play(Play)
        case pause(Pause)
    }

    /// Listens.
    public init(
        action: Text? = nil, method: HTTPMethod? = nil, input: Input? = nil, timeout: Int? = nil,
        speechTimeout: SpeechTimeout? = nil, finishOnKey: Text? = nil, numDigits: Int? = nil,
        actionOnEmptyResult: Bool? = nil, language: Text? = nil, hints: [Text] = [],
        speechModel: Text? = nil, profanityFilter: Bool? = nil, prompt: [Child] = [],
        others: [Element.Attribute] = []
    ) {
        self.action = action
        self.method = method
        self.input = input
        self.timeout = timeout
        self.speechTimeout = speechTimeout
        self.finishOnKey = finishOnKey
        self.numDigits = numDigits
        self.actionOnEmptyResult = actionOnEmptyResult
        self.language = language
        self.hints = hints
        self.speechModel = speechModel
        self.profanityFilter = profanityFilter
        self.prompt = prompt
        self.others = others
    }

    func write(to writer: inout XMLWriter) {
        let speechTimeout: Text? =
            switch self.speechTimeout {
            case .seconds(let seconds): Text(String(seconds))
            case .auto: "auto"
            case nil: nil
            }
        let attributes: [XMLWriter.Attribute] = [
            .init("action", action), .init("method", word: method), .init("input", word: input),
            .init("timeout", timeout), .init("speechTimeout", speechTimeout),
            .init("finishOnKey", finishOnKey), .init("numDigits", numDigits),
            .init("actionOnEmptyResult", actionOnEmptyResult), .init("language", language),
            .init("hints", joinedHints), .init("speechModel", speechModel),
            .init("profanityFilter", profanityFilter),
        ]
        guard !prompt.isEmpty else { return writer.element("Gather", attributes, and: others) }
        writer.element("Gather", attributes, and: others) { writer in
            for child in prompt { child.write(to: &writer) }
        }
    }

    private var joinedHints: Text? {
        guard var joined = hints.first else { return nil }
        for hint in hints.dropFirst() {
            joined += ","
            joined += hint
        }
        return joined
    }
}

extension Gather {
    /// What the provider would object to, in the prompt too.
    public var problems: [Problem] { problems(byVoices: true) }

    func problems(byVoices: Bool) -> [Problem] {
        var problems: [Problem] = []
        problems.check(timeout, in: Limits.gatherTimeout, .gatherTimeout, at: "Gather.timeout")
        problems.check(numDigits, in: Limits.gatherKeys, .gatherNumDigits, at: "Gather.numDigits")
        if let key = finishOnKey?.literal, !isFinishKey(key) {
            problems.append(
                Problem(.gatherFinishOnKey, at: "Gather.finishOnKey", "one of 0-9, * and #, or nothing"))
        }
        problems += speechProblems
        problems += hintProblems
        for child in prompt { problems += child.problems(byVoices: byVoices) }
        return problems
    }

    private var speechProblems: [Problem] {
        var problems: [Problem] = []
        if case .seconds(let seconds) = speechTimeout {
            problems.check(
                seconds, in: Limits.gatherTimeout, .gatherSpeechTimeout, at: "Gather.speechTimeout")
        }
        if let language = language?.literal, !GatherLanguage.isKnown(language) {
            problems.append(
                Problem(.gatherLanguage, at: "Gather.language", "unknown language \(language)"))
        }
        guard let model = speechModel else { return problems }
        switch speechTimeout {
        case .seconds: break
        case .auto, nil:
            problems.append(
                Problem(.gatherAutoWithModel, at: "Gather.speechTimeout", "a speech model needs seconds"))
        }
        guard let name = model.literal else { return problems }
        if !SpeechModel.isKnown(name) {
            problems.append(Problem(.gatherModel, at: "Gather.speechModel", "unknown model \(name)"))
        }
        if let language = language?.literal,
            SpeechModel.understands(language, model: name) == false
        {
            problems.append(
                Problem(.gatherModel, at: "Gather.speechModel", "\(name) doesn't understand \(language)"))
        }
        if name == "numbers_and_commands", profanityFilter == true {
            problems.append(
                Problem(.gatherProfanityFilter, at: "Gather.profanityFilter", "\(name) has no such filter"))
        }
        return problems
    }

    private var hintProblems: [Problem] {
        var problems: [Problem] = []
        if hints.count > Limits.maxHints {
            problems.append(Problem(.gatherHints, at: "Gather.hints", "more than \(Limits.maxHints) hints"))
        }
        for hint in hints {
            if hint.literalScalars > Limits.maxHintCharacters {
                problems.append(
                    Problem(
                        .gatherHints, at: "Gather.hints",
                        "a hint of more than \(Limits.maxHintCharacters) characters"))
            }
            if hint.literalParts.utf8.contains(UInt8(ascii: ",")) {
                problems.append(Problem(.gatherHints, at: "Gather.hints", "a comma ends a hint"))
            }
        }
        return problems
    }
}

extension Gather.Child {
    func problems(byVoices: Bool) -> [Problem] {
        switch self {
        case .say(let say): say.problems(byVoices: byVoices)
        case .pause(let pause): pause.problems
        case .play(let play):
            if case .digits = play.source {
                play.problems + [Problem(.gatherNested, at: "Gather", "no tones inside a Gather")]
            } else {
                play.problems
            }
        }
    }

    func write(to writer: inout XMLWriter) {
        switch self {
        case .say(let say): say.write(to: &writer)
        case .play(let play): play.write(to: &writer)
        case .pause(let pause): pause.write(to: &writer)
        }
    }
}

/// `^[0-9#*]?$`
private func isFinishKey(_ text: String) -> Bool {
    text.utf8.count <= 1 && isKeys(text)
}

/// Whether a text has nothing but keys of a phone.
func isKeys(_ text: String) -> Bool {
    text.utf8.allSatisfy { "0123456789#*".utf8.contains($0) }
}
