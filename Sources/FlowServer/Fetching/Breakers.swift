import Synchronization

/// Spares a host that doesn't answer, and the callers who would wait for it: after some failures in a row it isn't asked for a
/// while, then one fetch tries it.
final class Breakers: Sendable {
    private struct Breaker {
        var failures = 0
        /// Nobody asks until then.
        var opens: ContinuousClock.Instant?
    }

    /// Failures in a row that are too many.
    static let failures = 5
    /// Hosts that are remembered; only those that failed are.
    private static let hosts = 1_024
    private let rest: Duration
    private let breakers = Mutex<[String: Breaker]>([:])

    init(rest: Duration = .seconds(10)) { self.rest = rest }

    /// Whether a host may be asked now. After a rest one fetch may; the others wait for what comes of it.
    func admits(_ host: String, now: ContinuousClock.Instant = .now) -> Bool {
        breakers.withLock { breakers in
            guard let opens = breakers[host]?.opens else { return true }
            guard opens <= now else { return false }
            breakers[host]?.opens = now + rest
            return true
        }
    }

    /// What came of asking a host.
    func record(_ host: String, isFailure: Bool, now: ContinuousClock.Instant = .now) {
        breakers.withLock { breakers in
            guard isFailure else {
                breakers[host] = nil
                return
            }
            if breakers.count >= Self.hosts, breakers[host] == nil {
                breakers = breakers.filter { $0.value.opens != nil }
                guard breakers.count < Self.hosts else { return }
            }
            breakers[host, default: Breaker()].failures += 1
            if breakers[host, default: Breaker()].failures >= Self.failures {
                breakers[host]?.opens = now + rest
            }
        }
    }
}
