internal import TwiML

/// A phone as the provider treats it: it plays documents and makes the webhook requests that follow from what the person does.
///
/// It is a pure state machine. `take` and `receive` give what is heard and, perhaps, a request; whoever drives it performs the
/// request and hands the response to `receive`. `TalkSession` does that.
package struct Phone: Sendable {
    package let settings: PhoneSettings
    var state = State.idle
    var call: Call?
    /// The verbs that are left of the document.
    var verbs: ArraySlice<XMLReader.Element> = []
    /// The lines of the reaction that is being made.
    var lines: [String] = []
    /// The document that is heard beside the call, while it is.
    var side: Side?
    /// Of a `<Dial>`: the leg that answered last.
    var leg: Leg?
    /// By what they are told of: recording, transcription, message.
    var listeners: [String: Listener] = [:]
    var lastRecording: String?
    var lastMessage: String?
    /// Counts what gets a sid.
    var serial: UInt64 = 0

    /// What a phone does in answer to something.
    package struct Reaction: Sendable, Hashable {
        /// What is heard, read or worth knowing.
        package var lines: [String]
        /// What has to be asked before it goes on.
        package var request: PhoneRequest?
        /// Whether the request's answer is a document that is played.
        package var expectsDocument = false
    }

    indirect enum State: Sendable, Hashable {
        case idle
        case asking(Purpose)
        case listening(XMLReader.Element)
        case recording(XMLReader.Element)
        case dialling(XMLReader.Element)
        case queueing(XMLReader.Element)
        /// `<Connect>`, `<Pay>`, `<Refer>`.
        case connected(XMLReader.Element)
    }

    /// A document that one who waits hears, or one who is called.
    struct Side: Sendable, Hashable {
        /// The `<Enqueue>` or `<Dial>` of the call.
        let verb: XMLReader.Element
        /// Of one who is called.
        let leg: Leg?
        /// Where the document begins.
        let url: String
        /// Where the present part of it came from.
        var documentURL: String
    }

    /// One who is called.
    struct Leg: Sendable, Hashable {
        let sid: String
        /// What the phone shows of it.
        let name: String
        let parameters: [PhoneRequest.Parameter]
        var isConnected = false
    }

    /// What becomes of a response.
    indirect enum Purpose: Sendable, Hashable {
        /// It is played.
        case document
        /// The call is over: nobody hears it.
        case farewell
        case status
        /// It was told of something; then the phone is where it was.
        case notice(State)
        /// Its replies are shown; a document before it may have had some.
        case message(PhoneRequest, hasReply: Bool)
    }

    struct Call: Sendable, Hashable {
        let sid: String
        /// Standard parameters that were given with the call; they come with every request.
        let given: [PhoneRequest.Parameter]
        var status = "ringing"
        /// Where its end is told.
        var statusURL: String
        /// Where the document came from: relative URLs are resolved against it.
        var documentURL: String
        /// Seconds that it lasted, as far as something says how long it takes.
        var seconds = 1
    }

    package init(_ settings: PhoneSettings) {
        self.settings = settings
    }

    /// Whether a call is on.
    package var isInCall: Bool { call != nil }

    /// Reacts to the person. `repeat`, `at` and `help` aren't the phone's: they do nothing here.
    package mutating func take(_ input: PhoneInput) -> Reaction {
        lines = []
        switch input {
        case .call(let parameters): return place(parameters)
        case .text(let body): return send(body)
        case .press(let keys): return press(keys)
        case .say(let words): return say(words)
        case .silence: return staySilent()
        case .record(let seconds, let key): return record(seconds, key: key)
        case .recordNothing: return recordNothing()
        case .outcome(let outcome, let seconds): return finishDial(outcome, seconds)
        case .queue(let outcome, let seconds): return leaveQueue(outcome, seconds)
        case .wait(let parameters): return wait(parameters)
        case .answer(let place): return answer(place)
        case .result(let parameters): return take(parameters)
        case .hangUp(let seconds): return hangUp(after: seconds)
        case .recording(let status, let seconds): return tellOfRecording(status, seconds)
        case .transcription(let text): return tellOfTranscription(text)
        case .message(let status, let error): return tellOfMessage(status, error)
        case .start, .repeatLast, .clock, .help: return finish()
        }
    }

    /// Reacts to the response of the request that it asked for.
    package mutating func receive(_ response: PhoneResponse) -> Reaction {
        lines = []
        guard case .asking(let purpose) = state else { return finish() }
        switch purpose {
        case .document:
            return play(response)
        case .farewell:
            return reportEnd()
        case .status:
            if response.status >= 400 { lines.append("status callback: answered \(response.status)") }
            return beIdle()
        case .notice(let before):
            lines.append("callback: answered \(response.status)")
            return wait(before)
        case .message(let request, let hasReply):
            return show(response, to: request, hasReply: hasReply)
        }
    }

    /// Reacts to a request that wasn't answered at all.
    package mutating func fail(_ reason: String) -> Reaction {
        lines = []
        guard case .asking(let purpose) = state else { return finish() }
        lines.append("error 11200: \(oneLine(reason))")
        switch purpose {
        case .document: return end()
        case .farewell: return reportEnd()
        case .notice(let before): return wait(before)
        case .status, .message: return beIdle()
        }
    }
}
