import FlowLang
import FlowProgram

extension FlowLowering {
    mutating func lowerGather(_ step: Step) {
        var ways = open(step, isGather: true)
        let otherwise = lastFailure(of: step, in: &ways)
        let into = variable("into", of: step)
        let prompt: Prompt? = if case .prompt(let prompt)? = step.argument { prompt } else { nil }
        let rendering = listeningRendering(prompt, gatherListening(of: step))
        let before = code.facts
        let isSensitive = bool("sensitive", of: step) ?? false
        if let into { assign(into.slot, .record(.gathered(isSecret: isSensitive)), at: into.span) }
        code.lead(to: ways.next, with: code.facts)
        code.facts = before
        code.emit(
            .gather(
                FlowProgram.Gather(
                    prompt: rendering, attempts: 1, noInput: [], noMatch: [], choices: [], input: .raw,
                    into: into?.slot, next: ways.next, otherwise: otherwise, isSensitive: isSensitive)),
            at: step.span)
        close(ways)
    }

    private mutating func gatherListening(of step: Step) -> Listening {
        var listening = Listening()
        let inputs = literals("input", of: step)
        listening.keys = inputs.isEmpty || inputs.contains("dtmf")
        listening.speech = inputs.contains("speech")
        listening.digits = integer("digits", of: step)
        listening.finishOn = keys("finish_on", of: step)
        listening.timeout = seconds("timeout", of: step)
        let hints = literals("hints", of: step)
        listening.hints = Array(repeating: hints, count: languages.count)
        readSpeechOptions(of: step, into: &listening)
        return listening
    }
}

extension RecordType {
    /// What `gather` puts `into:` its variable.
    static func gathered(isSecret: Bool) -> RecordType {
        RecordType(
            name: isSecret ? "SecretlyGathered" : "Gathered",
            fields: [
                Field(name: "digits", type: .optional(isSecret ? .secret : .text(limit: 64))),
                Field(name: "speech", type: .optional(isSecret ? .secret : .text)),
                Field(name: "confidence", type: .optional(.number)),
            ])
    }

    /// What `record` puts `into:` its variable.
    static let recording = RecordType(
        name: "Recording",
        fields: [
            Field(name: "url", type: .url), Field(name: "seconds", type: .integer),
            Field(name: "key", type: .optional(.text(limit: 64))),
        ])
}
