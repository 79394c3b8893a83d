import Foundation

/// The terminal: results on standard output, diagnostics on standard error, colour only where somebody sees it.
enum Console {
    static func print(_ text: String) {
        write(text + "\n", to: .standardOutput)
    }

    static func printError(_ text: String) {
        write(text + "\n", to: .standardError)
    }

    static func write(_ text: String, to handle: FileHandle) {
        write(Array(text.utf8), to: handle)
    }

    static func write(_ bytes: [UInt8], to handle: FileHandle) {
        try? handle.write(contentsOf: Data(bytes))
    }

    /// Never under `NO_COLOR`, never into a pipe.
    static var showsColor: Bool {
        ProcessInfo.processInfo.environment["NO_COLOR"] == nil && isatty(STDERR_FILENO) == 1
    }

    static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 }
}
