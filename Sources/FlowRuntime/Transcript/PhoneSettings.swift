/// Who calls whom, and where the flows are.
package struct PhoneSettings: Sendable, Hashable {
    /// The name of the flow that is called or texted.
    package var flow: String
    /// Where the flows' URLs begin, as the server's public URL. A document that leads elsewhere leads out of the flow.
    package var base: String
    /// The person's number.
    package var from: String
    /// The flow's number.
    package var to: String
    package var accountSid: String
    /// Whether the end of a call is told to `/status/{flow}`, as for a number with a status callback.
    package var sendsStatus: Bool
    /// Goes into the sids of calls and messages: two phones at one server need two.
    package var identity: UInt64

    package init(
        flow: String = "", base: String = "https://flows.example.com", from: String = "+15555550123",
        to: String = "+15555550100", accountSid: String = "AC00000000000000000000000000000001",
        sendsStatus: Bool = true, identity: UInt64 = 0
    ) {
        self.flow = flow
        self.base = base
        self.from = from
        self.to = to
        self.accountSid = accountSid
        self.sendsStatus = sendsStatus
        self.identity = identity
    }

    var voiceURL: String { url("/voice/") }
    var smsURL: String { url("/sms/") }
    var statusURL: String { url("/status/") }

    private func url(_ path: String) -> String {
        (base.hasSuffix("/") ? String(base.dropLast()) : base) + path + flow
    }
}

/// The bounds of the phone and its transcripts.
enum PhoneLimits {
    /// Requests that one input may lead to: a document that redirects for ever ends here.
    static let maxRequestsPerInput = 50
    /// Bytes of a script.
    static let maxScriptBytes = 1_048_576
    /// Bytes of a line that is typed.
    static let maxLineBytes = 16_384
    /// Seconds of anything that lasts.
    static let seconds = 1...86_400
}
