import FlowRuntime
import FlowServer
import Logging

/// What answers the fetches of a command: a file of canned answers, or the network.
enum CommandFetcher: Fetcher {
    case canned(CannedFetcher)
    case network(HTTPFetcher)

    /// - Throws: `Failure` if the file can't be used.
    init(file: String?, privateHosts: PrivateHosts, logger: Logger) throws {
        guard let file else {
            self = .network(HTTPFetcher(logger: logger, privateHosts: privateHosts))
            return
        }
        let bytes = try ProjectFiles.bytes(of: file)
        do {
            self = .canned(try CannedFetcher(json: bytes))
        } catch {
            throw Failure(.problems, "\(file): \(error)")
        }
    }

    func fetch(_ request: FetchRequest) async -> FetchAnswer {
        switch self {
        case .canned(let fetcher): await fetcher.fetch(request)
        case .network(let fetcher): await fetcher.fetch(request)
        }
    }

    /// Ends the network's connections.
    func shutdown() async throws {
        if case .network(let fetcher) = self { try await fetcher.shutdown() }
    }
}
