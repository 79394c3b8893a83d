import FlowLang
import FlowProgram

extension FlowLowering {
    mutating func lowerMenu(_ step: Step) {
        guard case .prompt(let prompt)? = step.argument else { return }
        reportVoiceOptions(of: step)
        var ways = open(step, isGather: true)
        var seen = interruptMeanings
        let choices = choicePatterns(of: step, in: &ways, besides: &seen)
        reportUnusedForms(of: step)
        let failures = failures(of: step, in: &ways)
        let listening = listening(of: step, choices: choices + interruptPatterns, input: nil)
        // Every answer is a choice, so `next` isn't used; behind the step there may be no operation.
        code.emit(
            .gather(
                FlowProgram.Gather(
                    prompt: listeningRendering(prompt, listening), attempts: failures.attempts,
                    noInput: failures.noInput, noMatch: failures.noMatch, choices: choices, input: nil,
                    into: nil, next: failures.otherwise, otherwise: failures.otherwise)), at: step.span)
        close(ways)
    }
}
