import FlowLang
import FlowProgram
import FlowRuntime
import FlowServer
import UnixSignals

/// Compiles what is in a folder, again when a file changes or SIGHUP comes.
struct FolderSource: ProgramSource {
    let paths: [String]
    /// The file of `--config`; it is read again, too.
    let config: String?
    /// What else a deployment must fulfil.
    let check: @Sendable (Deployment) throws -> Void

    /// Diagnostics as lines of a log.
    private struct Refused: Error, CustomStringConvertible {
        var description: String
    }

    func load() async throws -> Deployment {
        do {
            let programs = try Compiler.programs(at: paths) { diagnostics, files in
                guard diagnostics.contains(where: { $0.severity == .error }) else { return }
                let renderer = DiagnosticRenderer(files: files, isColoured: false)
                let lines = diagnostics.map { renderer.render($0).prefix { $0 != "\n" } }
                throw Refused(description: lines.joined(separator: "\n"))
            }
            let deployment = try Deployment(programs, environment: Environment.load(file: config))
            try check(deployment)
            return deployment
        } catch let failure as Failure {
            throw Refused(description: failure.message)
        }
    }

    func entry(of program: ProgramFile.Entry) throws -> Deployment.Entry {
        let deployment = try Deployment([program], environment: Environment.load(file: config))
        guard let entry = deployment.entries.first else { throw Refused(description: "no program") }
        return entry
    }

    /// Looks once a second; a change counts once nothing has changed for another second, so that a folder is whole when it
    /// is read.
    func changes() -> AsyncStream<Void> {
        AsyncStream { continuation in
            let files = Task {
                var deployed = ProjectFiles.state(of: paths)
                var seen = deployed
                while !Task.isCancelled {
                    try? await Task.sleep(for: .seconds(1))
                    let state = ProjectFiles.state(of: paths)
                    if state == seen, state != deployed {
                        deployed = state
                        continuation.yield()
                    }
                    seen = state
                }
            }
            let signals = Task {
                for await _ in await UnixSignalsSequence(trapping: .sighup) { continuation.yield() }
            }
            continuation.onTermination = { _ in
                files.cancel()
                signals.cancel()
            }
        }
    }
}
