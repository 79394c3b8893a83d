import FlowProgram
import FlowRuntime
import FlowServer
import Foundation
import Logging

/// Where `serve` keeps sessions.
extension ServeCommand {
    /// While developing, and in a demonstration, nothing is left behind.
    func storeAddress() throws -> StoreAddress {
        guard let store else {
            return insecure || at != nil ? .memory : .sqlite(path: "flowc.db")
        }
        guard let address = StoreAddress(store) else {
            // A password in it isn't for a terminal.
            let shown = store.contains("@") ? "redis URL" : "--store '\(store)'"
            throw Failure(
                .wrongUsage,
                "unknown \(shown); there is memory, sqlite:PATH, redis://HOST:PORT and rediss://HOST:PORT")
        }
        return address
    }

    func storeKeys(_ environment: [String: String]) throws -> StoreKeys? {
        guard let text = environment["FLOWC_STORE_KEY"], !text.isEmpty else { return nil }
        do {
            return try StoreKeys(text)
        } catch {
            throw Failure(.unavailable, "FLOWC_STORE_KEY: \(error)")
        }
    }

    /// What nobody may read isn't put where anybody who has the file or the network can.
    static func checkSecrets(of deployment: Deployment, in address: StoreAddress, keys: StoreKeys?) throws {
        guard address.isDurable, keys == nil else { return }
        for entry in deployment.entries {
            guard let name = entry.secretVariable else { continue }
            throw Failure(
                .unavailable,
                "flow '\(entry.program.flow)' keeps a secret ('\(name)'), which --store \(address.name) would hold "
                    + "readable; set FLOWC_STORE_KEY to what `openssl rand -base64 32` prints")
        }
    }

    func openStore(
        _ address: StoreAddress, keys: StoreKeys?, clock: any WallClock, logger: Logger
    ) throws -> OpenStore {
        let store: OpenStore
        do {
            store = try OpenStore(address, keys: keys, clock: clock, logger: logger)
        } catch {
            throw Failure(.unavailable, "--store \(address.name): \(error)")
        }
        if address.isDurable, keys == nil {
            logger.warning(
                "what callers say is readable in the store; set FLOWC_STORE_KEY to what `openssl rand -base64 32` prints"
            )
        }
        return store
    }
}

extension ServeCommand {
    /// Seconds; nil: no journal is kept.
    func journalLifetime(_ store: OpenStore) throws -> Int? {
        guard store.journal != nil else {
            guard (journal ?? 0) == 0 else {
                throw Failure(
                    .unavailable, "--journal needs a durable store and FLOWC_STORE_KEY, which seals it")
            }
            return nil
        }
        let days = journal ?? 7
        return days == 0 ? nil : days * 86_400
    }
}

extension StoreAddress {
    /// Without a password.
    var name: String {
        switch self {
        case .memory: "memory"
        case .sqlite(let path): "sqlite:\(path)"
        case .redis(let url):
            (url.usesTLS ? "rediss://" : "redis://")
                + url.nodes.map { "\($0.host):\($0.port)" }.joined(separator: ",")
        }
    }
}
