#if Redis
    import Logging
    import NIOCore
    import NIOPosix
    import Synchronization

    /// Sends commands to the node that has their keys. One server is a cluster in which nothing ever moved: who has what is
    /// asked for once a node says `MOVED`.
    final class RedisCluster: Sendable {
        private struct State {
            var nodes: [RedisURL.Node: RedisNode] = [:]
            /// Who has the slots from a number on, ascending; empty until a node said `MOVED`.
            var ranges: [(first: Int, last: Int, node: RedisURL.Node)] = []
            /// Slots that moved since.
            var moved: [Int: RedisURL.Node] = [:]
            /// The one of `seeds` that answers for everything while there are no ranges.
            var seed = 0
            var isAsking = false
        }

        private static let redirections = 5
        private let seeds: [RedisURL.Node]
        private let access: RedisAccess
        private let group: any EventLoopGroup
        private let logger: Logger
        private let state = Mutex(State())

        init(_ url: RedisURL, on group: any EventLoopGroup, logger: Logger) throws(StoreFault) {
            seeds = url.nodes
            access = try RedisAccess(url)
            self.group = group
            self.logger = logger
        }

        /// Runs a command on the node that has a slot.
        ///
        /// - Throws: `StoreFault`; a reply that is an error is one, `NOSCRIPT` aside.
        func run(_ command: RedisCommand, slot: Int, until deadline: NIODeadline) async throws -> RedisReply {
            var target = target(of: slot)
            var isAsking = false
            for _ in 0...Self.redirections {
                let reply = try await send(
                    isAsking ? [asking, command] : [command], to: target, until: deadline)
                guard case .error(let words) = reply, !words.hasPrefix("NOSCRIPT") else { return reply }
                if let (slot, node) = redirection(words, "MOVED ", from: target) {
                    state.withLock { $0.moved[slot] = node }
                    askForSlots(from: node)
                    (target, isAsking) = (node, false)
                } else if let (_, node) = redirection(words, "ASK ", from: target) {
                    (target, isAsking) = (node, true)
                } else {
                    if words.hasPrefix("READONLY") || words.hasPrefix("CLUSTERDOWN") {
                        askForSlots(from: nil)
                    }
                    throw StoreFault.refused(words)
                }
            }
            throw StoreFault.unavailable("the cluster redirects without end")
        }

        /// Runs a script by its name, or with its source where the node doesn't know it yet.
        func run(
            _ script: RedisScript, keys: [[UInt8]], arguments: [[UInt8]], slot: Int,
            until deadline: NIODeadline
        ) async throws -> RedisReply {
            let reply = try await run(
                script.command(keys: keys, arguments: arguments), slot: slot, until: deadline)
            guard case .error = reply else { return reply }
            let whole = script.command(keys: keys, arguments: arguments, withSource: true)
            let second = try await run(whole, slot: slot, until: deadline)
            if case .error(let words) = second { throw StoreFault.refused(words) }
            return second
        }

        func close() async {
            let nodes = state.withLock { Array($0.nodes.values) }
            for node in nodes { await node.close() }
        }

        private func send(
            _ commands: [RedisCommand], to target: RedisURL.Node, until deadline: NIODeadline
        ) async throws -> RedisReply {
            do {
                let replies = try await node(target).send(commands, until: deadline)
                return replies.last ?? .none
            } catch {
                // A cluster may have given the slots to another node; one server may have another address.
                let isCluster = state.withLock { state in
                    if state.ranges.isEmpty { state.seed = (state.seed + 1) % max(1, seeds.count) }
                    return !state.ranges.isEmpty
                }
                if isCluster { askForSlots(from: nil) }
                throw error
            }
        }

        private func node(_ address: RedisURL.Node) -> RedisNode {
            state.withLock { state in
                if let node = state.nodes[address] { return node }
                let node = RedisNode(address, access: access, on: group.next(), logger: logger)
                state.nodes[address] = node
                return node
            }
        }

        private func target(of slot: Int) -> RedisURL.Node {
            state.withLock { state in
                if let node = state.moved[slot] { return node }
                if let range = state.ranges.first(where: { $0.first <= slot && slot <= $0.last }) {
                    return range.node
                }
                return seeds[state.seed % seeds.count]
            }
        }
    }

    private let asking: RedisCommand = [Array("ASKING".utf8)]

    /// `MOVED 3999 127.0.0.1:6381`; without a host, that of the node that said it.
    private func redirection(
        _ words: String, _ start: String, from node: RedisURL.Node
    ) -> (slot: Int, node: RedisURL.Node)? {
        guard words.hasPrefix(start) else { return nil }
        let parts = words.split(separator: " ")
        guard parts.count == 3, let slot = Int(parts[1]), (0..<16_384).contains(slot),
            let colon = parts[2].lastIndex(of: ":"), let port = Int(parts[2][colon...].dropFirst()),
            (1...65_535).contains(port)
        else { return nil }
        let host = String(parts[2][..<colon])
        return (slot, RedisURL.Node(host: host.isEmpty ? node.host : host, port: port))
    }

    // MARK: Who has what

    extension RedisCluster {
        /// Asks in the background, one at a time: the node that knows best first, then each other.
        private func askForSlots(from best: RedisURL.Node?) {
            let known: [RedisURL.Node]? = state.withLock { state in
                guard !state.isAsking else { return nil }
                state.isAsking = true
                let others = state.nodes.keys.sorted { ($0.host, $0.port) < ($1.host, $1.port) }
                return (best.map { [$0] } ?? []) + others + seeds
            }
            guard let known else { return }
            Task {
                var asked: Set<RedisURL.Node> = []
                for node in known where asked.insert(node).inserted {
                    if let ranges = await slots(of: node) {
                        state.withLock { state in
                            state.ranges = ranges
                            state.moved = [:]
                        }
                        break
                    }
                }
                // Not again at once, however many redirections come.
                try? await Task.sleep(for: .milliseconds(200))
                state.withLock { $0.isAsking = false }
            }
        }

        private func slots(
            of address: RedisURL.Node
        ) async -> [(first: Int, last: Int, node: RedisURL.Node)]? {
            let command: RedisCommand = [Array("CLUSTER".utf8), Array("SLOTS".utf8)]
            guard
                let replies = try? await node(address).send([command], until: .now() + .seconds(1)),
                case .list(let rows)? = replies.first
            else { return nil }
            var ranges: [(first: Int, last: Int, node: RedisURL.Node)] = []
            for case .list(let row) in rows {
                guard row.count >= 3, case .integer(let first) = row[0], case .integer(let last) = row[1],
                    case .list(let master) = row[2], master.count >= 2, case .integer(let port) = master[1],
                    (1...65_535).contains(port), (0..<16_384).contains(first), (0..<16_384).contains(last)
                else { return nil }
                let host = master[0].text.flatMap { $0.isEmpty ? nil : $0 } ?? address.host
                ranges.append((Int(first), Int(last), RedisURL.Node(host: host, port: Int(port))))
            }
            return ranges.isEmpty ? nil : ranges
        }
    }
#endif
