import Synchronization

/// Wakes who attends to rows that need somebody: outboxes, notices that were kept, claims that have ended, sessions of those who
/// waited.
final class Attention: Sendable {
    let wakes: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation
    private let left = Mutex<[LeftSide]>([])

    /// A `wait:` session beside a turn of a call.
    struct LeftSide {
        var call: SessionKey
        var turn: Int
        var side: SessionKey
    }

    init() {
        (wakes, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    func wake() { continuation.yield() }

    func leave(_ side: LeftSide) {
        left.withLock { if $0.count < Limits.leftSides { $0.append(side) } }
        wake()
    }

    func takeLeft() -> [LeftSide] {
        left.withLock { left in
            defer { left = [] }
            return left
        }
    }
}

extension Conversation {
    /// Attends to rows that are due, until it is cancelled: finishes turns whose process died, takes the notices that came
    /// during a turn, and sends what is in the outboxes. One task of each process runs it.
    public func attend() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    try? await Task.sleep(for: .milliseconds(Limits.attentionMilliseconds))
                    attention.wake()
                }
            }
            for await _ in attention.wakes { await attendDue() }
            group.cancelAll()
        }
    }

    /// Attends once to all rows that are due now.
    public func attendDue() async {
        for left in attention.takeLeft() { try? await close(left) }
        // What fails stays due: it is tried again the next time.
        var attended: Set<SessionKey> = []
        while let due = try? await store.due(limit: Limits.attendedRows), !Task.isCancelled {
            let keys = due.filter { attended.insert($0).inserted }
            guard !keys.isEmpty else { return }
            await withTaskGroup(of: Void.self) { group in
                for key in keys { group.addTask { await attend(to: key) } }
            }
        }
    }

    private func attend(to key: SessionKey) async {
        do {
            guard try await restingRow(key, until: .now) != nil else { return }
            try await deliver(key)
            // A message that was refused left a notice.
            _ = try await restingRow(key, until: .now)
        } catch {
            // It stays due.
        }
    }
}
