internal import TwiML

// What the provider tells later: of recordings, transcriptions and messages, at the URLs that documents named.

extension Phone {
    /// Who is told of what, as the last document that said so; it outlives the call.
    struct Listener: Sendable, Hashable {
        var url: String
        /// Of the request that brought the document.
        var parameters: [PhoneRequest.Parameter]
    }

    /// Remembers the callbacks of a verb and of what stands in it.
    mutating func noteCallbacks(of verb: XMLReader.Element) {
        let base = call?.documentURL ?? settings.smsURL
        let names = [
            "recordingStatusCallback": "recording", "transcribeCallback": "transcription",
            "action": verb.name == "Message" ? "message" : "",
        ]
        for attribute in verb.attributes {
            guard let kind = names[attribute.name], !kind.isEmpty,
                let url = resolve(attribute.value, against: base)
            else { continue }
            listeners[kind] = Listener(url: url, parameters: callParameters)
        }
        for child in verb.children { noteCallbacks(of: child) }
    }

    mutating func tellOfRecording(_ status: String, _ seconds: Int?) -> Reaction {
        let sid = lastRecording ?? nextSid("RE")
        var parameters: [PhoneRequest.Parameter] = [
            .init("RecordingSid", sid), .init("RecordingStatus", status), .init("RecordingChannels", "1"),
            .init("RecordingSource", "RecordVerb"),
        ]
        if status == "completed" {
            parameters.append(.init("RecordingUrl", recordingURL(sid)))
            parameters.append(.init("RecordingDuration", String(seconds ?? 12)))
        }
        return tell("recording", parameters)
    }

    mutating func tellOfTranscription(_ text: String?) -> Reaction {
        let recording = lastRecording ?? nextSid("RE")
        var parameters: [PhoneRequest.Parameter] = [
            .init("TranscriptionSid", nextSid("TR")), .init("RecordingSid", recording),
            .init("RecordingUrl", recordingURL(recording)),
            .init("TranscriptionStatus", text == nil ? "failed" : "completed"),
        ]
        if let text { parameters.append(.init("TranscriptionText", text)) }
        return tell("transcription", parameters)
    }

    mutating func tellOfMessage(_ status: String, _ error: Int?) -> Reaction {
        let sid = lastMessage ?? nextSid("SM")
        lastMessage = sid
        var parameters: [PhoneRequest.Parameter] = [
            .init("MessageSid", sid), .init("MessageStatus", status), .init("SmsSid", sid),
            .init("SmsStatus", status), .init("AccountSid", settings.accountSid),
            .init("From", settings.to), .init("To", settings.from),
        ]
        if let error { parameters.append(.init("ErrorCode", String(error))) }
        return tell("message", parameters)
    }

    /// A message that was sent besides may be told of, too.
    mutating func noteSent(_ message: OutgoingMessage) {
        lastMessage = nil
        if let url = message.statusCallback {
            listeners["message"] = Listener(url: withoutFragment(url), parameters: [])
        }
    }

    func recordingURL(_ sid: String) -> String {
        "https://api.twilio.com/2010-04-01/Accounts/\(settings.accountSid)/Recordings/\(sid)"
    }

    private mutating func tell(_ kind: String, _ parameters: [PhoneRequest.Parameter]) -> Reaction {
        guard let listener = listeners[kind] else { return nobody("nobody wants to know of a \(kind)") }
        let known = Set(parameters.map(\.name))
        let request = PhoneRequest(
            method: .post, url: listener.url,
            parameters: listener.parameters.filter { !known.contains($0.name) } + parameters)
        let before = state
        var reaction = ask(request, for: .status)
        state = .asking(.notice(before))
        reaction.expectsDocument = false
        return reaction
    }

    /// Callbacks tell the call and the account, and not what it is about.
    private var callParameters: [PhoneRequest.Parameter] {
        guard let call else { return [] }
        return [.init("CallSid", call.sid), .init("AccountSid", settings.accountSid)]
    }
}

private func withoutFragment(_ url: String) -> String {
    String(url.prefix { $0 != "#" })
}
