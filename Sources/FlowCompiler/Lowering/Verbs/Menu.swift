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
        var listening = listening(of: step, choices: choices + interruptPatterns, input: nil)
        listening.menuKeys = menuKeys(of: step, choices, prompt.span, finishOn: listening.finishOn)
        // Every answer is a choice, so `next` isn't used; behind the step there may be no operation.
        code.emit(
            .gather(
                FlowProgram.Gather(
                    prompt: listeningRendering(prompt, listening), attempts: failures.attempts,
                    noInput: failures.noInput, noMatch: failures.noMatch, choices: choices, input: nil,
                    into: nil, next: failures.otherwise, otherwise: failures.otherwise,
                    isSensitive: bool("sensitive", of: step) ?? false)), at: step.span)
        close(ways)
    }

    private func menuKeys(
        of step: Step, _ patterns: [ChoicePattern], _ prompt: Span, finishOn: String?
    ) -> MenuKeys? {
        guard case .choices(let written)? = step.option("choices")?.value,
            patterns.contains(where: { !$0.keys.isEmpty })
        else { return nil }
        var menu = MenuKeys(prompt: prompt)
        menu.keys = Set(interruptPatterns.flatMap(\.keys))
        menu.finishOn = (finishOn ?? "#").unicodeScalars.map { String($0) }
        for (pattern, choice) in zip(patterns, written) {
            menu.keys.formUnion(pattern.keys)
            if let key = pattern.keys.first, pattern.phrases.allSatisfy(\.isEmpty) {
                menu.choices.append((pattern.keys, keyName(key), choice.span))
            }
        }
        return menu
    }
}
