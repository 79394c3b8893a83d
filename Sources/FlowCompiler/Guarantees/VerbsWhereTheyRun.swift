import FlowLang
import FlowProgram

/// Verbs and options stand only where they mean something: voice verbs in calls, sms verbs in text conversations, in wait and whisper
/// flows only what the provider lets run there, and in handlers only what is safe there. Which, says the verb table.
extension FlowLowering {
    /// Whether a verb runs on the channel that is compiled for.
    mutating func runsOnChannel(_ step: Step) -> Bool {
        let row = step.row
        if row.channels.contains(channel) { return true }
        typer.diagnostics.report(
            CheckMessages.wrongChannel(step, runsOn: row.channels, isShared: flow.channels.count > 1))
        // It was meant to end the conversation all the same.
        if [.hangup, .reject].contains(step.verb) { code.isReachable = false }
        return false
    }

    /// Whether a verb runs everywhere that the flow is played. One that ends the flow ends it also where it doesn't.
    mutating func isPlayed(_ row: VerbRow, at span: Span) -> Bool {
        guard channel == .voice else { return true }
        guard let wrong = places.first(where: { !row.places.contains($0.place) }) else { return true }
        if row.unverifiedPlaces.contains(wrong.place) {
            typer.diagnostics.report(CheckMessages.unverifiedPlace(row.verb, wrong.place, at: span))
            return true
        }
        typer.diagnostics.report(CheckMessages.wrongPlace(row.verb, wrong, at: span))
        switch row.verb {
        case .hangup, .end, .leave, .accept, .decline, .reject, .redirect: code.isReachable = false
        default: break
        }
        return false
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

    /// Steps in the lists of a step's targets too.
    mutating func reportHandlerSteps(_ steps: [Step], of event: HandlerEvent = .error) {
        let allowed: Set<Verb> =
            event == .error
            ? [.say, .play, .pause, .dial, .hangup, .end, .log, .leave, .accept, .decline]
            : [.set, .if, .switch, .fetch, .send, .log]
        for step in steps {
            guard allowed.contains(step.verb) else {
                typer.diagnostics.report(CheckMessages.handlerStep(step, of: event))
                continue
            }
            for option in step.options {
                for target in option.value.targets { reportHandlerSteps(target.steps, of: event) }
            }
        }
    }
}
