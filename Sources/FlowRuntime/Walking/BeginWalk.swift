import FlowProgram

/// From an event to the first operation.
extension Walk {
    mutating func begin(_ session: Session?) -> Ending {
        guard event.kind != .start, let session else { return begin() }
        if case .notice(let kind) = event.kind { return run(handlerOf: kind) }
        guard turn - session.firstTurn < Limits.turnsPerSession else { return .fault(.tooManyTurns) }
        return run(resume(session))
    }

    private mutating func begin() -> Ending {
        guard event.kind == .start else { return .fault(.damagedProgram) }
        if let start = event.sideStart { return begin(start) }
        operation = program.program.entry
        for parameter in program.program.parameters {
            guard let value = takenParameter(parameter) else {
                return .fault(.badParameter(parameter.name))
            }
            set(parameter.variable, to: value)
        }
        if program.program.channel == .sms, let interrupts = program.program.interrupts,
            let target = interrupt(by: .message(event.parameters.answer("Body")), among: interrupts)
        {
            return run(.go(target))
        }
        return run(.go(program.program.entry))
    }

    private mutating func begin(_ start: SideStart) -> Ending {
        operation = start.side.entry
        for (setting, value) in zip(start.side.settings, start.arguments) { set(setting.variable, to: value) }
        return run(.go(start.side.entry))
    }

    /// What a parameter brings; nil if it is missing or doesn't fit and may not be `none`.
    private func takenParameter(_ parameter: Program.Parameter) -> Value? {
        let text = event.parameters.text(named: parameter.name)
        if let text, let value = value(of: composed(text), as: parameter.type) { return value }
        if case .optional = parameter.type { return Value.none }
        return nil
    }

    private mutating func resume(_ session: Session) -> Step {
        switch event.kind {
        case .start, .notice: return .go(program.program.entry)
        case .input(let index, let answer):
            guard let gather = enter(index, of: session) else { return .end(.fault(.damagedProgram)) }
            return take(answer, for: gather)
        case .silence(let index):
            guard session.waits.indices.contains(index) else { return .end(.fault(.damagedProgram)) }
            if session.waits[index].kind == .redirect {
                return .ask(session.waits[index].operation, attempt: session.waits[index].attempt)
            }
            guard let gather = enter(index, of: session) else { return .end(.fault(.damagedProgram)) }
            return silence(of: gather)
        case .outcome(let index):
            guard session.waits.indices.contains(index),
                program.program.operations.indices.contains(session.waits[index].operation)
            else { return .end(.fault(.damagedProgram)) }
            operation = session.waits[index].operation
            switch program.program.operations[operation] {
            case .record(let record): return take(outcomeOf: record)
            case .dial(let dial):
                if let variable = dial.into { set(variable, to: result(.dial)) }
                return .go(dial.way(event))
            case .enqueue(let enqueue):
                if let variable = enqueue.into { set(variable, to: result(.enqueue)) }
                if let way = enqueue.way(event) { return .go(way) }
                let result = event.parameters.value("QueueResult")
                return .end(result?.elementsEqual("hangup".utf8) == true ? .hungUp : .over)
            case .connect(let connect): return take(outcomeOf: connect)
            default: return .end(.fault(.damagedProgram))
            }
        }
    }

    /// Stands at the gather of a wait.
    private mutating func enter(_ index: Int, of session: Session) -> Gather? {
        guard session.waits.indices.contains(index),
            program.program.operations.indices.contains(session.waits[index].operation),
            case .gather(let gather) = program.program.operations[session.waits[index].operation]
        else { return nil }
        operation = session.waits[index].operation
        attempt = session.waits[index].attempt
        asked = session.waits[index]
        return gather
    }

    private mutating func take(_ answer: CallerAnswer, for gather: Gather) -> Step {
        if let interrupts = program.program.interrupts(at: operation),
            let target = interrupt(by: answer, among: interrupts)
        {
            if interrupts.waits.contains(operation) {
                set(interrupts.variable, to: Program.Interrupts.mark(operation, attempt: attempt))
            }
            return .go(target)
        }
        var match = PatternMatch(answer, languageTag: context.languageTag, language: language)
        match.look(at: gather.choices)
        var words: [AnswerWord] = []
        if case .words(let options) = gather.input {
            words = options
            match.look(at: words)
        }
        let index = match.index ?? Int.max
        if index < gather.choices.count { return .go(gather.choices[index].target) }
        let word = index - gather.choices.count
        guard let input = gather.input,
            let value = words.isEmpty
                ? parsed(answer, as: input) : words.indices.contains(word) ? .text(words[word].word) : nil
        else { return fail(gather, prompts: gather.noMatch) }
        if let question = gather.confirms { return confirm(value, of: gather, asking: question) }
        return go(on: value, from: gather)
    }

    private func interrupt(by answer: CallerAnswer, among interrupts: Program.Interrupts) -> Int? {
        PatternMatch(answer, languageTag: context.languageTag, language: language)
            .wholeMatch(among: interrupts.choices).map { interrupts.choices[$0].target }
    }

    /// An answer that is read back takes its attempts along.
    private mutating func go(on value: Value, from gather: Gather) -> Step {
        if let variable = gather.into { set(variable, to: value) }
        let operations = program.program.operations
        if operations.indices.contains(gather.next), case .gather(let reader) = operations[gather.next],
            reader.confirms == operation
        {
            return .ask(gather.next, attempt: attempt)
        }
        return .go(gather.next)
    }

    /// A no costs an attempt, as a wrong answer does, and the question is asked again.
    private func confirm(_ value: Value, of gather: Gather, asking question: Int) -> Step {
        if value == .bool(true) { return .go(gather.next) }
        return attempt < gather.attempts ? .ask(question, attempt: attempt + 1) : .go(gather.otherwise)
    }

    private func parsed(_ answer: CallerAnswer, as input: InputForm) -> Value? {
        let tag = context.languageTag
        let today = input == .date ? context.clock.civil(at: context.now).date : nil
        let value =
            switch answer {
            case .keys(let keys):
                parseAnswer(keys: keys, as: input, language: tag, number: language, today: today)
            case .speech(let speech):
                parseAnswer(speech: speech, as: input, language: tag, number: language, today: today)
            case .message(let text):
                parseAnswer(text: text, as: input, language: tag, number: language, today: today)
            }
        // Keys, speech and what recognition thinks of it, which isn't in the answer itself.
        guard input == .raw, case .record(let parts)? = value else { return value }
        return .record(parts.dropLast() + [confidence])
    }

    /// A number within 0...1 as the provider writes it.
    private var confidence: Value {
        guard let bytes = event.parameters.value("Confidence"), bytes.count <= 32,
            bytes.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: ".") }),
            let number = Double(String(decoding: bytes, as: UTF8.self)), number.isFinite
        else { return .none }
        return .number(number)
    }
}
