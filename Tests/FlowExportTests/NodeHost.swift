import FlowRuntime
import FlowTestSupport
import Foundation

/// An exported project in a Node process that stands in for the platform: one line of JSON a request, one back.
actor NodeHost {
    /// Whether the tests can be run; in CI they must be.
    static let isWanted: Bool = isThere || ProcessInfo.processInfo.environment["CI"] != nil

    private static let isThere: Bool = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["node", "--version"]
        process.standardOutput = Pipe()
        process.standardError = Pipe()
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    struct Answer: Decodable, Sendable {
        var status: Int
        var contentType: String?
        var body: String
        /// A cookie that is taken away is null.
        var cookies: [String: String?]
    }

    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var read: [UInt8] = []

    /// - Parameter project: a folder that `export function` wrote.
    init(project: URL) throws {
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "node", Repository.root.appendingPathComponent("Tests/FlowExportTests/Node/host.js").path,
            project.path,
        ]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    func end() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// A request to a function; what it fetches is answered by `fetch`.
    func answer(
        path: String, parameters: [(String, String)], cookies: [String: String] = [:],
        environment: [String: String], now: Int64?,
        fetch: @Sendable (FetchRequest) async throws -> FetchAnswer
    ) async throws -> Answer {
        struct Message: Encodable {
            var path: String
            var parameters: [[String]]
            var cookies: [String: String]
            var environment: [String: String]
            var now: Int64?
        }
        struct Fetching: Decodable {
            struct Request: Decodable {
                var method: String
                var url: String
                var headers: [FetchRequest.Header]
                var body: String
                var timeout: Int
            }
            var fetch: Request?
        }
        try send(
            Message(
                path: path, parameters: parameters.map { [$0, $1] }, cookies: cookies,
                environment: environment,
                now: now))
        while true {
            let line = try receive()
            guard let request = try JSONDecoder().decode(Fetching.self, from: line).fetch else {
                return try JSONDecoder().decode(Answer.self, from: line)
            }
            let answer = try await fetch(
                FetchRequest(
                    method: request.method, url: request.url, headers: request.headers,
                    body: Array(request.body.utf8), timeout: request.timeout))
            switch answer {
            case .failure(let reason): try send(["failure": reason.rawValue])
            case .response(let status, let body):
                struct Response: Encodable {
                    var status: Int
                    var body: String
                }
                try send(Response(status: status, body: Data(body).base64EncodedString()))
            }
        }
    }

    /// Asks a part of the interpreter by itself.
    func ask<Item: Encodable, Reply: Decodable & Sendable>(
        _ part: String, _ items: [Item], as type: Reply.Type = Reply.self
    ) throws -> [Reply] {
        try send(Questions(evaluate: part, items: items))
        return try JSONDecoder().decode([Reply].self, from: receive())
    }

    struct Request: Encodable, Sendable {
        var url: String
        var method = "GET"
        var headers: [String: String] = [:]
        var body = ""
        var timeout = 2_000
        /// Milliseconds that are left of the turn.
        var time = 5_000
    }

    struct Fetched: Decodable, Sendable, Equatable {
        var failure: String?
        var status: Int?
        var body: String?
    }

    /// Performs real requests at a server of the host's, `{base}`.
    func fetched(_ requests: [Request]) throws -> [Fetched] {
        try send(["requests": requests])
        return try JSONDecoder().decode([Fetched].self, from: receive())
    }

    private func send(_ message: some Encodable) throws {
        let line = try JSONEncoder().encode(message) + Data("\n".utf8)
        try input.fileHandleForWriting.write(contentsOf: line)
    }

    private func receive() throws -> Data {
        while true {
            if let end = read.firstIndex(of: UInt8(ascii: "\n")) {
                let line = Data(read[..<end])
                read.removeFirst(end + 1)
                return line
            }
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw Fault(description: "the host ended") }
            read += data
        }
    }
}

private struct Questions<Item: Encodable>: Encodable {
    var evaluate: String
    var items: [Item]
}
