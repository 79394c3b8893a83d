public import CoreMetrics
import FlowProgram
public import FlowRuntime
import FlowWebhook
import Synchronization

/// What a server counts, through swift-metrics: `docs/running.md` has the table.
///
/// A counter is made once and found by its flow. No label holds what a caller, a provider or a service sent: labels are
/// names of flows and states, our own words, and hosts that flow and config name.
public final class ServerMetrics: Sendable {
    /// The counters of one flow on one channel.
    private final class FlowMeters: Sendable {
        let turns: [TurnLog.Kind: Counter]
        let begun: Counter
        let open: Meter

        init(_ labels: [(String, String)], _ factory: any MetricsFactory) {
            turns = Dictionary(
                uniqueKeysWithValues: TurnLog.Kind.allCases.map { kind in
                    (
                        kind,
                        Counter(
                            label: "flowc_turns", dimensions: labels + [("kind", kind.rawValue)],
                            factory: factory)
                    )
                })
            begun = Counter(label: "flowc_conversations_begun", dimensions: labels, factory: factory)
            open = Meter(label: "flowc_sessions_open", dimensions: labels, factory: factory)
        }
    }

    private struct FlowName: Hashable {
        var flow: String
        var channel: Channel
    }

    private struct Seldom: Hashable {
        var name: String
        var labels: [String]
    }

    private struct Table: ~Copyable {
        var flows: [FlowName: FlowMeters] = [:]
        /// What is counted for a word that is found out meanwhile.
        var seldom: [Seldom: Counter] = [:]
        var fetches: [String: Timer] = [:]
        var statuses: [Int: Counter] = [:]
    }

    /// Flows, states and hosts beyond these are counted as `other`.
    private static let maxFlows = 256
    private static let maxSeldom = 2_048
    private static let other = "other"

    private let factory: any MetricsFactory
    private let table = Mutex(Table())
    private let requests: [Timer]
    private let stores: [Timer]
    private let storeFaults: [Counter]

    /// - Parameter factory: makes the counters; the one that swift-metrics was bootstrapped with, if left out.
    public init(factory: any MetricsFactory = MetricsSystem.factory) {
        self.factory = factory
        requests = RequestClass.allCases.map {
            Timer(
                label: "flowc_request", dimensions: [("route", $0.word)], preferredDisplayUnit: .seconds,
                factory: factory)
        }
        stores = StoreOperation.allCases.map {
            Timer(
                label: "flowc_store", dimensions: [("operation", $0.word)], preferredDisplayUnit: .seconds,
                factory: factory)
        }
        storeFaults = StoreOperation.allCases.map {
            Counter(label: "flowc_store_faults", dimensions: [("operation", $0.word)], factory: factory)
        }
    }

    /// Counts what a request came to. For the `log` of a `Conversation`.
    public func count(_ turn: TurnLog) {
        let meters = meters(of: turn)
        meters.turns[turn.kind]?.increment()
        if turn.begins {
            meters.begun.increment()
            meters.open.increment()
        }
        let labels = [("flow", turn.flow), ("channel", turn.channel.rawValue)]
        if let outcome = turn.outcome {
            meters.open.decrement()
            seldom(
                "flowc_outcomes",
                labels + [("outcome", outcome.rawValue), ("state", turn.state ?? turn.fault?.state ?? "")]
            ).increment()
        }
        if let fault = turn.fault {
            // Behind the colon stands a parameter's name.
            let word = fault.reason.prefix { $0 != ":" }
            seldom("flowc_faults", labels + [("fault", String(word))]).increment()
        }
    }

    private func meters(of turn: TurnLog) -> FlowMeters {
        table.withLock { table in
            let name = FlowName(flow: turn.flow, channel: turn.channel)
            if let known = table.flows[name] { return known }
            let shown = table.flows.count < Self.maxFlows ? turn.flow : Self.other
            let made = FlowMeters([("flow", shown), ("channel", turn.channel.rawValue)], factory)
            if table.flows.count < Self.maxFlows { table.flows[name] = made }
            return made
        }
    }

    private func seldom(_ name: String, _ labels: [(String, String)]) -> Counter {
        table.withLock { table in
            let key = Seldom(name: name, labels: labels.map(\.1))
            if let known = table.seldom[key] { return known }
            let isKept = table.seldom.count < Self.maxSeldom
            let made = Counter(
                label: name, dimensions: isKept ? labels : labels.map { ($0.0, Self.other) }, factory: factory
            )
            if isKept { table.seldom[key] = made }
            return made
        }
    }
}

/// What a request is, for its histogram.
enum RequestClass: UInt8, CaseIterable {
    case voice
    case sms
    case notice
    case start
    /// Health, and what was refused before it was a turn.
    case other

    init(_ request: Conversation.Request) {
        switch (request.purpose, request.channel) {
        case (.turn, .voice), (.fallback, .voice): self = .voice
        case (.turn, .sms), (.fallback, .sms): self = .sms
        case (.start, _): self = .start
        case (.status, _), (.recording, _), (.transcription, _), (.messageStatus, _), (.expired, _),
            (.assignment, _):
            self = .notice
        }
    }

    var word: String {
        switch self {
        case .voice: "voice"
        case .sms: "sms"
        case .notice: "notice"
        case .start: "start"
        case .other: "other"
        }
    }
}

enum StoreOperation: UInt8, CaseIterable {
    case read
    case write
    case due

    var word: String {
        switch self {
        case .read: "read"
        case .write: "write"
        case .due: "due"
        }
    }
}

extension ServerMetrics {
    /// A request was answered.
    ///
    /// - Parameter nanoseconds: since its last byte.
    func answered(_ request: RequestClass, status: Int, nanoseconds: Int64) {
        requests[Int(request.rawValue)].recordNanoseconds(nanoseconds)
        let counter = table.withLock { table in
            if let known = table.statuses[status] { return known }
            let made = Counter(
                label: "flowc_answers", dimensions: [("status", "\(status)")], factory: factory)
            // All are our own.
            table.statuses[status] = made
            return made
        }
        counter.increment()
    }

    func stored(_ operation: StoreOperation, nanoseconds: Int64, isFault: Bool) {
        stores[Int(operation.rawValue)].recordNanoseconds(nanoseconds)
        if isFault { storeFaults[Int(operation.rawValue)].increment() }
    }

    /// - Parameter host: one that flow and config name; nil for another.
    func fetched(_ host: String?, _ answer: FetchAnswer, nanoseconds: Int64) {
        let outcome: String
        switch answer {
        case .response(let status, _): outcome = (100..<600).contains(status) ? "\(status / 100)xx" : "status"
        case .failure(let reason): outcome = reason.rawValue
        }
        let timer = table.withLock { table in
            let shown = host ?? Self.other
            if let known = table.fetches[shown] { return known }
            let made = Timer(
                label: "flowc_fetch", dimensions: [("host", shown)], preferredDisplayUnit: .seconds,
                factory: factory)
            if table.fetches.count < Self.maxFlows { table.fetches[shown] = made }
            return made
        }
        timer.recordNanoseconds(nanoseconds)
        seldom("flowc_fetches", [("host", host ?? Self.other), ("outcome", outcome)]).increment()
    }
}
