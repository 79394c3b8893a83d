public import FlowProgram
public import FlowRuntime

/// Where a server's programs come from: flowc compiles a folder, an embedder may have them elsewhere.
public protocol ProgramSource: Sendable {
    /// The programs as they are now, with their settings.
    ///
    /// - Throws: if they can't be deployed; the error's description says why, one line for each problem.
    func load() async throws -> Deployment
    /// A program of an earlier deployment with the settings that hold now, for a session that began with it.
    ///
    /// - Throws: if a setting that it needs is gone.
    func entry(of program: ProgramFile.Entry) throws -> Deployment.Entry
    /// An element each time that `load` may give something else. Ends when its task is cancelled.
    func changes() -> AsyncStream<Void>
}
