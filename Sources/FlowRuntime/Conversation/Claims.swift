import Synchronization

/// Who is answering for which session in this process: one request at a time for a key (turn.md rule 6). Between the processes
/// of a fleet the row's revision decides, and its claim while there are fetches.
final class Claims: Sendable {
    private struct Waiter {
        var number: UInt64
        var continuation: CheckedContinuation<Bool, Never>
    }

    private struct Claim {
        /// First come, first served.
        var waiters: [Waiter] = []
    }

    private struct Table: ~Copyable {
        var claims: [SessionKey: Claim] = [:]
        var lastWaiter: UInt64 = 0
    }

    private let table = Mutex(Table())

    /// Takes the claim if nobody has it.
    func takeNow(_ key: SessionKey) -> Bool {
        table.withLock { table in
            guard let present = table.claims.updateValue(Claim(), forKey: key) else { return true }
            table.claims[key] = present
            return false
        }
    }

    /// Takes the claim when it is free; false if that takes longer than `patience`, or the task is cancelled.
    func take(_ key: SessionKey, patience: Duration) async -> Bool {
        if takeNow(key) { return true }
        guard patience > .zero else { return false }
        let number = table.withLock { table in
            table.lastWaiter &+= 1
            return table.lastWaiter
        }
        return await withTaskGroup(of: Void.self, returning: Bool.self) { group in
            group.addTask {
                try? await Task.sleep(for: patience)
                self.giveUp(key, number)
            }
            let isTaken = await withTaskCancellationHandler {
                await withCheckedContinuation { self.wait(for: key, number, $0) }
            } onCancel: {
                self.giveUp(key, number)
            }
            group.cancelAll()
            return isTaken
        }
    }

    /// Ends the claim, or hands it to the next who waits.
    func release(_ key: SessionKey) {
        let next = table.withLock { table -> Waiter? in
            guard var claim = table.claims.removeValue(forKey: key), !claim.waiters.isEmpty else {
                return nil
            }
            let waiter = claim.waiters.removeFirst()
            table.claims[key] = claim
            return waiter
        }
        next?.continuation.resume(returning: true)
    }

    func holds(_ key: SessionKey) -> Bool { table.withLock { $0.claims[key] != nil } }

    private func wait(
        for key: SessionKey, _ number: UInt64, _ continuation: CheckedContinuation<Bool, Never>
    ) {
        let isFree = table.withLock { table in
            guard table.claims[key] != nil else {
                table.claims[key] = Claim()
                return true
            }
            table.claims[key]?.waiters.append(Waiter(number: number, continuation: continuation))
            return false
        }
        if isFree {
            continuation.resume(returning: true)
        } else if Task.isCancelled {
            giveUp(key, number)
        }
    }

    private func giveUp(_ key: SessionKey, _ number: UInt64) {
        let waiter = table.withLock { table -> Waiter? in
            guard let index = table.claims[key]?.waiters.firstIndex(where: { $0.number == number }) else {
                return nil
            }
            return table.claims[key]?.waiters.remove(at: index)
        }
        waiter?.continuation.resume(returning: false)
    }
}
