import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A contender that serves in a process of its own, on one core where the system can say so.
struct ServerProcess {
    let port: Int
    private let process = Process()

    init(_ contender: Contender) throws {
        let taskset = "/usr/bin/taskset"
        let isPinned = FileManager.default.isExecutableFile(atPath: taskset)
        let program = CommandLine.arguments[0]
        process.executableURL = URL(fileURLWithPath: isPinned ? taskset : program)
        process.arguments = (isPinned ? ["-c", "0", program] : []) + [contender.rawValue]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        var line = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty,
            byte != Data("\n".utf8)
        {
            line += byte
        }
        guard let port = Int(String(decoding: line, as: UTF8.self)) else { throw NoPort() }
        self.port = port
    }

    /// Seconds of processor time that it has used; nil where the system doesn't tell.
    var processorSeconds: Double? {
        #if canImport(Glibc)
            var clock = clockid_t()
            var time = timespec()
            guard clock_getcpuclockid(process.processIdentifier, &clock) == 0,
                clock_gettime(clock, &time) == 0
            else { return nil }
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        #else
            return nil
        #endif
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}

struct NoPort: Error {}
