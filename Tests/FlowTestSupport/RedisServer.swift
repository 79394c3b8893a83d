public import Foundation

/// A redis-server of a test's own: a free port of loopback, a folder of its own. It ends when it is told to, when nobody holds
/// it any more, or, whatever happens, with the process of the tests.
public final class RedisServer: @unchecked Sendable {
    /// Whether there is one to start.
    public static let isInstalled = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].contains {
        FileManager.default.isExecutableFile(atPath: $0 + "/redis-server")
    }
    /// In CI a test that can't run has failed; elsewhere it is skipped with `reason`.
    public static let isWanted = isInstalled || ProcessInfo.processInfo.environment["CI"] != nil
    public static let reason = "redis-server isn't installed: make setup"

    public let port: Int
    public let folder: URL
    private let options: [String]
    private let lock = NSLock()
    private var process: Process?
    private var input: Pipe?
    private var pid: Int32 = 0

    public struct NotStarted: Error, CustomStringConvertible {
        public let description: String
    }

    /// - Parameter options: of redis-server, besides where it listens and stores.
    public init(_ options: [String] = []) throws {
        port = try freePort()
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "flowc-redis-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.options = options
        try start()
    }

    deinit {
        kill()
        try? FileManager.default.removeItem(at: folder)
    }

    public var url: String { "redis://127.0.0.1:\(port)" }

    /// Starts it, again on the same port with the same files, and waits until it answers.
    public func start() throws {
        try lock.withLock {
            let process = Process()
            let (input, output) = (Pipe(), Pipe())
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            // The shell lives as long as the pipe from here: then it takes the server with it.
            let script = """
                redis-server "$@" > log 2>&1 & server=$!; echo $server
                cat > /dev/null; kill -CONT $server 2> /dev/null; kill -9 $server 2> /dev/null
                """
            process.arguments =
                ["-c", script, "sh", "--port", "\(port)", "--bind", "127.0.0.1", "--dir", folder.path]
                + ["--save", "", "--daemonize", "no"] + options
            process.currentDirectoryURL = folder
            process.standardInput = input
            process.standardOutput = output
            try process.run()
            (self.process, self.input) = (process, input)
            let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
            pid = Int32(line.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
        }
        for _ in 0..<500 {
            let answer = (try? command(["PING"])) ?? ""
            if answer.contains("PONG") || answer.contains("NOAUTH") { return }
            Thread.sleep(forTimeInterval: 0.02)
        }
        let log = (try? String(contentsOf: folder.appendingPathComponent("log"), encoding: .utf8)) ?? ""
        throw NotStarted(description: "redis-server doesn't answer: \(log.suffix(1_000))")
    }

    /// As by `kill -9`.
    public func kill() {
        lock.withLock {
            try? input?.fileHandleForWriting.close()
            process?.waitUntilExit()
            process = nil
            input = nil
        }
    }

    /// Takes connections and answers nothing.
    public func pause() { send(SIGSTOP) }

    public func resume() { send(SIGCONT) }

    private func send(_ signal: Int32) {
        guard pid > 0 else { return }
        _ = sendSignal(pid, signal)
    }

    /// What redis-cli prints for a command.
    @discardableResult
    public func command(_ words: [String]) throws -> String {
        try run("redis-cli", ["-h", "127.0.0.1", "-p", "\(port)"] + words)
    }
}

/// Three masters with all slots, each without a replica.
public final class RedisCluster: Sendable {
    public let nodes: [RedisServer]

    /// - Parameter options: of each redis-server.
    public init(_ options: [String] = []) throws {
        let busPorts = try (0..<3).map { _ in try freePort() }
        nodes = try busPorts.map { port in
            try RedisServer(
                options + [
                    "--cluster-enabled", "yes", "--cluster-port", "\(port)", "--cluster-node-timeout", "2000",
                ])
        }
        let slots = [0, 5_462, 10_923, 16_384]
        for (number, node) in nodes.enumerated() {
            try node.command(["CLUSTER", "SET-CONFIG-EPOCH", "\(number + 1)"])
            try node.command(["CLUSTER", "ADDSLOTSRANGE", "\(slots[number])", "\(slots[number + 1] - 1)"])
            guard number > 0 else { continue }
            try nodes[0].command(["CLUSTER", "MEET", "127.0.0.1", "\(node.port)", "\(busPorts[number])"])
        }
        for node in nodes {
            var info = ""
            for _ in 0..<500
            where !info.contains("cluster_state:ok") || !info.contains("cluster_known_nodes:3") {
                Thread.sleep(forTimeInterval: 0.02)
                info = try node.command(["CLUSTER", "INFO"])
            }
            guard info.contains("cluster_state:ok") else {
                throw RedisServer.NotStarted(description: "no cluster: \(info)")
            }
        }
    }

    /// Names one node: the others are found.
    public var url: String { nodes[0].url }
}

/// A port that nobody listened on a moment ago.
public func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
        }
    }
    guard isBound else { throw RedisServer.NotStarted(description: "no free port") }
    return Int(UInt16(bigEndian: address.sin_port))
}

private func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: printed, as: UTF8.self)
}

private func sendSignal(_ pid: Int32, _ signal: Int32) -> Int32 { kill(pid, signal) }
