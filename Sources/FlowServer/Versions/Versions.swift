public import FlowRuntime
import FlowProgram
import Foundation
public import Logging
public import ServiceLifecycle
import Synchronization

/// Deploys new versions of the flows while calls go on, and keeps each version where every process of a fleet, and a restarted
/// one, finds it.
public final class Versions: Service {
    /// Seconds that a program is kept after it was last touched, at least.
    private static let leastLifetime = 48 * 3_600
    /// A program isn't touched again before.
    private static let touchInterval = Duration.seconds(3_600)
    /// How soon it is looked whether something must be kept or touched; what failed is tried again then.
    private static let lookInterval = Duration.seconds(5)

    /// For conversations.
    public let deployments: Deployments
    private let source: any ProgramSource
    private let programs: (any ProgramStore)?
    private let lifetime: Int
    private let logger: Logger
    private let touched = Mutex<[[UInt8]: ContinuousClock.Instant]>([:])

    /// - Parameters:
    ///   - deployment: what `source` gave first.
    ///   - programs: where versions are kept; nil if sessions don't outlive this process.
    ///   - journalLifetime: seconds that conversations are kept for replay, and so their versions; nil if they aren't.
    public init(
        _ deployment: Deployment, from source: any ProgramSource, keptIn programs: (any ProgramStore)?,
        journalLifetime: Int? = nil, logger: Logger
    ) {
        self.source = source
        self.programs = programs
        lifetime = max(Self.leastLifetime, journalLifetime ?? 0)
        self.logger = logger
        deployments = Deployments(deployment) { hash in
            guard let bytes = try await programs?.program(hash),
                let program = try? ProgramFile(data: Data(bytes)).programs.first,
                program.program.contentHash == hash
            else { return nil }
            do {
                return try source.entry(of: program)
            } catch {
                logger.error(
                    "an earlier version can't go on",
                    metadata: ["flow": "\(program.program.flow)", "reason": "\(error)"])
                return nil
            }
        }
    }

    /// Keeps what answers, and changes it when the source does, until graceful shutdown.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    while !Task.isCancelled {
                        await self.keep()
                        try? await Task.sleep(for: Self.lookInterval)
                    }
                }
                for await _ in self.source.changes() { await self.change() }
                group.cancelAll()
            }
        }
    }

    /// Deploys what the source has now. If it can't be deployed, what is there stays.
    public func change() async {
        let deployment: Deployment
        do {
            deployment = try await source.load()
        } catch {
            for line in "\(error)".split(separator: "\n") {
                logger.error("new version refused", metadata: ["reason": "\(line)"])
            }
            return
        }
        let present = deployments.present
        guard !deployment.isSame(as: present) else { return }
        deployments.change(to: deployment)
        let known = Set(present.entries.map(\.hash))
        for entry in deployment.entries where !known.contains(entry.hash) {
            logger.notice(
                "new version",
                metadata: [
                    "flow": "\(entry.program.flow)", "channel": "\(entry.program.channel.rawValue)",
                    "hash":
                        "\(entry.hash.prefix(6).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())",
                ])
        }
        await keep()
    }

    /// Keeps programs that sessions may name: those that answer, and earlier ones that somebody asked for. Each is written
    /// once, and touched once an hour.
    public func keep() async {
        guard let programs else { return }
        let now = ContinuousClock.now
        let used = deployments.earlierPrograms(usedSince: now - Self.touchInterval)
        let due = touched.withLock { touched in
            touched = touched.filter { now - $0.value < Self.touchInterval }
            return (deployments.present.entries + used).filter { touched[$0.hash] == nil }
        }
        for entry in due {
            do {
                if try await !programs.touch(entry.hash, lifetime: lifetime) {
                    let file = ProgramFile(programs: [entry.file])
                    try await programs.keep(Array(file.data()), hash: entry.hash, lifetime: lifetime)
                }
                touched.withLock { $0[entry.hash] = now }
            } catch {
                logger.warning("a version isn't kept yet", metadata: ["reason": "\(error)"])
                return
            }
        }
    }
}
