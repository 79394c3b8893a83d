import FlowProgram
import Synchronization
import Testing

@testable import FlowRuntime

/// Which program answers for whom while versions come and go.
@Suite struct DeploymentsTests {
    private func entry(_ flow: String, _ number: UInt8) -> Deployment.Entry {
        Deployment.Entry(program: program(flow), hash: [number], sourceMap: nil, config: [])
    }

    private func program(_ flow: String) -> Program {
        var builder = ProgramBuilder()
        builder.operations = [.log([])]
        return builder.program(flow: flow)
    }

    @Test func `new conversations begin on the present version, earlier ones find theirs`() {
        let deployments = Deployments(Deployment(entries: [entry("a", 1)]))
        deployments.change(to: Deployment(entries: [entry("a", 2)]))
        let flow = Array("a".utf8)
        #expect(deployments.entry(flow: flow, channel: .voice, hasBegun: false)?.hash == [2])
        #expect(deployments.entry(flow: flow, channel: .voice, hasBegun: true)?.hash == [2])
        #expect(deployments.entry(hash: [1])?.hash == [1])
        #expect(deployments.entry(hash: [3]) == nil)
    }

    @Test func `a flow that isn't deployed any more goes on for those who are in it`() {
        let deployments = Deployments(Deployment(entries: [entry("a", 1)]))
        deployments.change(to: Deployment(entries: [entry("b", 2)]))
        #expect(deployments.entry(flow: Array("a".utf8), channel: .voice, hasBegun: false) == nil)
        #expect(deployments.entry(flow: Array("a".utf8), channel: .voice, hasBegun: true)?.hash == [1])
    }

    @Test func `a program that nobody used for two days is given up`() {
        let deployments = Deployments(Deployment(entries: [entry("a", 1)]))
        let now = ContinuousClock.now
        deployments.change(to: Deployment(entries: [entry("a", 2)]), now: now)
        #expect(deployments.earlierPrograms(usedSince: now).map(\.hash) == [[1]])
        deployments.change(to: Deployment(entries: [entry("a", 3)]), now: now + .seconds(47 * 3_600))
        #expect(deployments.entry(hash: [1]) != nil)
        deployments.change(to: Deployment(entries: [entry("a", 2)]), now: now + .seconds(100 * 3_600))
        #expect(deployments.entry(hash: [1]) == nil)
        #expect(deployments.entry(hash: [2]) != nil)
    }

    @Test func `a program of another process is asked for once, and only under its own hash`() async throws {
        let asked = Counter()
        let known = entry("a", 7)
        let deployments = Deployments(Deployment(entries: [entry("a", 1)])) { hash in
            asked.add()
            return hash == [7] || hash == [8] ? known : nil
        }
        try await deployments.hold([1])
        #expect(asked.count == 0)
        try await deployments.hold([7])
        try await deployments.hold([7])
        #expect(asked.count == 1)
        #expect(deployments.entry(hash: [7])?.hash == [7])
        try await deployments.hold([8])
        #expect(deployments.entry(hash: [8]) == nil)
        try await deployments.hold([9])
        #expect(deployments.entry(hash: [9]) == nil)
    }
}

private final class Counter: Sendable {
    private let value = Mutex(0)

    var count: Int { value.withLock { $0 } }
    func add() { value.withLock { $0 += 1 } }
}
