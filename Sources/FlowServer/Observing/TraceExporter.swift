import FlowProgram
public import FlowRuntime
public import ServiceLifecycle
import Synchronization
public import Tracing

/// A tracer that hands its spans to an OpenTelemetry collector, as OTLP in JSON over HTTP, and the context to whoever is
/// fetched from, as W3C's `traceparent`.
///
/// Spans wait in memory, 2,048 at most, and leave once a second; what a collector doesn't take is dropped. Events and links
/// aren't kept: ours have none.
public final class TraceExporter: Tracer, Service {
    /// Where in a trace a span is.
    struct Place: Hashable, Sendable {
        /// 32 and 16 hexadecimal digits.
        var trace: String
        var span: String
    }

    fileprivate enum PlaceKey: InstrumentationContextKey {
        typealias Value = Place
    }

    private static let maxSpans = 2_048
    private let spans = Mutex<[String]>([])
    private let fetcher: any Fetcher
    private let url: String

    /// - Parameters:
    ///   - collector: such as `http://127.0.0.1:4318`.
    ///   - fetcher: makes the requests.
    public init(collector: String, fetcher: any Fetcher) {
        url =
            (collector.utf8.last == UInt8(ascii: "/") ? String(collector.dropLast()) : collector)
            + "/v1/traces"
        self.fetcher = fetcher
    }

    public func startSpan<Instant: TracerInstant>(
        _ operationName: String, context: @autoclosure () -> InstrumentationContext, ofKind kind: SpanKind,
        at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
    ) -> ExportedSpan {
        var context = context()
        let parent = context[PlaceKey.self]
        let place = Place(trace: parent?.trace ?? randomDigits(32), span: randomDigits(16))
        context[PlaceKey.self] = place
        return ExportedSpan(
            operationName, context: context, place: place, parent: parent?.span, kind: kind,
            start: instant().nanosecondsSinceEpoch
        ) { [self] line in
            spans.withLock { if $0.count < Self.maxSpans { $0.append(line) } }
        }
    }

    public func inject<Carrier, Inject: Injector>(
        _ context: InstrumentationContext, into carrier: inout Carrier, using injector: Inject
    ) where Inject.Carrier == Carrier {
        guard let place = context[PlaceKey.self] else { return }
        injector.inject("00-\(place.trace)-\(place.span)-01", forKey: "traceparent", into: &carrier)
    }

    /// Nothing: the provider sends no context, and a stranger's isn't taken.
    public func extract<Carrier, Extract: Extractor>(
        _ carrier: Carrier, into context: inout InstrumentationContext, using extractor: Extract
    ) where Extract.Carrier == Carrier {}

    public func forceFlush() {}

    /// Exports until graceful shutdown, and what is left then.
    public func run() async {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // What waits when it is cancelled leaves below.
                guard (try? await Task.sleep(for: .seconds(1))) != nil else { return }
                await self.export()
            }
        }
        // Not cancelled by the shutdown that it belongs to.
        await Task { await self.export() }.value
    }

    func export() async {
        let lines = spans.withLock { spans in
            defer { spans = [] }
            return spans
        }
        guard !lines.isEmpty else { return }
        let body =
            "{\"resourceSpans\":[{\"resource\":{\"attributes\":[\(attribute("service.name", .string("flowc")))]},"
            + "\"scopeSpans\":[{\"scope\":{\"name\":\"flowc\"},\"spans\":[\(lines.joined(separator: ","))]}]}]}"
        _ = await fetcher.fetch(
            FetchRequest(
                method: "POST", url: url, headers: [FetchRequest.Header("Content-Type", "application/json")],
                body: Array(body.utf8), timeout: 5_000))
    }
}

/// A span on its way to a collector.
public final class ExportedSpan: Span {
    private struct State {
        var name: String
        var attributes: SpanAttributes = [:]
        var isError = false
        var isEnded = false
    }

    public let context: InstrumentationContext
    private let place: TraceExporter.Place
    private let parent: String?
    private let kind: SpanKind
    private let start: UInt64
    private let state: Mutex<State>
    private let onEnd: @Sendable (String) -> Void

    init(
        _ name: String, context: InstrumentationContext, place: TraceExporter.Place, parent: String?,
        kind: SpanKind, start: UInt64, onEnd: @escaping @Sendable (String) -> Void
    ) {
        self.context = context
        self.place = place
        self.parent = parent
        self.kind = kind
        self.start = start
        self.onEnd = onEnd
        state = Mutex(State(name: name))
    }

    public var operationName: String {
        get { state.withLock { $0.name } }
        set { state.withLock { $0.name = newValue } }
    }

    public var attributes: SpanAttributes {
        get { state.withLock { $0.attributes } }
        set { state.withLock { $0.attributes = newValue } }
    }

    public var isRecording: Bool { state.withLock { !$0.isEnded } }

    public func setStatus(_ status: SpanStatus) {
        state.withLock { $0.isError = status.code == .error }
    }

    public func addEvent(_ event: SpanEvent) {}
    public func addLink(_ link: SpanLink) {}

    public func recordError<Instant: TracerInstant>(
        _ error: any Error, attributes: SpanAttributes, at instant: @autoclosure () -> Instant
    ) {
        state.withLock { $0.isError = true }
    }

    public func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) {
        let ended: State? = state.withLock { state in
            guard !state.isEnded else { return nil }
            state.isEnded = true
            return state
        }
        if let ended { onEnd(json(ended, end: instant().nanosecondsSinceEpoch)) }
    }

    /// As OTLP has it in JSON.
    private func json(_ state: State, end: UInt64) -> String {
        var attributes: [String] = []
        state.attributes.forEach { attributes.append(attribute($0, $1)) }
        let kinds: [SpanKind: Int] = [.internal: 1, .server: 2, .client: 3, .producer: 4, .consumer: 5]
        var members = [
            "\"traceId\":\"\(place.trace)\"", "\"spanId\":\"\(place.span)\"",
            "\"name\":\"\(jsonEscaped(state.name))\"", "\"kind\":\(kinds[kind] ?? 1)",
            "\"startTimeUnixNano\":\"\(start)\"", "\"endTimeUnixNano\":\"\(end)\"",
            "\"attributes\":[\(attributes.sorted().joined(separator: ","))]",
            "\"status\":{\(state.isError ? "\"code\":2" : "")}",
        ]
        if let parent { members.insert("\"parentSpanId\":\"\(parent)\"", at: 2) }
        return "{\(members.joined(separator: ","))}"
    }
}

private func attribute(_ name: String, _ value: SpanAttribute) -> String {
    let shown: String
    switch value {
    case .int32(let number): shown = "\"intValue\":\"\(number)\""
    case .int64(let number): shown = "\"intValue\":\"\(number)\""
    case .bool(let flag): shown = "\"boolValue\":\(flag)"
    case .string(let text): shown = "\"stringValue\":\"\(jsonEscaped(text))\""
    case .stringConvertible(let value): shown = "\"stringValue\":\"\(jsonEscaped(value.description))\""
    default: shown = "\"stringValue\":\"\""
    }
    return "{\"key\":\"\(jsonEscaped(name))\",\"value\":{\(shown)}}"
}

private func randomDigits(_ count: Int) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var generator = SystemRandomNumberGenerator()
    return String(
        decoding: (0..<count).map { _ in digits[Int.random(in: 0..<16, using: &generator)] }, as: UTF8.self)
}
