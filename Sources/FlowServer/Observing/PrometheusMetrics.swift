public import CoreMetrics
import Synchronization

/// A backend of swift-metrics that Prometheus reads: counters, gauges, and histograms in seconds, as the text format 0.0.4.
///
///     MetricsSystem.bootstrap(metrics)
///     let page = metrics.text()
///
/// Names are those of the metrics with what Prometheus doesn't take made `_`; counters end in `_total`, timers in `_seconds`.
/// Equal numbers give equal bytes: names and labels are sorted.
public final class PrometheusMetrics: MetricsFactory {
    /// What is shown under one name.
    private struct Family {
        var type: StaticString
        /// By labels as they are printed.
        var series: [String: any PrometheusSeries] = [:]
    }

    /// What a label makes is bounded by who names it; this bounds mistakes.
    private static let maxSeries = 2_048
    private let families = Mutex<[String: Family]>([:])

    public init() {}

    /// The content type of `text`.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// All that was counted until now.
    public func text() -> String {
        let families = families.withLock { $0 }
        var text = ""
        for (name, family) in families.sorted(by: { isBefore($0.key, $1.key) }) {
            text += "# TYPE \(name) \(family.type)\n"
            for (labels, series) in family.series.sorted(by: { isBefore($0.key, $1.key) }) {
                series.write(name, labels, to: &text)
            }
        }
        return text
    }

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(name(label, suffix: "_total"), "counter", dimensions) { PrometheusCounter() }
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(name(label), "gauge", dimensions) { PrometheusGauge() }
    }

    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        guard aggregate else { return series(name(label), "gauge", dimensions) { PrometheusGauge() } }
        return series(name(label), "histogram", dimensions) { PrometheusHistogram() }
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(name(label, suffix: "_seconds"), "histogram", dimensions) { PrometheusHistogram() }
    }

    // What was counted stays to be read.
    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyMeter(_ handler: any MeterHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}

    /// The series of a name and labels. One that doesn't fit, or is one too many, counts and isn't shown.
    private func series<Series: PrometheusSeries>(
        _ name: String, _ type: StaticString, _ dimensions: [(String, String)], _ make: () -> Series
    ) -> Series {
        let labels = dimensions.map { (key: sanitized($0.0, colons: false), value: escaped($0.1)) }
            .sorted { isBefore($0.key, $1.key) }
            .map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ",")
        return families.withLock { families in
            var family = families[name] ?? Family(type: type)
            if let present = family.series[labels] { return present as? Series ?? make() }
            let made = make()
            guard family.type.description == type.description, family.series.count < Self.maxSeries else {
                return made
            }
            family.series[labels] = made
            families[name] = family
            return made
        }
    }
}

/// Something that is printed as one or more lines.
private protocol PrometheusSeries: AnyObject, Sendable {
    func write(_ name: String, _ labels: String, to text: inout String)
}

private final class PrometheusCounter: CounterHandler, PrometheusSeries {
    private let value = Atomic<Int64>(0)

    func increment(by amount: Int64) { value.wrappingAdd(amount, ordering: .relaxed) }
    func reset() { value.store(0, ordering: .relaxed) }

    func write(_ name: String, _ labels: String, to text: inout String) {
        text += "\(name)\(braced(labels)) \(value.load(ordering: .relaxed))\n"
    }
}

private final class PrometheusGauge: MeterHandler, RecorderHandler, PrometheusSeries {
    private let value = Mutex<Double>(0)

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { self.value.withLock { $0 = value } }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }
    func record(_ value: Int64) { set(value) }
    func record(_ value: Double) { set(value) }

    func write(_ name: String, _ labels: String, to text: inout String) {
        text += "\(name)\(braced(labels)) \(shown(value.withLock { $0 }))\n"
    }
}

/// Timers are told in nanoseconds and shown in seconds.
private final class PrometheusHistogram: TimerHandler, RecorderHandler, PrometheusSeries {
    private struct State {
        var buckets = [UInt64](repeating: 0, count: PrometheusHistogram.bounds.count)
        var count: UInt64 = 0
        var sum = 0.0
    }

    /// Seconds: from what memory answers in to what the provider waits for.
    private static let bounds = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15,
    ]
    private let state = Mutex(State())

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        let bucket = Self.bounds.firstIndex { value <= $0 }
        state.withLock { state in
            if let bucket { state.buckets[bucket] += 1 }
            state.count += 1
            state.sum += value
        }
    }

    func write(_ name: String, _ labels: String, to text: inout String) {
        let state = state.withLock { $0 }
        let others = labels.isEmpty ? "" : labels + ","
        var total: UInt64 = 0
        for (bound, count) in zip(Self.bounds, state.buckets) {
            total += count
            text += "\(name)_bucket{\(others)le=\"\(shown(bound))\"} \(total)\n"
        }
        text += "\(name)_bucket{\(others)le=\"+Inf\"} \(state.count)\n"
        text += "\(name)_sum\(braced(labels)) \(shown(state.sum))\n"
        text += "\(name)_count\(braced(labels)) \(state.count)\n"
    }
}

private func braced(_ labels: String) -> String { labels.isEmpty ? "" : "{\(labels)}" }

/// `5` rather than `5.0`.
private func shown(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value > 0 ? "+Inf" : "-Inf" }
    return Int64(exactly: value).map(String.init) ?? "\(value)"
}

private func name(_ label: String, suffix: String = "") -> String {
    let name = sanitized(label, colons: true)
    return name.hasSuffix(suffix) ? name : name + suffix
}

/// Letters, digits, `_`, and `:` in names; no digit in front.
private func sanitized(_ name: String, colons: Bool) -> String {
    var bytes: [UInt8] = []
    for byte in name.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
            bytes.append(byte)
        case UInt8(ascii: ":") where colons: bytes.append(byte)
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            if bytes.isEmpty { bytes.append(UInt8(ascii: "_")) }
            bytes.append(byte)
        default: bytes.append(UInt8(ascii: "_"))
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}

private func escaped(_ value: String) -> String {
    var text = ""
    for scalar in value.unicodeScalars {
        switch scalar {
        case "\\": text += "\\\\"
        case "\"": text += "\\\""
        case "\n": text += "\\n"
        default: text.unicodeScalars.append(scalar)
        }
    }
    return text
}

private func isBefore(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
}
