import FlowLang
import FlowProgram
import TwiML

/// What `menu` and `ask` share: attempts, failure prompts and the way after the last failure.
struct Failures {
    var attempts: Int
    var noInput: [Rendering]
    var noMatch: [Rendering]
    var otherwise: Int
}

extension FlowLowering {
    mutating func failures(of step: Step, in ways: inout Ways) -> Failures {
        let otherwise = lastFailure(of: step, in: &ways)
        return Failures(
            attempts: integer("attempts", of: step) ?? 3,
            noInput: channel == .voice ? failurePrompts("no_input", of: step) : [],
            noMatch: failurePrompts("no_match", of: step),
            otherwise: otherwise)
    }

    /// `no_match`, or the list of `no_match_prompts`: the n-th failure hears the n-th.
    private mutating func failurePrompts(_ name: String, of step: Step) -> [Rendering] {
        let list = name + "_prompts"
        if let option = step.option(list), let other = step.option(name) {
            typer.diagnostics.report(
                CheckMessages.promptTwice(name, list, at: option.keySpan, other: other.keySpan))
        }
        if case .prompts(let prompts)? = step.option(list)?.value {
            return prompts.map { promptRendering($0) }
        }
        if case .prompt(let prompt)? = (step.option(name) ?? defaultOption(name, of: step))?.value {
            return [promptRendering(prompt)]
        }
        return []
    }

    /// A prompt that stands by itself.
    mutating func promptRendering(_ prompt: Prompt) -> Rendering {
        guard channel == .voice else { return messageRendering(of: prompt) }
        return rendering { lowering, builder, language in
            let atoms = lowering.speech(of: prompt, in: language)
            return lowering.verbs(saying: atoms, in: language, with: &builder)
        }
    }
}
