import FlowProgram

/// Waits, and what stands in a document behind them (turn.md rules 3 and 4).
extension Walk {
    /// Everything behind the first wait of a voice document is walked for a caller who stays silent.
    var isSilentWay: Bool { !waits.isEmpty }

    /// The place of the next wait in the document.
    var nextSlot: Slot { Slot(wait: waits.count, seconds: program.answerSeconds(at: operation)) }

    /// Behind a wait nothing may happen that only some callers get to.
    func stopsSilentWay(_ operation: Int) -> Bool {
        let stops = program.program.stopsSilentWay
        guard stops.indices.contains(operation), !stops[operation] else { return true }
        switch program.program.operations[operation] {
        case .set, .setLanguage, .fetch, .send, .log, .attach, .call, .return: return true
        case .finish(.leave), .finish(.accept), .finish(.decline): return true
        case .emit, .gather, .record, .dial, .enqueue, .connect, .branch, .select, .jump, .again, .resume,
            .finish:
            return false
        }
    }

    /// Asks, and goes on with what a silent caller hears.
    mutating func ask(_ gather: Gather) -> Step {
        guard !event.callIsOver else { return .end(.hungUp) }
        if program.program.channel == .sms {
            document.limit(to: program.maxSegments(at: operation))
            document.append(text: gather.prompt, language: language, of: program, in: context)
            waits.append(Session.Wait(operation: operation, attempt: attempt))
            return .end(.waiting)
        }
        if let stopped = appendWait(gather.prompt) { return stopped }
        return silence(of: gather)
    }

    /// Behind `<Record>` the document goes on for one who recorded nothing, by a request of its own.
    mutating func wait(for record: Record) -> Step {
        guard !event.callIsOver else { return .end(.hungUp) }
        if let stopped = appendWait(record.rendering) { return stopped }
        operation = record.otherwise
        attempt = 1
        return redirect(.redirect)
    }

    /// A number outside its prefixes isn't dialled, nor is a blank name: the provider would end the call.
    mutating func wait(for dial: Dial) -> Step {
        for guarded in dial.guards {
            guard case .text(let number) = evaluate(guarded.number, in: context),
                guarded.prefixes.isEmpty
                    ? !number.isBlank
                    : guarded.prefixes.contains(where: { number.utf8.starts(with: $0.utf8) })
            else {
                if let variable = dial.into { set(variable, to: ResultForm.dial.nothing) }
                return .go(dial.failed)
            }
        }
        return waitOutside(dial.rendering, beside: dial.sides ?? [])
    }

    /// Some of these verbs may be passed by: then the next one, by a request of its own, is the way for what went wrong.
    mutating func wait(for connect: Connect) -> Step {
        guard !event.callIsOver else { return .end(.hungUp) }
        if let stopped = appendWait(connect.rendering) { return stopped }
        guard connect.mayGoOn else { return .end(.waiting) }
        // The provider that passes it by says nothing of how it went.
        if let variable = connect.into { set(variable, to: connect.form.nothing) }
        operation = connect.otherwise
        attempt = 1
        return redirect(.redirect)
    }

    /// A verb that takes the call over: its document ends with it.
    ///
    /// - Parameter sides: the flows that are heard beside it.
    mutating func waitOutside(_ rendering: Rendering, beside sides: [Side]) -> Step {
        guard !event.callIsOver else { return .end(.hungUp) }
        if let stopped = appendWait(rendering) { return stopped }
        sideArguments = sides.map { side in side.settings.map { evaluate($0.value, in: context) } }
        return .end(.waiting)
    }

    /// What follows when nobody answers the gather that is being walked.
    mutating func silence(of gather: Gather) -> Step {
        if isSilentWay, stopsSilentWay(operation) { return redirect(.silence) }
        return fail(gather, prompts: gather.noInput)
    }

    /// Counts a failure of the gather that is being walked: its prompt and the question again, or the way out.
    mutating func fail(_ gather: Gather, prompts: [Rendering]) -> Step {
        guard attempt < gather.attempts else { return .go(gather.otherwise) }
        if !event.callIsOver, !prompts.isEmpty {
            let prompt = prompts[min(attempt - 1, prompts.count - 1)]
            switch program.program.channel {
            case .sms: document.append(text: prompt, language: language, of: program, in: context)
            case .voice where !say(prompt): return splitDocument(.silence)
            case .voice: break
            }
        }
        return .ask(operation, attempt: attempt + 1)
    }

    /// Appends a verb that waits; a step if the document must end before it.
    private mutating func appendWait(_ rendering: Rendering) -> Step? {
        if waits.count >= Limits.waitsPerDocument { return redirectBeforeLastWait() }
        let before = document.mark
        guard say(rendering) else { return splitDocument(.redirect) }
        let wait = Session.Wait(operation: operation, attempt: attempt)
        if waits.count == Limits.waitsPerDocument - 1 { lastWaitMark = (before, wait) }
        waits.append(wait)
        asked = wait
        return nil
    }

    /// Ends a document that is full; the rest comes with the next turn.
    mutating func splitDocument(_ kind: Session.Wait.Kind) -> Step {
        document.isEmpty ? .end(.fault(.documentTooLarge)) : redirect(kind)
    }

    /// Ends the document with a `<Redirect>` that goes on here.
    mutating func redirect(_ kind: Session.Wait.Kind) -> Step {
        guard program.program.operations.indices.contains(operation) else {
            return .end(.fault(.damagedProgram))
        }
        if waits.count >= Limits.waitsPerDocument { return redirectBeforeLastWait() }
        document.append(redirectTo: nextSlot)
        waits.append(Session.Wait(kind: kind, operation: operation, attempt: attempt))
        return .end(.waiting)
    }

    /// One wait too many: the last one gives its place to a `<Redirect>` that goes on with it.
    private mutating func redirectBeforeLastWait() -> Step {
        guard let last = lastWaitMark, waits.count == Limits.waitsPerDocument else {
            return .end(.fault(.damagedProgram))
        }
        document.rewind(to: last.mark)
        waits.removeLast()
        operation = last.wait.operation
        attempt = last.wait.attempt
        return redirect(.redirect)
    }
}
