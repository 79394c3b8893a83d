package import FlowRuntime
import Synchronization
import TwiML

/// A telephone line in this process: programs behind a webhook without signatures, a store in memory, canned answers to
/// fetches and a clock that can be set. `flowc talk` and the transcripts of the tests call through it.
package struct LocalLine: Sendable {
    private let webhook: Webhook
    private let conversation: Conversation
    private let clock = SettableClock()

    /// - Parameter log: is called for each request.
    package init(
        _ deployment: Deployment, fetcher: any Fetcher, base: String = PhoneSettings().base,
        log: @escaping @Sendable (TurnLog) -> Void = { _ in }
    ) throws(Webhook.ConfigurationError) {
        conversation = Conversation(
            deployment: deployment, store: MemoryStore(clock: clock), fetcher: fetcher, clock: clock,
            zones: SystemZoneRules(), baseURL: base, log: log)
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
