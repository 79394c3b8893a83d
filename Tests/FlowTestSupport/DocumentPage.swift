/// A page of the documentation, as far as it can be run.
///
/// A fenced block below a line such as `` `hello.yaml`: `` is a file. In a block of the language `console` a line that
/// begins with `$ ` is a command, which goes on in the next line after a `\`; the lines below are what it prints. A line `…`
/// stands for any lines.
public struct DocumentPage: Sendable {
    private var parts: [Part] = []

    private enum Part: Sendable {
        case lines([Substring])
        case file(name: String, lines: [Substring])
        case command(lines: [Substring], output: [Substring])
    }

    public init(_ text: String) {
        var rest = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        var caption: String?
        while let line = rest.popFirst() {
            parts.append(.lines([line]))
            if line.hasPrefix("```"), line != "```" {
                let end = rest.firstIndex(of: "```") ?? rest.endIndex
                take(rest[..<end], fence: line, caption: caption)
                rest = rest[end...]
                if let close = rest.popFirst() { parts.append(.lines([close])) }
            }
            if !line.isEmpty { caption = fileName(line) }
        }
    }

    private mutating func take(_ lines: ArraySlice<Substring>, fence: Substring, caption: String?) {
        if fence == "```console" {
            takeCommands(lines)
        } else if let caption {
            parts.append(.file(name: caption, lines: Array(lines)))
        } else {
            parts.append(.lines(Array(lines)))
        }
    }

    private mutating func takeCommands(_ lines: ArraySlice<Substring>) {
        var rest = lines
        while let line = rest.popFirst() {
            guard line.hasPrefix("$ ") else {
                parts.append(.lines([line]))
                continue
            }
            var command = [line]
            while command.last?.last == "\\", let next = rest.popFirst() { command.append(next) }
            let end = rest.firstIndex { $0.hasPrefix("$ ") } ?? rest.endIndex
            parts.append(.command(lines: command, output: Array(rest[..<end])))
            rest = rest[end...]
        }
    }

    /// `` `hello.yaml`: ``
    private func fileName(_ line: Substring) -> String? {
        guard line.hasPrefix("`"), line.hasSuffix("`:") else { return nil }
        let name = line.dropFirst().dropLast(2)
        return name.contains("`") ? nil : String(name)
    }

    /// How many commands the page has.
    public var commandCount: Int {
        parts.count { if case .command = $0 { true } else { false } }
    }

    /// The page with what its commands print now. It is the page itself if all is as it says.
    public func played(in shell: CommandShell) throws -> String {
        var lines: [Substring] = []
        for part in parts {
            switch part {
            case .lines(let text): lines += text
            case .file(let name, let text):
                try shell.write(text.map { $0 + "\n" }.joined(), to: name)
                lines += text
            case .command(let command, let expected):
                let text = command.joined(separator: "\n").dropFirst(2)
                let output = try shell.run(String(text)).output
                let printed = output.split(separator: "\n", omittingEmptySubsequences: false)
                    .dropLast(output.hasSuffix("\n") || output.isEmpty ? 1 : 0)
                lines += command
                lines += matches(printed[...], expected[...]) ? expected : Array(printed)
            }
        }
        return lines.joined(separator: "\n")
    }

    private func matches(_ printed: ArraySlice<Substring>, _ expected: ArraySlice<Substring>) -> Bool {
        guard let wanted = expected.first else { return printed.isEmpty }
        if wanted == "…" {
            return (printed.startIndex...printed.endIndex).contains {
                matches(printed[$0...], expected.dropFirst())
            }
        }
        return printed.first == wanted && matches(printed.dropFirst(), expected.dropFirst())
    }
}
