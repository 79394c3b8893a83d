import Foundation

/// Where a flow's config comes from: the environment, and a file of `NAME=value` lines that goes before it.
enum Environment {
    static func load(file: String?) throws -> [String: String] {
        var environment = ProcessInfo.processInfo.environment
        guard let file else { return environment }
        let text = String(decoding: try ProjectFiles.bytes(of: file), as: UTF8.self)
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            guard let equals = line.firstIndex(of: "="), equals > line.startIndex else {
                throw Failure(.wrongUsage, "\(file):\(index + 1): not a line like SALES_NUMBER=+15555550111")
            }
            let name = line[..<equals].trimmingCharacters(in: .whitespaces)
            environment[name.uppercased()] = unquoted(
                line[line.index(after: equals)...].trimmingCharacters(in: .whitespaces))
        }
        return environment
    }

    private static func unquoted(_ value: String) -> String {
        for quote in ["\"", "'"] where value.count >= 2 && value.hasPrefix(quote) && value.hasSuffix(quote) {
            return String(value.dropFirst().dropLast())
        }
        return value
    }
}
