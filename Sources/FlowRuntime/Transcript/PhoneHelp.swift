internal import TwiML

extension Phone {
    /// What can be said now, a line for each input.
    package var help: [String] {
        switch state {
        case .idle:
            [
                "call [Name=value …]    calls the flow", "text BODY              sends a text",
                "start [name=value …]   lets the flow begin, with its params",
            ] + always
        case .listening(let gather):
            keyHelp(GatherInput(gather)) + ["silence                says and presses nothing"] + inCall
        case .recording:
            [
                "record 12s [KEY]       speaks, and perhaps ends it with a key",
                "record nothing         says nothing", "hang up after 7s       speaks and hangs up",
            ] + inCall
        case .dialling:
            [
                "answer [2]             one who is called answers, and hears the whisper",
                "wait                   hears what is played in the conference",
                "outcome WORD [42s]     how it went: " + words(PhoneInput.DialOutcome.allCases),
            ] + inCall
        case .queueing:
            [
                "wait [Name=value …]    hears what is played in the queue",
                "queue WORD [42s]       how it went: " + words(PhoneInput.QueueOutcome.allCases),
            ] + inCall
        case .connected:
            ["result Name=value …    what came of it, in the provider's parameters"] + inCall
        case .asking:
            inCall
        }
    }

    /// What somebody wants to know.
    private var told: [String] {
        let lines = [
            "recording": "recording STATUS [12s]  tells of a recording: ready, absent, failed",
            "transcription": "transcription TEXT     tells what was said in a recording, or failed",
            "message": "message STATUS [CODE]  tells of a message: sent, delivered, undelivered, failed",
        ]
        return ["recording", "transcription", "message"].compactMap { listeners[$0] == nil ? nil : lines[$0] }
    }

    private func keyHelp(_ input: GatherInput) -> [String] {
        (input.hearsKeys ? ["press KEYS             presses keys: 0-9, * and #"] : [])
            + (input.hearsSpeech ? ["say TEXT               says something"] : [])
    }

    private var inCall: [String] { ["hang up                ends the call"] + always }

    private var always: [String] {
        told + [
            "repeat                 makes the last request once more",
            "at TIME                sets the clock: 2026-11-23T10:00:00-05:00, or +5h",
        ]
    }
}

private func words(_ all: [some RawRepresentable<String>]) -> String {
    all.map(\.rawValue).joined(separator: ", ")
}
