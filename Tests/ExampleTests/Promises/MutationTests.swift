import FlowCompiler
import FlowLang
import FlowTestSupport
import Testing

/// Good flows, broken by one edit: each is found.
@Suite("Mutations")
struct MutationTests {
    static let flows =
        Repository.files(in: "flows", ending: ".yaml")
        + Repository.files(in: "Tests/Corpus/accepted", ending: ".yaml")

    @Test("A flow broken by one edit isn't accepted")
    func edits() {
        var made: [String: Int] = [:]
        for file in Self.flows {
            let text = String(decoding: file.bytes, as: UTF8.self)
            guard isSound(text), !text.contains("&") else { continue }
            for mutation in Mutation.all {
                for edited in mutation.edits(text) {
                    made[mutation.name, default: 0] += 1
                    let found = Promise.compilation(of: edited.text)
                    let codes = Set(found.diagnostics.filter { $0.severity == .error }.map(\.code))
                    if codes.isDisjoint(with: mutation.codes) {
                        Issue.record(
                            "\(file.name): \(mutation.name) at line \(edited.line) wasn't found: \(codes)")
                    }
                }
            }
        }
        let rare = Mutation.all.map(\.name).filter { made[$0] == nil }
        #expect(rare == [], "made: \(made.sorted { $0.key < $1.key })")
    }

    /// Alone, without the flows that it runs.
    private func isSound(_ text: String) -> Bool { !Promise.compilation(of: text).programs.isEmpty }

    @Test(
        "A counter whose guard reads another name is found",
        arguments: [
            ("tries", "trys", DiagnosticCode.unknownName), ("tries", "other", .silentLoop),
            ("tries", "never", .silentLoop),
        ])
    func counters(_ counted: String, _ guarded: String, _ code: DiagnosticCode) {
        func flow(_ name: String) -> String {
            """
            flow: counter
            channel: voice
            vars:
              tries: {type: integer, initial: 0}
              other: {type: integer, initial: 0}
              never: {type: integer, initial: 0}
            states:
              start:
                - menu: Press 1.
                  choices: {1: out}
                  attempts: 1
                  otherwise: failed
              failed:
                - set: {\(counted): "${\(counted) + 1}"}
                - if: \(name) >= 3
                  then: out
                - goto: start
              out:
                - log: {other: "${other}", never: "${never}", tries: "${tries}"}
                - hangup

            """
        }
        #expect(Promise.compilation(of: flow(counted)).diagnostics.filter { $0.severity == .error } == [])
        let found = Promise.compilation(of: flow(guarded)).diagnostics
        #expect(found.contains { $0.code == code }, "\(found.map(\.headline))")
    }
}

/// An edit that breaks a flow wherever it applies.
private struct Mutation {
    var name: String
    /// One of these is found.
    var codes: Set<DiagnosticCode>
    /// The lines of a flow without or with something, or nil where it doesn't apply.
    var change: @Sendable (_ lines: [String], _ line: Int) -> [String]?

    func edits(_ text: String) -> [(text: String, line: Int)] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return lines.indices.compactMap { index in
            change(lines, index).map { ($0.joined(separator: "\n"), index + 1) }
        }
    }

    static let all: [Mutation] = [
        Mutation(name: "drop the last way", codes: [.missingOtherwise, .unhandledOutcome]) { lines, line in
            guard let verb = verb(of: lines, line), ["menu", "ask", "gather", "record"].contains(verb),
                lines[line].trimmed.hasPrefix("otherwise: "), !lines.hasDefault("otherwise")
            else { return nil }
            return lines.without(line)
        },
        Mutation(name: "drop what says how a number begins", codes: [.unsafeNumber]) { lines, line in
            guard lines[line].trimmed.hasPrefix("allow: "), lines.contains("params:"),
                !lines.hasDefault("allow"), verb(of: lines, line) == "dial",
                lines[..<line].last(where: { $0.contains("dial:") })?.contains("config") == false
            else { return nil }
            return lines.without(line)
        },
        Mutation(name: "lead to a state that isn't there", codes: [.unknownState]) { lines, line in
            guard let start = lines[line].firstRange(of: "goto: ") else { return nil }
            return lines.with(line, lines[line][..<start.upperBound] + "no-such-state-at-all")
        },
        Mutation(name: "run off the end", codes: [.missingEnd, .silentLoop, .deadEnd]) { lines, line in
            let isLast = line + 1 == lines.count || lines[line + 1].indent < lines[line].indent
            guard ["- hangup", "- end"].contains(lines[line].trimmed), isLast, lines[line].indent <= 4,
                line > 0, lines[line - 1].trimmed.hasPrefix("- "), !lines[line - 1].contains("reject"),
                !lines[line - 1].contains("goto"), !lines[line - 1].contains("redirect"),
                // A handler that runs off its end ends the call.
                lines[..<line].last(where: { $0.indent < lines[line].indent })?.trimmed != "error:"
            else { return nil }
            return lines.without(line)
        },
        Mutation(name: "drop a language of a prompt", codes: [.missingLanguage, .missingPhrase]) {
            lines, line in
            guard lines.contains(where: { $0.hasPrefix("languages: [en-US, es-MX]") }),
                lines[line].trimmed.hasPrefix("es-MX: "), line > 0,
                lines[line - 1].trimmed.hasPrefix("en-US")
                    || lines[line - 1].trimmed.hasPrefix("- ")
            else { return nil }
            return lines.without(line)
        },
        Mutation(name: "misspell a variable", codes: [.unknownName, .unassignedVariable]) { lines, line in
            guard let start = lines[line].firstRange(of: "  into: "), !lines.isReadNowhere(after: start, line)
            else { return nil }
            return lines.with(line, lines[line] + "_misspelt")
        },
        Mutation(name: "go round by silence", codes: [.silentLoop]) { lines, line in
            guard let state = state(of: lines, line), verb(of: lines, line) == "menu",
                lines[line].trimmed.hasPrefix("otherwise: "), isFirstStep(lines, line),
                !lines.contains(where: { $0.hasPrefix("channel: sms") || $0.hasPrefix("channel: [") })
            else { return nil }
            let indent = String(repeating: " ", count: lines[line].indent)
            return lines.with(line, "\(indent)otherwise: \(state)")
        },
        Mutation(name: "a fetch that is too slow", codes: [.tooSlow, .invalidValue]) { lines, line in
            guard verb(of: lines, line) == "fetch", lines[line].trimmed.hasPrefix("failed: "),
                !lines[line].contains("retry")
            else { return nil }
            let indent = String(repeating: " ", count: lines[line].indent)
            var changed = lines
            changed.removeAll { $0.trimmed.hasPrefix("timeout: ") || $0.trimmed.hasPrefix("retry: ") }
            guard let place = changed.firstIndex(of: lines[line]) else { return nil }
            changed.insert("\(indent)timeout: 9s", at: place)
            changed.insert("\(indent)retry: 2", at: place)
            return changed
        },
        Mutation(name: "the same key twice", codes: [.ambiguousChoice, .duplicateKey]) { lines, line in
            guard lines[line].contains("choices: {1: ") else { return nil }
            return lines.with(
                line,
                lines[line].replacing("choices: {1: ", with: "choices: {\"1, 1\": ", maxReplacements: 1))
        },
        Mutation(name: "drop an outcome", codes: [.unhandledOutcome]) { lines, line in
            let outcomes = ["busy: ", "no_answer: ", "failed: ", "canceled: ", "full: ", "declined: "]
            guard outcomes.contains(where: { lines[line].trimmed.hasPrefix($0) }),
                let verb = verb(of: lines, line),
                ["dial", "enqueue", "fetch", "refer"].contains(verb), !lines.hasDefault("otherwise"),
                !stepLines(lines, line).contains(where: {
                    $0.indent == lines[line].indent && $0.trimmed.hasPrefix("otherwise:")
                })
            else { return nil }
            return lines.without(line)
        },
        Mutation(name: "read what may be none", codes: [.optionalUsed, .unassignedVariable, .typeMismatch]) {
            lines, line in
            guard let found = lines[line].firstMatch(of: /\$\{([a-z_.]+) \?\? [^}]+\}/),
                ["say", "menu", "dial"].contains(where: { lines[line].contains("\($0):") })
            else { return nil }
            return lines.with(line, lines[line].replacing(found.0, with: "${\(found.1)}", maxReplacements: 1))
        },
        Mutation(name: "speak in a text", codes: [.wrongChannel]) { lines, line in
            guard lines.contains("channel: sms"), lines[line].indent == 4,
                lines[line].trimmed.hasPrefix("- say: "),
                lines.contains("states:"), !lines[..<line].contains(where: { $0.trimmed.hasPrefix("on:") })
            else { return nil }
            return Array(lines[..<line] + ["    - pause: 1s"] + lines[line...])
        },
        Mutation(name: "text a novel", codes: [.invalidTwiML]) { lines, line in
            guard lines.contains("channel: sms"), lines[line].trimmed.hasPrefix("- say: "),
                let last = lines[line].last, last.isLetter || last == "."
            else { return nil }
            return lines.with(line, lines[line] + String(repeating: " and so on", count: 170))
        },
        Mutation(name: "show a secret", codes: [.secretExposed]) { lines, line in
            guard let secret = lines.first(where: { $0.hasSuffix(": secret") && $0.indent == 2 }),
                lines[line].trimmed.hasPrefix("- say: "), !lines[line].contains("{"),
                !lines[line].contains("[")
            else { return nil }
            let name = secret.trimmed.dropLast(": secret".count)
            let indent = String(repeating: " ", count: lines[line].indent)
            return lines.with(line, "\(indent)- say: ${config.\(name)}")
        },
    ]

    /// The verb of the step that an option's line belongs to.
    private static func verb(of lines: [String], _ line: Int) -> String? {
        let indent = lines[line].indent
        guard
            let step = lines[..<line].last(where: { $0.indent == indent - 2 && $0.trimmed.hasPrefix("- ") }),
            let colon = step.trimmed.firstIndex(of: ":")
        else { return nil }
        return String(step.trimmed.dropFirst(2)[..<colon])
    }

    /// The lines of the step that an option's line belongs to.
    private static func stepLines(_ lines: [String], _ line: Int) -> ArraySlice<String> {
        let indent = lines[line].indent
        let start = lines[..<line].lastIndex { $0.indent < indent } ?? line
        let end = lines[line...].firstIndex { $0.indent < indent && !$0.isEmpty } ?? lines.count
        return lines[start..<end]
    }

    private static func state(of lines: [String], _ line: Int) -> String? {
        guard lines.contains("states:") else { return nil }
        return lines[..<line].last { $0.indent == 2 && $0.hasSuffix(":") }.map {
            String($0.trimmed.dropLast())
        }
    }

    private static func isFirstStep(_ lines: [String], _ line: Int) -> Bool {
        guard let state = lines[..<line].lastIndex(where: { $0.indent == 2 && $0.hasSuffix(":") }),
            let step = lines[..<line].lastIndex(where: { $0.indent == 4 && $0.trimmed.hasPrefix("- ") })
        else { return false }
        return step == state + 1
    }
}

extension String {
    fileprivate var indent: Int { utf8.prefix { $0 == UInt8(ascii: " ") }.count }
    fileprivate var trimmed: Substring { self[...].drop { $0 == " " } }
}

extension [String] {
    fileprivate func without(_ line: Int) -> [String] { Array(self[..<line] + self[(line + 1)...]) }

    fileprivate func with(_ line: Int, _ text: some StringProtocol) -> [String] {
        var copy = self
        copy[line] = String(text)
        return copy
    }

    /// The flow's defaults have an option of that name.
    fileprivate func hasDefault(_ name: String) -> Bool {
        guard let start = firstIndex(where: { $0.hasPrefix("defaults:") }) else { return false }
        return self[start].contains(name)
            || self[(start + 1)...].prefix { $0.indent > 0 }.contains { $0.trimmed.hasPrefix(name) }
    }

    /// The variable that a line puts something into occurs in no other.
    fileprivate func isReadNowhere(after start: Range<String.Index>, _ line: Int) -> Bool {
        let name = self[line][start.upperBound...]
        return name.contains(where: { $0 == "}" || $0 == "," })
            || !indices.contains { $0 != line && self[$0].contains("${\(name)") }
            || indices.contains { $0 != line && self[$0].contains("into: \(name)") }
            || indices.contains { self[$0].contains("\(name):") }
    }
}
