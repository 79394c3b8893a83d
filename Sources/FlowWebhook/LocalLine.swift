package import FlowRuntime
import Synchronization
import TwiML

/// A telephone line in this process: programs behind a webhook without signatures, a store in memory, canned answers to
/// fetches and a clock that can be set. `flowc talk` and the transcripts of the tests call through it.
package struct LocalLine: Sendable {
    private let webhook: Webhook
    private let conversation: Conversation
    private let sender = TalkSender()
    private let clock = SettableClock()

    /// - Parameters:
    ///   - store: makes another one than memory, and gets a journal.
    ///   - log: is called for each request.
    package init(
        _ deployment: Deployment, fetcher: any Fetcher, base: String = PhoneSettings().base,
        store: ((any WallClock) -> any SessionStore)? = nil,
        log: @escaping @Sendable (TurnLog) -> Void = { _ in }
    ) throws(Webhook.ConfigurationError) {
        var conversation = Conversation(
            deployment: deployment, store: store?(clock) ?? MemoryStore(clock: clock), fetcher: fetcher,
            sender: sender,
            clock: clock, zones: SystemZoneRules(), baseURL: base, account: PhoneSettings().accountSid,
            log: log)
        if store != nil { conversation.journalLifetime = 86_400 }
        self.conversation = conversation
        webhook = Webhook(
            conversation: conversation, configuration: try Webhook.Configuration(isInsecure: true))
    }

    /// Takes a phone's requests.
    package var transport: PhoneTransport {
        { [webhook, conversation] request in
            let answer = await webhook.answer(WebhookRequest(request))
            await conversation.attendDue()
            return PhoneResponse(
                status: answer.status,
                contentType: answer.headers.first { $0.name == "Content-Type" }?.value, body: answer.body)
        }
    }

    /// What the flow does besides answering.
    package var besides: TalkBesides {
        TalkBesides(
            sent: { [conversation, sender] in
                await conversation.attendDue()
                return sender.takeMessages()
            },
            isSensitive: { [webhook, conversation] request in
                guard case .turn(let turn) = webhook.read(WebhookRequest(request)) else { return false }
                return await conversation.isSensitive(turn)
            },
            start: { [conversation, sender] start in
                let answer = await conversation.start(start)
                return (answer, sender.takeCall())
            })
    }

    /// Milliseconds since 1970; the clock goes on from there.
    package func setClock(to instant: Int64) { clock.set(instant) }
}

extension WebhookRequest {
    /// A phone's request as it comes over the wire, without a signature.
    package init(_ request: PhoneRequest) {
        self.init(
            method: request.method.rawValue, target: request.requestTarget,
            headers: [(name: "Content-Type", value: "application/x-www-form-urlencoded")], body: request.body)
    }
}

/// The system's clock, shifted.
package final class SettableClock: WallClock {
    private let shift = Mutex<Int64>(0)
    private let system = SystemWallClock()

    package init() {}

    package func now() -> Int64 { system.now() + shift.withLock { $0 } }

    package func set(_ instant: Int64) {
        let now = system.now()
        shift.withLock { $0 = instant - now }
    }
}

/// Keeps what is sent, for a phone to show.
private final class TalkSender: Sender {
    private let state = Mutex<(messages: [OutgoingMessage], call: OutgoingCall?)>(([], nil))

    func send(_ message: OutgoingMessage) async -> SendAnswer {
        state.withLock { $0.messages.append(message) }
        return .sent(sid: "SM00000000000000000000000000000000")
    }

    func place(_ call: OutgoingCall) async -> SendAnswer {
        state.withLock { $0.call = call }
        return .sent(sid: "CA00000000000000000000000000000000")
    }

    func takeMessages() -> [OutgoingMessage] {
        state.withLock { state in
            defer { state.messages = [] }
            return state.messages
        }
    }

    func takeCall() -> OutgoingCall? {
        state.withLock { state in
            defer { state.call = nil }
            return state.call
        }
    }
}
