import FlowLang
import FlowProgram

extension FlowLowering {
    mutating func lowerAsk(_ step: Step) {
        guard case .prompt(let prompt)? = step.argument else { return }
        reportVoiceOptions(of: step)
        var seen = interruptMeanings
        let asked = answer(of: step, besides: &seen)
        let isConfirmed = isTrue("confirm", of: step)
        if let option = step.option("confirm"), isConfirmed, asked.type == .secret {
            typer.diagnostics.report(CheckMessages.secretConfirmed(at: option.keySpan))
        }
        var ways = open(step, isGather: true)
        if case .yesNo = asked.input { seen.merge(yesNoMeanings(at: step.verbSpan)) { first, _ in first } }
        if let option = step.option("confirm"), isConfirmed {
            seen.merge(yesNoMeanings(at: option.keySpan)) { first, _ in first }
        }
        let choices = choicePatterns(of: step, in: &ways, besides: &seen)
        let failures = failures(of: step, in: &ways)
        let listening = listening(of: step, choices: choices + interruptPatterns, input: asked.input)
        let into = variable("into", of: step)
        let rendering = listeningRendering(prompt, listening)
        let before = code.facts
        guard let into, isConfirmed,
            let pending = typer.names.variable(
                named: NameTable.VariableEntry.unconfirmed(typer.names.variables[into.slot].name))
        else {
            if let into { assign(into.slot, asked.type, at: into.span) }
            code.lead(to: ways.next, with: code.facts)
            code.facts = before
            emit(
                asked.input, prompt: rendering, choices, failures, into: into?.slot, next: ways.next, of: step
            )
            return close(ways)
        }
        let place = code.makeLabel()
        let yes = code.makeLabel()
        typer.names.variables[pending].type = asked.type
        code.facts.assign(variable: pending, isPresent: true)
        code.lead(to: place, with: code.facts)
        code.facts = before
        emit(asked.input, prompt: rendering, choices, failures, into: pending, next: place, of: step)
        lowerConfirmation(
            of: step, answer: (pending, asked.type), choices: choices, failures: failures,
            listening: listening, ways: ways, place: place, yes: yes)
        code.place(yes)
        assign(into.slot, asked.type, at: into.span)
        code.emit(.set([Operation.Setting(variable: into.slot, value: .variable(pending))]), at: step.span)
        code.jump(to: ways.next, at: step.span)
        close(ways)
    }

    private mutating func emit(
        _ input: InputForm, prompt: Rendering, _ choices: [ChoicePattern], _ failures: Failures, into: Int?,
        next: Int, of step: Step
    ) {
        code.emit(
            .gather(
                FlowProgram.Gather(
                    prompt: prompt, attempts: failures.attempts, noInput: failures.noInput,
                    noMatch: failures.noMatch, choices: choices, input: input, into: into, next: next,
                    otherwise: failures.otherwise, isSensitive: isTrue("sensitive", of: step))), at: step.span
        )
    }

    private mutating func isTrue(_ name: String, of step: Step) -> Bool { bool(name, of: step) ?? false }

    // MARK: the type of the answer

    /// After a problem with the type the rest of the step is looked at all the same.
    private mutating func answer(of step: Step, besides seen: inout Meanings) -> (
        type: ValueType, input: InputForm
    ) {
        let fallback = (type: ValueType.invalid, input: InputForm.text(limit: ValueType.defaultTextLimit))
        guard case .type(let written)? = step.option("as")?.value else { return fallback }
        guard let (type, input) = inputForm(written, of: step, besides: &seen) else {
            reportUnusedForms(of: step, words: [])
            return fallback
        }
        if case .words(let words) = input {
            reportUnusedForms(of: step, words: words.map(\.word))
        } else {
            reportUnusedForms(of: step)
            if let option = step.option("keys") {
                typer.diagnostics.report(CheckMessages.keysOfNoWords(type, at: option.keySpan))
            }
        }
        guard let option = step.option("sensitive"), isTrue("sensitive", of: step) else {
            return (type, input)
        }
        guard type.isText else {
            typer.diagnostics.report(CheckMessages.notSensitive(type, at: option.keySpan))
            return (type, input)
        }
        return (.secret, input)
    }

    private mutating func inputForm(
        _ written: TypeExpression, of step: Step, besides seen: inout Meanings
    ) -> (type: ValueType, input: InputForm)? {
        if case .name(let name, let arguments) = written.kind, typer.names.namedTypes[name] == nil {
            switch (name, arguments.first) {
            case ("yes_no", nil): return (.bool, .yesNo)
            case ("integer", let range?) where arguments.count == 1:
                guard let range = bounds(range, { writtenInteger(Array($0.utf8)) }) else { return nil }
                return (.integer, .integer(range))
            case ("number", let range?) where arguments.count == 1:
                guard let range = bounds(range, { writtenNumber(Array($0.utf8)) }) else { return nil }
                return (.number, .number(range))
            default: break
            }
        }
        let type = typer.resolve(written)
        switch type {
        case .digits(let range): return (type, .digits(range))
        case .integer: return (type, .integer(nil))
        case .number: return (type, .number(nil))
        case .phone: return (type, .phone)
        case .date:
            // Today is a day of the flow's zone.
            if !typer.names.hasTimezone {
                typer.diagnostics.report(TypeMessages.missingTimezone("a day", at: written.span))
            }
            return (type, .date)
        case .time: return (type, .time)
        case .duration: return (type, .duration)
        case .money(let currency): return (type, .money(currency))
        case .bool: return (type, .yesNo)
        case .text(let limit): return (type, .text(limit: limit))
        case .words(let words):
            return (type, .words(answerWords(words, of: step, at: written.span, besides: &seen)))
        case .url where channel == .sms: return (type, .url)
        case .url: typer.diagnostics.report(CheckMessages.urlSpoken(at: written.span))
        case .invalid: break
        default: typer.diagnostics.report(CheckMessages.notAskable(type, at: written.span))
        }
        return nil
    }

    /// `1..10`
    private mutating func bounds<Bound: Comparable>(
        _ range: Located<String>, _ read: (String) -> Bound?
    ) -> ClosedRange<Bound>? {
        let ends = range.value.split(separator: "..", omittingEmptySubsequences: false).map(String.init)
        guard ends.count == 2, let low = read(ends[0]), let high = read(ends[1]), low <= high else {
            typer.diagnostics.report(CheckMessages.noBounds(range))
            return nil
        }
        return low...high
    }
}
