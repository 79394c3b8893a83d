import FlowLang
import FlowProgram
import TwiML

extension FlowLowering {
    mutating func lowerSay(_ step: Step) {
        guard case .prompt(let prompt)? = step.argument else { return }
        code.emit(.emit(sayRendering(prompt, of: step)), at: step.span)
        if channel == .sms { lowerMedia(step) }
    }

    private mutating func sayRendering(_ prompt: Prompt, of step: Step) -> Rendering {
        guard channel == .voice else {
            reportVoiceOptions(of: step)
            return messageRendering(of: prompt)
        }
        let loop = integer("loop", of: step)
        let voice = literal("voice", of: step)
        if let voice { reportUnknownVoice(Located(voice.text, voice.span)) }
        stepVoice = voice?.text
        defer { stepVoice = nil }
        return rendering { lowering, builder, language in
            let atoms = lowering.speech(of: prompt, in: language)
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

    /// Options that say nothing on this channel.
    mutating func reportVoiceOptions(of step: Step) {
        let row = step.row
        for option in step.options {
            if let channels = row.option(option.name)?.channels, !channels.contains(channel),
                flow.channels.count == 1
            {
                typer.diagnostics.report(CheckMessages.wrongChannel(option, runsOn: channels))
            }
        }
    }
}
