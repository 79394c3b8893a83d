import Synchronization

/// Something to do with a store's connection, for somebody who waits for it.
struct Job<Context>: Sendable {
    private let body: @Sendable (inout Context) -> FinishedJob
    private let failed: @Sendable (any Error) -> Void

    init<Value: Sendable>(
        _ continuation: CheckedContinuation<Value, any Error>,
        _ body: @escaping @Sendable (inout Context) throws -> Value
    ) {
        failed = { continuation.resume(throwing: $0) }
        self.body = { context in
            do {
                let value = try body(&context)
                return FinishedJob(error: nil) { continuation.resume(returning: value) }
            } catch {
                return FinishedJob(error: error) { continuation.resume(throwing: error) }
            }
        }
    }

    /// Does it; nobody is told yet.
    func run(_ context: inout Context) -> FinishedJob { body(&context) }

    /// Tells that it can't be done.
    func fail(_ error: any Error) { failed(error) }
}

/// What came of a job. Either it or its job must tell, once.
struct FinishedJob: Sendable {
    let error: (any Error)?
    private let tell: @Sendable () -> Void

    init(error: (any Error)?, tell: @escaping @Sendable () -> Void) {
        self.error = error
        self.tell = tell
    }

    func finish() { tell() }
}

/// Jobs that wait to be done together. One taker at a time: whose job comes first while nobody takes any begins it.
final class JobQueue<Context>: Sendable {
    private struct State {
        var jobs: [Job<Context>] = []
        var isTaken = false
    }

    /// Beyond this the store doesn't keep up, and who waits longer is answered too late.
    private static var limit: Int { 16_384 }
    private let state = Mutex(State())

    /// - Returns: whether the caller must begin to take jobs. A job that finds too many others fails.
    func add(_ job: Job<Context>) -> Bool {
        let outcome: Bool? = state.withLock { state in
            guard state.jobs.count < Self.limit else { return nil }
            state.jobs.append(job)
            defer { state.isTaken = true }
            return !state.isTaken
        }
        guard let outcome else {
            job.fail(StoreFault.overloaded)
            return false
        }
        return outcome
    }

    /// The jobs that came first.
    func take(_ count: Int) -> [Job<Context>] {
        state.withLock { state in
            let taken = Array(state.jobs.prefix(count))
            state.jobs.removeFirst(taken.count)
            return taken
        }
    }

    /// - Returns: whether there was nothing more to take, so that the next who adds begins anew.
    func rest() -> Bool {
        state.withLock { state in
            if state.jobs.isEmpty { state.isTaken = false }
            return state.jobs.isEmpty
        }
    }
}
