import ArgumentParser
import FlowRuntime
import FlowServer
import Foundation
import Logging

/// Where the journal is.
struct JournalOptions: ParsableArguments {
    @Option(help: "The store that `flowc serve` has: sqlite:PATH, redis://HOST:PORT or rediss://HOST:PORT.")
    var store = "sqlite:flowc.db"

    @Flag(help: "Show people's numbers as they are.")
    var showNumbers = false

    /// Opens the store for as long as `body` runs.
    func withJournal(
        _ body: (_ journal: any JournalStore, _ programs: any ProgramStore) async throws -> Void
    ) async throws {
        guard let address = StoreAddress(store), address.isDurable else {
            throw Failure(
                .wrongUsage, "--store: a journal is in sqlite:PATH, redis://HOST:PORT or rediss://HOST:PORT")
        }
        if case .sqlite(let path) = address, !FileManager.default.fileExists(atPath: path) {
            throw Failure(.noSuchFile, "no such file: \(path)")
        }
        let text = ProcessInfo.processInfo.environment["FLOWC_STORE_KEY"] ?? ""
        guard !text.isEmpty else {
            throw Failure(.unavailable, "FLOWC_STORE_KEY isn't set: the journal is sealed with it")
        }
        do {
            let opened = try OpenStore(address, keys: StoreKeys(text), logger: Logger(label: "flowc"))
            guard let journal = opened.journal, let programs = opened.programs else {
                throw Failure(.unavailable, "--store \(address.name) keeps no journal")
            }
            do {
                try await body(journal, programs)
            } catch {
                try? await opened.close()
                throw error
            }
            try await opened.close()
        } catch let failure as Failure {
            throw failure
        } catch let problem as StoreKeys.Problem {
            throw Failure(.unavailable, "FLOWC_STORE_KEY: \(problem)")
        } catch {
            throw Failure(.unavailable, "--store \(address.name): \(error)")
        }
    }
}

extension JournalStore {
    /// The entries of a conversation, opened.
    ///
    /// - Throws: `Failure` if a newer release wrote them.
    func recorded(_ conversation: [UInt8]) async throws -> [Replay.Recorded] {
        try await journal(of: conversation).map { line in
            guard let entry = JournalEntry(decoding: line.entry) else {
                throw Failure(.unavailable, "a newer release of flowc wrote this journal")
            }
            return Replay.Recorded(key: line.key, entry: entry)
        }
    }
}
