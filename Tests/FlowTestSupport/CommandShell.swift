public import Foundation

/// A shell in a folder of its own, with the built `flowc` on its path and a copy of `flows/`: what a reader of the docs has.
public struct CommandShell {
    public let folder: URL
    private let environment: [String: String]

    public struct Result: Sendable, Equatable {
        public var status: Int32
        /// Standard output and standard error, as a terminal shows them.
        public var output: String
    }

    /// - Parameter environment: variables of every command, besides a fixed time zone and language.
    public init(environment: [String: String] = [:]) throws {
        let files = FileManager.default
        folder = files.temporaryDirectory.appendingPathComponent("flowc-\(UUID().uuidString)")
        try files.createDirectory(at: folder, withIntermediateDirectories: true)
        try files.copyItem(at: Repository.file("flows").url, to: folder.appendingPathComponent("flows"))
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let standard = [
            "PATH": "\(Repository.products.path):\(path)", "HOME": folder.path, "LANG": "C.UTF-8",
            "TZ": "UTC",
            "NO_COLOR": "1", "SWIFT_BACKTRACE": "enable=no",
        ]
        self.environment = standard.merging(environment) { _, new in new }
    }

    /// Deletes the folder.
    public func remove() {
        try? FileManager.default.removeItem(at: folder)
    }

    public func write(_ text: String, to name: String) throws {
        let url = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    /// Runs a command line to its end.
    public func run(_ command: String) throws -> Result {
        let running = try start(command)
        let status = running.wait()
        return Result(status: status, output: running.output)
    }

    /// Starts a command line.
    public func start(_ command: String) throws -> RunningCommand {
        try RunningCommand(command, in: folder, environment: environment)
    }
}

/// A command that was started; what it prints goes to a file, so that nothing waits for a pipe.
public final class RunningCommand {
    private let process = Process()
    private let log: URL

    init(_ command: String, in folder: URL, environment: [String: String]) throws {
        log = FileManager.default.temporaryDirectory.appendingPathComponent("flowc-\(UUID().uuidString).log")
        try Data().write(to: log)
        let handle = try FileHandle(forWritingTo: log)
        defer { try? handle.close() }
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = folder
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
    }

    deinit {
        if process.isRunning { process.terminate() }
        try? FileManager.default.removeItem(at: log)
    }

    /// What was printed until now.
    public var output: String {
        String(decoding: (try? Data(contentsOf: log)) ?? Data(), as: UTF8.self)
    }

    /// Waits for a line that begins so, and gives what is behind.
    ///
    /// - Returns: nil if the command ends without it.
    public func line(after start: String) -> String? {
        while true {
            let isRunning = process.isRunning
            let lines = output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            if let line = lines.first(where: { $0.hasPrefix(start) }) {
                return String(line.dropFirst(start.count))
            }
            guard isRunning else { return nil }
            Thread.sleep(forTimeInterval: 0.02)
        }
    }

    /// Asks it to end, by SIGTERM.
    public func terminate() { process.terminate() }

    /// Sends it a signal by its name: `HUP`.
    public func send(_ signal: String) throws {
        let kill = try Process.run(
            URL(fileURLWithPath: "/bin/kill"), arguments: ["-" + signal, "\(process.processIdentifier)"])
        kill.waitUntilExit()
    }

    /// Ends it as by `kill -9`, and waits until it has ended.
    public func kill() throws {
        try send("KILL")
        process.waitUntilExit()
    }

    /// Its exit status; a signal's number if that ended it.
    public func wait() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }
}

extension Repository {
    /// Where the build put its products: beside the test bundle.
    public static let products: URL = {
        let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") } ?? Bundle.main
        let url = bundle.bundleURL
        return bundle.bundlePath.hasSuffix(".xctest") ? url.deletingLastPathComponent() : url
    }()
}
