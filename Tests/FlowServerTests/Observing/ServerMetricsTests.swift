import FlowProgram
import FlowRuntime
import Testing

@testable import FlowServer

@Suite("Metrics of a server")
struct ServerMetricsTests {
    private let page = PrometheusMetrics()

    private func lines(_ name: String) -> [String] {
        page.text().split(separator: "\n").map(String.init).filter { $0.hasPrefix(name) }
    }

    @Test("Each request is timed by what it is, and counted by its status")
    func requests() {
        let metrics = ServerMetrics(factory: page)
        metrics.answered(.voice, status: 200, nanoseconds: 2_000_000)
        metrics.answered(.voice, status: 503, nanoseconds: 200_000_000)
        metrics.answered(.other, status: 403, nanoseconds: 1)
        #expect(
            lines("flowc_answers_total") == [
                "flowc_answers_total{status=\"200\"} 1", "flowc_answers_total{status=\"403\"} 1",
                "flowc_answers_total{status=\"503\"} 1",
            ])
        #expect(
            lines("flowc_request_seconds_count")
                == ["notice", "other", "sms", "start", "voice"].map {
                    "flowc_request_seconds_count{route=\"\($0)\"} \($0 == "voice" ? 2 : $0 == "other" ? 1 : 0)"
                })
    }

    @Test("A fetch to a host that nobody named is `other`")
    func fetches() {
        let metrics = ServerMetrics(factory: page)
        metrics.fetched("api.example.com", .response(status: 204, body: []), nanoseconds: 1)
        metrics.fetched("api.example.com", .failure(.timeout), nanoseconds: 1)
        metrics.fetched(nil, .response(status: 9_999, body: []), nanoseconds: 1)
        #expect(
            lines("flowc_fetches_total") == [
                "flowc_fetches_total{host=\"api.example.com\",outcome=\"2xx\"} 1",
                "flowc_fetches_total{host=\"api.example.com\",outcome=\"timeout\"} 1",
                "flowc_fetches_total{host=\"other\",outcome=\"status\"} 1",
            ])
    }

    @Test("A store is timed, and its faults are counted")
    func stores() async throws {
        struct Broken: SessionStore {
            func read(_ key: SessionKey) async throws -> StoredSession? { nil }
            func write(_ write: SessionWrite, for key: SessionKey) async throws -> UInt64? {
                throw StoreFault.overloaded
            }
            func due(limit: Int) async throws -> [SessionKey] { [] }
        }
        let store = MeteredStore(Broken(), metrics: ServerMetrics(factory: page))
        let key = SessionKey(bytes: [1])
        _ = try await store.read(key)
        await #expect(throws: StoreFault.overloaded) {
            try await store.write(SessionWrite(row: [], expecting: nil, lifetime: 1), for: key)
        }
        #expect(
            lines("flowc_store_seconds_count") == [
                "flowc_store_seconds_count{operation=\"due\"} 0",
                "flowc_store_seconds_count{operation=\"read\"} 1",
                "flowc_store_seconds_count{operation=\"write\"} 1",
            ])
        #expect(
            lines("flowc_store_faults_total").contains("flowc_store_faults_total{operation=\"write\"} 1"))
    }
}
