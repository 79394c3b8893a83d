import FlowRuntime

/// Canned answers to fetches, from a file.
enum Fetches {
    static func load(_ path: String) throws -> CannedFetcher {
        let bytes = try ProjectFiles.bytes(of: path)
        do {
            return try CannedFetcher(json: bytes)
        } catch {
            throw Failure(.problems, "\(path): \(error)")
        }
    }
}

/// What a conversation without `--fetches` gets in `talk`: nothing answers.
struct NoFetcher: Fetcher {
    func fetch(_ request: FetchRequest) async -> FetchAnswer { .failure(.unreachable) }
}
