import FlowLang
import FlowProgram
import TwiML

extension FlowLowering {
    mutating func lowerSay(_ step: Step) {
        guard case .prompt(let prompt)? = step.argument else { return }
        let rendering = sayRendering(prompt, of: step)
        if channel == .sms, let limit = integer("max_segments", of: step) { code.note(segments: limit) }
        code.emit(.emit(rendering), at: step.span)
        if channel == .sms { lowerMedia(step) }
    }

    private mutating func sayRendering(_ prompt: Prompt, of step: Step) -> Rendering {
        reportVoiceOptions(of: step)
        guard channel == .voice else { return messageRendering(of: prompt) }
        let loop = integer("loop", of: step)
        let voice = literal("voice", of: step)
        if let voice {
            check(Located(voice.text, voice.span), for: flow.languages.isEmpty ? [] : languages.map(\.tag))
        }
        stepVoice = voice?.text
        defer { stepVoice = nil }
        return rendering { lowering, builder, language in
            let atoms = lowering.speech(of: prompt, in: language)
            lowering.reportLength(of: atoms, limit: Self.longSpeech)
            return lowering.verbs(saying: atoms, in: language, voice: voice?.text, loop: loop, with: &builder)
        }
    }

    private mutating func lowerMedia(_ step: Step) {
        for template in templates("media", of: step) {
            if let url = typer.scalar(template, as: .url, facts: code.facts) {
                code.emit(.attach(url), at: template.span)
            }
        }
    }
}
