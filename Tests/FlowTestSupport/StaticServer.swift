public import Foundation

/// An nginx of a test's own that serves a folder, as static hosts do: GET only, types by the files' names. It ends when nobody holds it
/// any more, or with the process of the tests.
public final class StaticServer: @unchecked Sendable {
    private static let program = ["/usr/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"]
        .map { $0 + "/nginx" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    /// In CI a test that can't run has failed; elsewhere it is skipped with `reason`.
    public static let isWanted = program != nil || ProcessInfo.processInfo.environment["CI"] != nil
    public static let reason = "nginx isn't installed: make setup"

    public let port: Int
    private let prefix: URL
    private let process = Process()
    private let input = Pipe()

    public struct NotStarted: Error, CustomStringConvertible {
        public let description: String
    }

    /// - Parameter folder: may belong to the user alone.
    public init(_ folder: URL) throws {
        guard let program = Self.program else { throw NotStarted(description: Self.reason) }
        port = try freePort()
        prefix = FileManager.default.temporaryDirectory.appendingPathComponent(
            "flowc-nginx-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: prefix, withIntermediateDirectories: true)
        try Data(Self.configuration(port, folder).utf8).write(to: prefix.appendingPathComponent("nginx.conf"))
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        // The shell lives as long as the pipe from here: then it takes the server with it.
        process.arguments = [
            "-c",
            "\"$0\" -p \"$1\" -c nginx.conf -e error.log > log 2>&1 & server=$!; cat > /dev/null; kill -9 $server 2> /dev/null",
            program, prefix.path + "/",
        ]
        process.currentDirectoryURL = prefix
        process.standardInput = input
        try process.run()
        for _ in 0..<500 {
            if FileManager.default.fileExists(atPath: prefix.appendingPathComponent("nginx.pid").path) {
                return
            }
            Thread.sleep(forTimeInterval: 0.02)
        }
        throw NotStarted(description: "nginx doesn't start: \(log)")
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: prefix)
    }

    /// What it said of itself.
    public var log: String {
        ["log", "error.log"].compactMap {
            try? String(contentsOf: prefix.appendingPathComponent($0), encoding: .utf8)
        }.joined()
    }

    /// One process, with everything that it writes beside its configuration. As root it stays root: the folder is the tests' own.
    private static func configuration(_ port: Int, _ folder: URL) -> String {
        """
        \(getuid() == 0 ? "user root;" : "")
        daemon off;
        master_process off;
        pid nginx.pid;
        events {}
        http {
          access_log off;
          client_body_temp_path temp;
          proxy_temp_path temp;
          fastcgi_temp_path temp;
          scgi_temp_path temp;
          uwsgi_temp_path temp;
          types { text/xml xml; }
          default_type application/octet-stream;
          server {
            listen 127.0.0.1:\(port);
            root "\(folder.path)";
          }
        }

        """
    }
}
