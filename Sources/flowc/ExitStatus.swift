import ArgumentParser

/// What a command's exit says; few, documented in docs/running.md.
enum ExitStatus: Int32 {
    case clean = 0
    /// Problems in flows.
    case problems = 1
    /// The words of the command line are wrong.
    case wrongUsage = 64
    case noSuchFile = 66
    /// Something that is needed isn't there: a config value, a port, a store.
    case unavailable = 69

    var exitCode: ExitCode { ExitCode(rawValue) }
}

/// One clear line and an exit status.
struct Failure: Error {
    var status: ExitStatus
    var message: String

    init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }
}
