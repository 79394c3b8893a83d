import NIOCore
import Synchronization

/// The open connections and the turns that wait for a fetch or a store: what must end before the server has stopped.
final class Connections: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var turns: [Int: Task<Void, Never>] = [:]
        var nextTurn = 0
        var isLeaving = false
        var isStopping = false
        var waiter: CheckedContinuation<Bool, Never>?

        var isEmpty: Bool { channels.isEmpty && turns.isEmpty }

        /// The waiter, if there is nothing more to wait for.
        mutating func takeWaiter() -> CheckedContinuation<Bool, Never>? {
            guard isEmpty else { return nil }
            defer { waiter = nil }
            return waiter
        }
    }

    private let limit: Int
    private let turnLimit: Int
    private let state = Mutex(State())

    /// - Parameter turnLimit: turns that wait at a time; one more isn't begun.
    init(limit: Int, turnLimit: Int) {
        self.limit = limit
        self.turnLimit = turnLimit
    }

    /// Whether no more requests are wanted.
    var isLeaving: Bool { state.withLock { $0.isLeaving } }

    /// Lets load balancers know before anything is refused.
    func leave() { state.withLock { $0.isLeaving = true } }

    /// - Returns: false if the connection isn't wanted.
    func add(_ channel: any Channel) -> Bool {
        state.withLock { state in
            guard !state.isStopping, state.channels.count < limit else { return false }
            state.channels[ObjectIdentifier(channel)] = channel
            return true
        }
    }

    func remove(_ channel: any Channel) {
        let waiter = state.withLock { state in
            state.channels[ObjectIdentifier(channel)] = nil
            return state.takeWaiter()
        }
        waiter?.resume(returning: true)
    }

    /// Starts a turn that must wait. It goes on when its connection ends: its work is done, and the provider may ask again.
    ///
    /// - Returns: false if too many wait already: then it isn't started.
    func start(_ turn: @escaping @Sendable () async -> Void) -> Bool {
        state.withLock { state in
            guard state.turns.count < turnLimit else { return false }
            let number = state.nextTurn
            state.nextTurn &+= 1
            state.turns[number] = Task {
                await turn()
                self.finish(number)
            }
            return true
        }
    }

    private func finish(_ number: Int) {
        let waiter = state.withLock { state in
            state.turns[number] = nil
            return state.takeWaiter()
        }
        waiter?.resume(returning: true)
    }

    /// Lets every connection end after the request that it is in.
    func quiesce() {
        let channels = state.withLock { state in
            state.isLeaving = true
            state.isStopping = true
            return Array(state.channels.values)
        }
        for channel in channels {
            channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
    }

    /// Ends every connection and cancels every turn.
    func abort() {
        let (channels, turns) = state.withLock { (Array($0.channels.values), Array($0.turns.values)) }
        for turn in turns { turn.cancel() }
        for channel in channels { channel.close(promise: nil) }
    }

    /// Waits no longer.
    func giveUp() {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: false)
    }

    /// Waits until nothing is left.
    ///
    /// - Returns: false if that was given up.
    func drained() async -> Bool {
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                if !state.isEmpty { state.waiter = continuation }
                return state.isEmpty
            }
            if isEmpty { continuation.resume(returning: true) }
        }
    }
}
