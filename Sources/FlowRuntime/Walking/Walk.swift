import FlowProgram

/// One walk of the machine: where it is, what it has said, and what it has counted.
struct Walk {
    let program: ExecutableProgram
    let event: Event
    let answers: [FetchAnswer]
    /// The sid that the conversation began with.
    let birth: [UInt8]
    /// The variables stand in here.
    var context: EvaluationContext
    var language: Int
    /// Where the flows that run others go on, the outermost first.
    var calls: [Int]
    /// The number of the turn that is being made.
    let turn: Int
    var document = DocumentBuilder()
    /// Of the document, in its order.
    var waits: [Session.Wait] = []
    /// The operation that is walked, and if it is a gather the attempt that it is entered with.
    var operation = 0
    var attempt = 1
    /// The gather that was asked last and its attempt: where `again` leads.
    var asked: Session.Wait?
    /// Before the last wait that a document may have: where to go back if it needs one more.
    var lastWaitMark: (mark: DocumentBuilder.Mark, wait: Session.Wait)?
    var operationsLeft: Int
    var fetches = 0
    /// What the fetches of this turn may take at most.
    var fetchMilliseconds = 0
    var log: [LogEntry] = []
    var failedFetches: [FailedFetch] = []
    var outbox: [OutboxItem] = []
    var refusedSends: [Int] = []
    /// The notice whose handler is walked.
    var handling: NoticeKind?
    /// Of the session, those of this turn included.
    var sends: Int
    var fault: Fault?
    /// The error handler is or was walked.
    var hasFailed: Bool
    /// Where a side is heard; nil in a conversation.
    let place: Side.Place?
    /// What the side has come to.
    var sideResult: SideResult?
    /// The params of what is heard beside the wait that the document ends with.
    var sideArguments: [[Value]] = []

    /// What a step leads to.
    enum Step {
        case go(Int)
        case ask(Int, attempt: Int)
        case end(Ending)
    }

    /// Why a walk stops.
    enum Ending {
        /// At one wait or more.
        case waiting
        /// The conversation is over.
        case over
        /// The call ended where the flow would have waited.
        case hungUp
        /// The handler of a notice came to its end.
        case handled
        /// The call goes on outside the flow.
        case handedOver
        case needs(Effect)
        case fault(Fault.Reason)
    }

    init(_ program: ExecutableProgram, session: Session?, event: Event, answers: [FetchAnswer]) {
        self.program = program
        self.event = event
        self.answers = answers
        let running = event.kind == .start ? nil : session
        let languages = program.program.languages
        let present = running?.language ?? event.sideStart?.language ?? 0
        language = languages.indices.contains(present) ? present : 0
        place = event.sideStart?.side.place ?? running?.side?.place
        calls = running?.calls ?? []
        turn = (session?.turn ?? 0) + 1
        operationsLeft = program.operationBound
        hasFailed = running?.hasFailed ?? false
        sends = session?.sends ?? 0
        birth = running?.birth ?? event.sid
        context = EvaluationContext(
            variables: running?.variables ?? program.initialVariables, config: event.config,
            parameters: event.parameters, channel: program.program.channel,
            languageTag: languages.indices.contains(language) ? languages[language].tag : "",
            timezone: program.program.timezone, now: event.now, zones: event.zones,
            hours: program.program.hours, failure: nil)
        if place == .queueWait { context.queue = QueueFigures(event.parameters) ?? session?.side?.queue }
    }

    /// Walks on from a step until the walk stops.
    mutating func run(_ first: Step) -> Ending {
        var step = first
        while true {
            switch step {
            case .end(let ending): return ending
            case .go(let next):
                operation = next
                attempt = 1
            case .ask(let next, let number):
                operation = next
                attempt = number
            }
            guard program.program.operations.indices.contains(operation) else {
                return .fault(.damagedProgram)
            }
            guard operationsLeft > 0 else { return .fault(.tooManyOperations) }
            operationsLeft -= 1
            step = isSilentWay && stopsSilentWay(operation) ? redirect(.redirect) : perform()
        }
    }

    private mutating func perform() -> Step {
        switch program.program.operations[operation] {
        case .emit(let rendering): return emit(rendering)
        case .attach(let media): return attach(media)
        case .gather(let gather): return ask(gather)
        case .record(let record): return wait(for: record)
        case .dial(let dial): return wait(for: dial)
        case .enqueue(let enqueue):
            return waitOutside(enqueue.rendering, beside: enqueue.wait.map { [$0] } ?? [])
        case .connect(let connect): return wait(for: connect)
        case .set(let settings):
            for setting in settings { set(setting.variable, to: evaluate(setting.value, in: context)) }
            return .go(operation + 1)
        case .setLanguage(let tag):
            setLanguage(evaluate(tag, in: context))
            return .go(operation + 1)
        case .branch(let condition, let then, let otherwise):
            return .go(evaluate(condition, in: context) == .bool(true) ? then : otherwise)
        case .select(let expression, let cases, let otherwise):
            let value = evaluate(expression, in: context)
            return .go(cases.first { $0.value.equals(value) }?.target ?? otherwise)
        case .jump(let target): return .go(target)
        case .again(let gather): return .ask(gather, attempt: attempt(at: gather))
        case .resume:
            guard let interrupts = program.program.interrupts(at: operation),
                let place = Program.Interrupts.place(evaluate(.variable(interrupts.variable), in: context)),
                interrupts.waits.contains(place.operation)
            else {
                return .go(program.program.resumed(from: operation).last ?? program.program.entry)
            }
            return .ask(place.operation, attempt: max(1, place.attempt))
        case .call(let call): return perform(call)
        case .return: return calls.popLast().map(Step.go) ?? end(by: .end)
        case .fetch(let fetch): return perform(fetch)
        case .send(let send): return perform(send)
        case .log(let fields):
            log.append(entry(fields))
            return .go(operation + 1)
        case .finish(let finish): return end(by: finish)
        }
    }

    /// The attempt that the gather, or the one that reads its answer back, was asked last with.
    private func attempt(at gather: Int) -> Int {
        guard let asked, program.program.operations.indices.contains(asked.operation) else { return 1 }
        if asked.operation == gather { return asked.attempt }
        if case .gather(let other) = program.program.operations[asked.operation], other.confirms == gather {
            return asked.attempt
        }
        return 1
    }

    private mutating func perform(_ call: Operation.Call) -> Step {
        guard calls.count < Limits.callDepth else { return .end(.fault(.damagedProgram)) }
        // Its variables are read by none of the values, since no flow runs itself.
        for setting in call.settings { set(setting.variable, to: evaluate(setting.value, in: context)) }
        calls.append(call.next)
        return .go(call.target)
    }

    mutating func set(_ variable: Int, to value: Value) {
        if context.variables.indices.contains(variable) { context.variables[variable] = value }
    }

    private mutating func setLanguage(_ tag: Value) {
        guard case .text(let tag) = tag,
            let index = program.program.languages.firstIndex(where: { $0.tag == tag })
        else { return }
        language = index
        context.languageTag = tag
    }

    private mutating func emit(_ rendering: Rendering) -> Step {
        guard !event.callIsOver else { return .go(operation + 1) }
        switch program.program.channel {
        case .sms:
            document.limit(to: program.maxSegments(at: operation))
            document.append(text: rendering, language: language, of: program, in: context)
            return .go(operation + 1)
        case .voice:
            return say(rendering) ? .go(operation + 1) : splitDocument(.redirect)
        }
    }

    private mutating func attach(_ media: TypedExpression) -> Step {
        switch evaluate(media, in: context) {
        case .text(let url): document.attach(url)
        case .list(let urls):
            for case .text(let url) in urls { document.attach(url) }
        default: break
        }
        return .go(operation + 1)
    }

    private mutating func end(by finish: Operation.Finish) -> Step {
        guard handling == nil else { return .end(.handled) }
        guard !event.callIsOver else { return .end(.over) }
        switch (finish, program.program.channel) {
        case (.end, .voice) where place?.isWait ?? false: return playAgain()
        case (.leave(let name), _):
            document.append("<Leave/>")
            return end(by: .left(name))
        // The end of the document connects.
        case (.accept, _): return end(by: .accepted)
        case (.decline, _):
            document.append("<Hangup/>")
            return end(by: .declined)
        case (.hangup, .voice), (.end, .voice):
            document.append("<Hangup/>")
            return .end(waits.isEmpty ? .over : .waiting)
        case (.hangup, .sms), (.end, .sms): return .end(.over)
        case (.reject(let rendering), _):
            guard say(rendering) else { return splitDocument(.redirect) }
            return .end(waits.isEmpty ? .over : .waiting)
        case (.redirect(let rendering), .voice):
            guard say(rendering) else { return splitDocument(.redirect) }
            return .end(waits.isEmpty ? .handedOver : .waiting)
        case (.redirect(let rendering), .sms):
            var handOver = DocumentBuilder()
            handOver.append(behindMessage: rendering, language: language, of: program, in: context)
            guard handOver.isShortRedirect else { return .end(.fault(.documentTooLarge)) }
            document.handOver = handOver.pieces
            return .end(.over)
        }
    }

    private mutating func end(by result: SideResult) -> Step {
        sideResult = result
        return .end(waits.isEmpty ? .over : .waiting)
    }

    /// A wait flow begins again. In a queue the provider asks for it by itself; in a conference silence would follow. What says nothing
    /// gets a silence of its own, or it would be asked for without a pause.
    private mutating func playAgain() -> Step {
        if document.isEmpty { document.append("<Pause length=\"1\"/>") }
        if place == .conferenceWait { document.appendRedirectToStart() }
        return .end(waits.isEmpty ? .over : .waiting)
    }

    /// Appends verbs, or nothing if they would make the document too large.
    mutating func say(_ rendering: Rendering) -> Bool {
        let before = document.mark
        document.append(rendering, slot: nextSlot, language: language, of: program, in: context)
        if document.fits { return true }
        document.rewind(to: before)
        return false
    }
}
