import FlowProgram
import Synchronization

/// The deployment that answers, while new versions come: new conversations begin on the present one, others end on the program
/// that they began with (turn.md rule 15).
public final class Deployments: Sendable {
    /// Finds a program by its hash where no process holds it any more; nil if it is gone.
    public typealias Earlier = @Sendable (_ hash: [UInt8]) async throws -> Deployment.Entry?

    private struct State {
        var present: Deployment
        var earlier: [[UInt8]: Held] = [:]
    }

    private struct Held {
        var entry: Deployment.Entry
        var lastUsed: ContinuousClock.Instant
    }

    private let state: Mutex<State>
    private let earlier: Earlier

    /// - Parameter earlier: is asked for the program of a session that was begun before this process, or by another.
    public init(_ deployment: Deployment, earlier: @escaping Earlier = { _ in nil }) {
        state = Mutex(State(present: deployment))
        self.earlier = earlier
    }

    /// What new conversations begin with.
    public var present: Deployment { state.withLock { $0.present } }

    /// Lets new conversations begin with another deployment. The programs of the one before are held as long as sessions may
    /// need them.
    public func change(to deployment: Deployment, now: ContinuousClock.Instant = .now) {
        state.withLock { state in
            for entry in state.present.entries {
                state.earlier[entry.hash] = Held(entry: entry, lastUsed: now)
            }
            state.present = deployment
            // What is deployed again is the present one's.
            for entry in deployment.entries { state.earlier[entry.hash] = nil }
            state.earlier = state.earlier.filter {
                now - $0.value.lastUsed < .seconds(Limits.unusedProgramSeconds)
            }
        }
    }

    /// The programs of earlier deployments that a session asked for since an instant.
    public func earlierPrograms(usedSince instant: ContinuousClock.Instant) -> [Deployment.Entry] {
        state.withLock { state in
            state.earlier.values.filter { $0.lastUsed >= instant }.map(\.entry)
                .sorted { $0.hash.lexicographicallyPrecedes($1.hash) }
        }
    }

    /// The program of a flow, or, for a conversation that has begun, the one of a flow that isn't deployed any more.
    func entry(flow: [UInt8], channel: Channel, hasBegun: Bool) -> Deployment.Entry? {
        state.withLock { state in
            if let entry = state.present.entry(flow: flow, channel: channel) { return entry }
            guard hasBegun, !state.earlier.isEmpty else { return nil }
            return Deployment(entries: state.earlier.values.sorted { $0.lastUsed > $1.lastUsed }.map(\.entry))
                .entry(flow: flow, channel: channel)
        }
    }

    /// The program that a session began with, if this process holds it.
    func entry(hash: [UInt8]) -> Deployment.Entry? {
        state.withLock { state in
            if let entry = state.present.entry(hash: hash) { return entry }
            guard let held = state.earlier[hash] else { return nil }
            state.earlier[hash]?.lastUsed = .now
            return held.entry
        }
    }

    /// Sees to it that `entry(hash:)` finds a program, if anybody has it.
    func hold(_ hash: [UInt8]) async throws {
        guard entry(hash: hash) == nil, let entry = try await earlier(hash), entry.hash == hash else {
            return
        }
        state.withLock { $0.earlier[hash] = Held(entry: entry, lastUsed: .now) }
    }
}
