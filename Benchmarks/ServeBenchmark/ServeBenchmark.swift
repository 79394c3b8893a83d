import BenchmarkSupport
import FlowWebhook
import Foundation

/// Without arguments, measures every contender and prints the ratios; with a contender's name, serves as that one.
@main
struct ServeBenchmark {
    private static let rounds = 3
    private static let connections = 32

    static func main() async throws {
        switch CommandLine.arguments.dropFirst().first {
        case nil: try await compare()
        case "webhook": try measureWebhook(calls: 50_000)
        case .some(let name):
            guard let contender = Contender(rawValue: name) else { throw UnknownContender(name: name) }
            try await contender.serve { FileHandle.standardOutput.write(Data("\($0)\n".utf8)) }
        }
    }

    private static func compare() async throws {
        var best: [Contender: Measured] = [:]
        // Rounds alternate, so that a busy machine is unfair to all alike.
        for _ in 0..<rounds {
            for contender in Contender.allCases {
                let measured = try await measure(contender)
                best[contender] = best[contender].map { $0.better(of: measured) } ?? measured
            }
        }
        guard let base = best[.hummingbird] else { return }
        print("server        requests/s   ratio   CPU us a request   ratio")
        for contender in Contender.allCases {
            guard let measured = best[contender] else { continue }
            print(
                contender.rawValue.padding(toLength: 12, withPad: " ", startingAt: 0),
                String(
                    format: "%11.0f %7.2f %18.1f %7.2f", measured.rate, measured.rate / base.rate,
                    measured.processorTime * 1e6, base.processorTime / measured.processorTime))
        }
        try measureWebhook(calls: 10_000)
    }

    private struct Measured {
        /// Requests a second.
        var rate: Double
        /// Seconds of processor time a request.
        var processorTime: Double

        func better(of other: Measured) -> Measured {
            Measured(
                rate: max(rate, other.rate), processorTime: min(processorTime, other.processorTime))
        }
    }

    /// Two seconds, after half a second to warm up.
    private static func measure(_ contender: Contender) async throws -> Measured {
        let server = try ServerProcess(contender)
        defer { server.stop() }
        let load = Load()
        try await load.start(port: server.port, connections: connections)
        try await Task.sleep(for: .milliseconds(500))
        let start = (ContinuousClock.now, server.processorSeconds ?? .nan, load.answered)
        try await Task.sleep(for: .seconds(2))
        let seconds = start.0.duration(to: .now) / .seconds(1)
        let processorSeconds = (server.processorSeconds ?? .nan) - start.1
        let count = Double(load.answered - start.2)
        try await load.stop()
        guard load.refused == 0, count > 0 else { throw Refused() }
        return Measured(rate: count / seconds, processorTime: processorSeconds / count)
    }

    /// A signed turn without sockets.
    private static func measureWebhook(calls: Int) throws {
        let webhook = try makeWebhook()
        let count = calls * SignedCall.requestsPerCall
        let requests = (1...calls).flatMap { number in
            var call = SignedCall(number: number)
            return (0..<SignedCall.requestsPerCall).map { _ in
                let (target, headers, body) = call.next()
                return WebhookRequest(method: "POST", target: target, headers: headers, body: body)
            }
        }
        var documents = 0
        let duration = ContinuousClock().measure {
            for request in requests where webhook.answerNow(request)?.status == 200 { documents += 1 }
        }
        guard documents == count else { throw Refused() }
        print(
            String(
                format: "without a socket, a signed turn takes %.1f us",
                duration / .seconds(1) / Double(count) * 1e6))
    }
}

struct UnknownContender: Error {
    var name: String
}

struct Refused: Error {}
