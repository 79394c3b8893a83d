import FlowRuntime
import FlowWebhook
import Foundation

/// Without arguments, measures every contender and prints the ratios; with a contender's name, serves as that one.
@main
struct ServeBenchmark {
    static func main() async throws {
        if let name = CommandLine.arguments.dropFirst().first {
            guard let contender = Contender(rawValue: name) else { throw UnknownContender(name: name) }
            try await contender.serve { FileHandle.standardOutput.write(Data("\($0)\n".utf8)) }
            return
        }
        try measureWebhook()
        var best: [Contender: Double] = [:]
        // Rounds alternate, so that a busy machine is unfair to all alike.
        for _ in 0..<3 {
            for contender in Contender.allCases {
                best[contender] = max(best[contender] ?? 0, try await measure(contender))
            }
        }
        let base = best[.hummingbird] ?? 0
        for contender in Contender.allCases {
            let rate = best[contender] ?? 0
            let name = contender.rawValue.padding(toLength: 12, withPad: " ", startingAt: 0)
            print(name, String(format: "%8.0f requests/s  %5.2f x hummingbird", rate, rate / base))
        }
    }

    /// Serves in a process of its own, on one core where the system can say so, while this one sends requests.
    private static func measure(_ contender: Contender) async throws -> Double {
        let process = Process()
        let taskset = "/usr/bin/taskset"
        let isPinned = FileManager.default.isExecutableFile(atPath: taskset)
        process.executableURL = URL(fileURLWithPath: isPinned ? taskset : CommandLine.arguments[0])
        process.arguments = (isPinned ? ["-c", "0", CommandLine.arguments[0]] : []) + [contender.rawValue]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        var line = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1), byte != Data("\n".utf8) {
            line += byte
        }
        guard let port = Int(String(decoding: line, as: UTF8.self)) else { throw NoPort() }
        return try await requestsPerSecond(port: port, connections: 32)
    }

    /// A signed turn without sockets and without a machine.
    private static func measureWebhook() throws {
        let webhook = try makeWebhook()
        let count = 100_000
        var documents = 0
        let duration = ContinuousClock().measure {
            for _ in 0..<count {
                let request = WebhookRequest(
                    method: "POST", target: SignedRequest.target, headers: SignedRequest.headers,
                    body: SignedRequest.body)
                if webhook.answerNow(request)?.status == 200 { documents += 1 }
            }
        }
        guard documents == count else { throw Refused() }
        print(
            "webhook      \(duration / count) a signed turn of \(SignedRequest.parameters.count) parameters")
    }
}

struct UnknownContender: Error {
    var name: String
}

struct NoPort: Error {}

struct Refused: Error {}
