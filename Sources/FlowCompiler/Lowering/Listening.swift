import FlowLang
import FlowProgram
import TwiML

/// How a wait listens: the attributes of `<Gather>`.
struct Listening {
    var keys = true
    var speech = false
    /// How many keys are an answer, where that is one number.
    var digits: Int?
    /// Empty: no key ends the input.
    var finishOn: String?
    /// Seconds.
    var timeout: Int?
    /// For each language of the flow; empty where nothing is hinted.
    var hints: [[String]] = []
    /// Seconds; nil: the first pause ends speech.
    var speechTimeout: Int?
    var speechModel: String?
    var profanityFilter: Bool?
    /// A menu's keys, to be compared with those that its prompt names.
    var menuKeys: MenuKeys?
    /// Attributes that stand for themselves.
    var others = ElementAtoms(name: "Gather")
}

extension FlowLowering {
    /// The prompt of a wait, with the verb around it that listens.
    mutating func listeningRendering(_ prompt: Prompt?, _ listening: Listening) -> Rendering {
        listeningRendering(listening) { lowering, language in
            guard let prompt else { return [] }
            let atoms = lowering.speech(of: prompt, in: language)
            if lowering.channel == .sms { lowering.reportCost(of: prompt, in: language, atoms) }
            return atoms
        }
    }

    mutating func listeningRendering(
        _ listening: Listening, saying speech: (inout FlowLowering, _ language: Int) -> [SpeechAtom]
    ) -> Rendering {
        guard channel == .voice else { return messageRendering(speech) }
        namedKeys = ([], true)
        defer { if let menu = listening.menuKeys { reportUnnamedKeys(of: menu) } }
        return rendering { lowering, builder, language in
            let atoms = speech(&lowering, language)
            lowering.reportLength(of: atoms, limit: Self.longQuestion)
            if let menu = listening.menuKeys { lowering.note(keysOf: atoms, of: menu) }
            let children = lowering.verbs(saying: atoms, in: language, with: &builder).compactMap(
                \.gatherChild)
            let hints: [String] = listening.hints.indices.contains(language) ? listening.hints[language] : []
            let input: TwiML.Gather.Input =
                listening.speech ? listening.keys ? .dtmfAndSpeech : .speech : .dtmf
            return [
                .gather(
                    TwiML.Gather(
                        action: PieceBuilder.action, input: input, timeout: listening.timeout,
                        speechTimeout: listening.speech
                            ? listening.speechTimeout.map { .seconds($0) } ?? .auto : nil,
                        finishOnKey: listening.keys ? listening.finishOn.map { Text($0) } : nil,
                        numDigits: listening.keys ? listening.digits : nil,
                        language: listening.speech ? Text(lowering.languages[language].tag) : nil,
                        hints: hints.map { Text($0) }, speechModel: listening.speechModel.map { Text($0) },
                        profanityFilter: listening.profanityFilter, prompt: children,
                        others: listening.others.written(&builder)))
            ]
        }
    }

    /// How speech is listened to.
    mutating func readSpeechOptions(of step: Step, into listening: inout Listening) {
        listening.speechTimeout = seconds("speech_timeout", of: step)
        listening.profanityFilter = bool("profanity_filter", of: step)
        if let (model, span) = literal("speech_model", of: step) {
            if !SpeechModel.isKnown(model) {
                typer.diagnostics.report(CheckMessages.unknownModel(model, at: span, known: SpeechModel.all))
            }
            listening.speechModel = model
            // The provider takes no `auto` with a model.
            if listening.speechTimeout == nil { listening.speechTimeout = listening.timeout ?? 5 }
        }
        add(
            step.options, rows: step.row.options, to: &listening.others,
            except: [
                "input", "digits", "finish_on", "hints", "timeout", "speech_timeout", "speech_model",
                "profanity_filter",
            ])
        if !listening.speech, let option = step.options.first(where: { Self.speechOptions.contains($0.name) })
        {
            typer.diagnostics.report(CheckMessages.nothingSpoken(option.name, at: option.keySpan))
        }
        if !listening.keys, let option = step.options.first(where: { Self.keyOptions.contains($0.name) }) {
            typer.diagnostics.report(CheckMessages.nothingTyped(option.name, at: option.keySpan))
        }
    }

    private static let keyOptions = ["digits", "finish_on"]
    private static let speechOptions = [
        "speech_timeout", "speech_model", "profanity_filter", "max_speech_time",
    ]

    /// The options of a step that listens, with what its answers ask for.
    mutating func listening(of step: Step, choices: [ChoicePattern], input: InputForm?) -> Listening {
        var listening = Listening()
        listening.speech = input?.isSpoken ?? false || choices.contains { !$0.phrases.allSatisfy(\.isEmpty) }
        listening.keys = input?.isTyped ?? false || choices.contains { !$0.keys.isEmpty }
        var lengths = input?.typedLengths ?? []
        for choice in choices { for key in choice.keys { lengths.append(key.utf8.count) } }
        if !(input?.isOpen ?? false), let longest = lengths.max(),
            input != nil || lengths.allSatisfy({ $0 == longest })
        {
            listening.digits = longest
        }
        listening.timeout = seconds("timeout", of: step)
        listening.finishOn = keys("finish_on", of: step)
        reportFinishKey(listening.finishOn ?? "", of: step)
        let usesPound = choices.contains { $0.keys.contains { $0.utf8.contains(UInt8(ascii: "#")) } }
        if listening.finishOn == nil, listening.keys, usesPound || input == nil && listening.digits != nil {
            listening.finishOn = ""
        }
        let hints = literals("hints", of: step)
        var phrases = choices.map(\.phrases).filter { !$0.isEmpty }
        if case .words(let words) = input { phrases += words.map(\.phrases) }
        if !hints.isEmpty || !phrases.isEmpty {
            listening.hints = languages.indices.map { language in
                phrases.flatMap { $0.indices.contains(language) ? $0[language] : $0.first ?? [] } + hints
            }
        }
        readSpeechOptions(of: step, into: &listening)
        reportUnclear(
            choices, input, of: step, hasEnd: listening.timeout != nil || step.option("finish_on") != nil)
        return listening
    }
}

extension VoiceVerb {
    /// The verb inside a `<Gather>`; prompts are made of such verbs only.
    fileprivate var gatherChild: TwiML.Gather.Child? {
        switch self {
        case .say(let say): .say(say)
        case .play(let play): .play(play)
        case .pause(let pause): .pause(pause)
        case .gather, .record, .dial, .enqueue, .hangup, .reject, .redirect, .element: nil
        }
    }
}

extension InputForm {
    /// Whether keys can be the answer.
    var isTyped: Bool {
        switch self {
        case .text, .url: false
        case .digits, .integer, .number, .phone, .date, .time, .duration, .money, .yesNo, .words, .raw: true
        }
    }

    var isSpoken: Bool { self != .raw && self != .url }

    /// Whether no number of keys ends the answer.
    var isOpen: Bool {
        switch self {
        case .integer, .number, .phone, .date, .time, .duration, .money, .url, .text, .raw: true
        case .digits, .yesNo, .words: false
        }
    }

    /// The numbers of keys that an answer can have at most.
    var typedLengths: [Int] {
        switch self {
        case .digits(let range): [range.upperBound]
        case .yesNo: [1]
        case .words(let words): words.flatMap(\.keys).map(\.utf8.count)
        case .integer, .number, .phone, .date, .time, .duration, .money, .url, .text, .raw: []
        }
    }
}
