import FlowProgram
public import FlowRuntime
import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// What the flows' `log` steps say, a JSON object a line, appended to a file: for analytics, not for people.
///
///     {"time":"2026-11-23T15:00:00Z","flow":"main-menu","channel":"voice","sid":"CA…","turn":2,"event":{"choice":"sales"}}
///
/// No number, no text of a caller's but what a flow logs by name; secrets are withheld.
public final class EventLog: Sendable {
    private let descriptor: Mutex<Int32>
    private let clock: any WallClock

    /// Why a file can't be written to.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// - Parameter clock: stamps the lines.
    /// - Throws: `Failure` if the file can't be appended to.
    public init(path: String, clock: any WallClock) throws(Failure) {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Failure(description: "\(path): \(String(cString: strerror(errno)))")
        }
        self.descriptor = Mutex(descriptor)
        self.clock = clock
    }

    deinit {
        descriptor.withLock { _ = close($0) }
    }

    /// Appends a line for each `log` step of a turn, with one write a line.
    ///
    /// - Returns: false if one couldn't be written.
    @discardableResult
    public func log(_ turn: TurnLog) -> Bool {
        guard !turn.entries.isEmpty else { return true }
        let time = Value.datetime(clock.now()).plainText
        return turn.entries.allSatisfy { entry in
            append(line(entry, of: turn, at: time))
        }
    }

    private func line(_ entry: LogEntry, of turn: TurnLog, at time: String) -> [UInt8] {
        func member(_ name: String, _ value: String) -> String {
            "\"\(jsonEscaped(name))\":\"\(jsonEscaped(value))\""
        }
        var members = [
            member("time", time), member("flow", turn.flow), member("channel", turn.channel.rawValue),
            member("sid", turn.sid), "\"turn\":\(turn.turn)",
        ]
        if let state = turn.state { members.append(member("state", state)) }
        let fields = entry.fields.map { member($0.name, $0.value) }
        members.append("\"event\":{\(fields.joined(separator: ","))}")
        return Array("{\(members.joined(separator: ","))}\n".utf8)
    }

    private func append(_ line: [UInt8]) -> Bool {
        descriptor.withLock { descriptor in
            line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) == $0.count }
        }
    }
}
