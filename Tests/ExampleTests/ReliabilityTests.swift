import FlowTestSupport
import Foundation
import Testing

/// The scripts of `Scripts/reliability`, each for a few seconds, beside each other. How long answers may take isn't judged here as strictly
/// as by the scripts alone; what is answered, stored and logged is.
@Suite("Reliability scripts", .timeLimit(.minutes(5)))
struct ReliabilityTests {
    private static let scripts = [
        "duplicates --calls 15 --at-once 4", "duplicates --store sqlite --calls 15 --at-once 4",
        "kill --kills 3 --calls 10", "slow-clients --connections 40 --calls 3 --longest 5",
        "secrets --calls 12 --at-once 3", "versions --seconds 7 --every 2 --calls 8",
        "versions --store sqlite --seconds 7 --every 2 --calls 8",
        "load --store sqlite --calls 60 --rate 60 --seconds 2 --flood-seconds 2 --connections 100 --p99 2",
    ]

    private static let redisScripts = [
        "outage --seconds 1 --rest 2.5 --calls 12", "secrets --store redis --calls 12 --at-once 3",
        "kill --store redis --kills 2 --calls 10",
    ]

    @Test("A short run of each finds nothing")
    func scripts() throws {
        if !RedisServer.isWanted { print("skipped for redis: \(RedisServer.reason)") }
        let shell = try CommandShell(environment: ["FLOWC": Repository.products.path + "/flowc"])
        defer { shell.remove() }
        let folder = Repository.file("Scripts/reliability").url.path
        let running = try (Self.scripts + (RedisServer.isWanted ? Self.redisScripts : [])).map { words in
            (words, try shell.start("exec python3 \(folder)/\(words)"))
        }
        for (words, command) in running {
            #expect(command.wait() == 0, "\(words): \(command.output)")
        }
    }
}
