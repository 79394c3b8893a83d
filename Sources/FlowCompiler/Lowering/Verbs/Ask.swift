import FlowLang
import FlowProgram

extension FlowLowering {
    mutating func lowerAsk(_ step: Step) {
        guard case .prompt(let prompt)? = step.argument else { return }
        reportVoiceOptions(of: step)
        guard case .type(let written)? = step.option("as")?.value else { return }
        let type = typer.resolve(written)
        guard let input = inputForm(of: type) else {
            if type != .invalid { typer.diagnostics.report(CheckMessages.notAskable(type, at: written.span)) }
            return
        }
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
