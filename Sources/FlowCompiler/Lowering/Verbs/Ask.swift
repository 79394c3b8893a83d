import FlowLang
import FlowProgram

extension FlowLowering {
    mutating func lowerAsk(_ step: Step) {
        guard case .prompt(let prompt)? = step.argument else { return }
        reportVoiceOptions(of: step)
        let (type, input) = answer(of: step)
        var ways = open(step, isGather: true)
        let choices = choicePatterns(of: step, in: &ways)
        let failures = failures(of: step, in: &ways)
        let listening = listening(of: step, choices: choices, input: input)
        let into = variable("into", of: step)
        let rendering = listeningRendering(prompt, listening)
        let before = code.facts
        if let into { assign(into.slot, type, at: into.span) }
        code.lead(to: ways.next, with: code.facts)
        code.facts = before
        code.emit(
            .gather(
                FlowProgram.Gather(
                    prompt: rendering, attempts: failures.attempts, noInput: failures.noInput,
                    noMatch: failures.noMatch, choices: choices, input: input, into: into?.slot,
                    next: ways.next, otherwise: failures.otherwise)), at: step.span)
        close(ways)
    }

    /// The type of the answer; after a problem with it the rest of the step is looked at all the same.
    private mutating func answer(of step: Step) -> (type: ValueType, input: InputForm) {
        let fallback = (type: ValueType.invalid, input: InputForm.text(limit: ValueType.defaultTextLimit))
        guard case .type(let written)? = step.option("as")?.value else { return fallback }
        let type = typer.resolve(written)
        if let input = inputForm(of: type) { return (type, input) }
        if type != .invalid { typer.diagnostics.report(CheckMessages.notAskable(type, at: written.span)) }
        return fallback
    }

    /// How a type is asked for; nil for one that isn't yet.
    private func inputForm(of type: ValueType) -> InputForm? {
        switch type {
        case .digits(let range): .digits(range)
        case .integer: .integer
        case .number: .number
        case .phone: .phone
        case .bool: .yesNo
        case .text(let limit): .text(limit: limit)
        case .words(let words): .words(words)
        default: nil
        }
    }
}
