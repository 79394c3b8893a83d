import FlowCompiler
import FlowLang
import FlowTestSupport
import Foundation
import Testing

/// Hostile and huge flows end in diagnostics or in a program, soon, and twice as much takes about twice as long.
@Suite("Scale")
struct ScaleTests {
    /// Milliseconds that one file may take in a release build; a debug build is many times slower.
    private static let bound: Double = _isDebugAssertConfiguration() ? 4_000 : 100

    @Test("Every rejected file of the corpus ends in time", arguments: CorpusTests.rejected)
    func corpus(_ file: TestFile) {
        let source = SourceFile(id: 0, name: file.name, bytes: file.bytes)
        let time = milliseconds { _ = compiled([source]) }
        #expect(time < Self.bound, "\(time) ms")
    }

    struct Hostile: Sendable, CustomStringConvertible {
        var description: String
        var text: String

        init(_ description: String, _ steps: String, head: String = "") {
            self.description = description
            text = "flow: hostile\nchannel: voice\n\(head)steps:\n\(steps)  - hangup\n"
        }
    }

    static let hostileFlows: [Hostile] = [
        Hostile(
            "a scalar of a megabyte", "  - say: \"\(String(repeating: "Hello there. ", count: 80_000))\"\n"),
        Hostile(
            "a hole in a megabyte", "  - say: \"\(String(repeating: "x", count: 1_000_000)) ${call.from\"\n"),
        Hostile("ten thousand holes", "  - say: \"\(String(repeating: "${call.from} ", count: 10_000))\"\n"),
        Hostile(
            "ten thousand choices",
            "  - menu: Press.\n    choices: {\((0..<10_000).map { "\($0): next" }.joined(separator: ", "))}\n    timeout: 3s\n    otherwise: hangup\n"
        ),
        Hostile(
            "ten thousand phrases that mean the same",
            "  - menu: Say it.\n    choices: {\((0..<5_000).map { "\"sales, Sales!\($0 % 7)\": next" }.joined(separator: ", "))}\n    otherwise: hangup\n"
        ),
        Hostile("ten thousand unknown keys", (0..<10_000).map { "  - say\($0): x\n" }.joined()),
        Hostile(
            "ten thousand config items", "",
            head: "config:\n" + (0..<10_000).map { "  item_\($0): phone\n" }.joined()),
        Hostile(
            "ten thousand types", "",
            head: "types:\n" + (0..<10_000).map { "  Type\($0): {next: Type\($0 + 1)}\n" }.joined()),
        Hostile(
            "brackets", "  - say: \(String(repeating: "[", count: 60))x\(String(repeating: "]", count: 60))\n"
        ),
        Hostile(
            "an expression of brackets", "  - if: \(String(repeating: "(", count: 100_000))\n    then: next\n"
        ),
        Hostile("not not not", "  - if: \(String(repeating: "not ", count: 100_000))true\n    then: next\n"),
        Hostile("plus plus plus", "  - set: {x: \"${\(String(repeating: "1 + ", count: 50_000))1}\"}\n"),
        Hostile(
            "aliases of aliases",
            "  - &a0 {say: x}\n"
                + (1..<40).map { "  - &a\($0) [*a\($0 - 1), *a\($0 - 1), *a\($0 - 1)]\n" }.joined()),
        Hostile("anchors", (0..<20_000).map { "  - &x\($0) hangup\n" }.joined()),
        Hostile("comments", String(repeating: "  # x\n", count: 150_000)),
        Hostile("dashes", "  - say: " + String(repeating: "-", count: 500_000) + "\n"),
        Hostile("quotes", "  - say: " + String(repeating: "\"", count: 200_000) + "\n"),
        Hostile("blank lines", String(repeating: "\n", count: 900_000)),
        Hostile("bidirectional marks", "  - say: \"\(String(repeating: "\u{202E}", count: 100_000))\"\n"),
    ]

    @Test("Hostile files end in time", arguments: hostileFlows)
    func hostile(_ hostile: Hostile) {
        let source = SourceFile(id: 0, name: "hostile.yaml", text: hostile.text)
        var found: [Diagnostic] = []
        let time = milliseconds { found = compiled([source]).diagnostics }
        #expect(time < 8 * Self.bound, "\(time) ms, \(source.bytes.count) bytes")
        #expect(found.count <= 11_000)
    }

    struct Growing: Sendable, CustomStringConvertible {
        var description: String
        var make: @Sendable (Int) -> String

        /// A flow of states.
        init(_ description: String, head: String = "", _ states: @escaping @Sendable (Int) -> String) {
            self.description = description
            make = { "flow: growing\nchannel: voice\n\(head)states:\n\(states($0))" }
        }
    }

    static let growingFlows: [Growing] = [
        Growing("deep ifs, one after another") { count in
            "  start:\n"
                + (0..<count).map {
                    "    - if: call.from == '\($0)'\n      then: [{say: One.}]\n      else: [{say: Two.}]\n"
                }
                .joined() + "    - hangup\n"
        },
        Growing("a wide switch") { count in
            "  start:\n    - switch: call.from\n      cases:\n"
                + (0..<count).map { "        a\($0): [{say: Case \($0).}, hangup]\n" }.joined()
                + "      otherwise: hangup\n"
        },
        Growing("gotos everywhere") { count in
            (0..<count).map { state in
                "  s\(state):\n"
                    + (1..<6).map {
                        "    - if: call.from == 'x'\n      then: s\((state * 7 + $0 * 13) % count)\n"
                    }
                    .joined()
                    + "    - menu: Press 1.\n      choices: {1: s\((state + 1) % count)}\n      otherwise: hangup\n"
            }.joined()
        },
        Growing("variables in a chain, back and forth") { count in
            "  start:\n    - ask: Number?\n      as: phone\n      into: v0\n      otherwise: hangup\n"
                + (1..<count).map { "    - set: {v\($0): \"${v\($0 - 1)}\"}\n" }.joined()
                + "    - goto: other\n  other:\n"
                + (1..<count).reversed().map { "    - set: {v\($0 - 1): \"${v\($0)}\"}\n" }.joined()
                + "    - dial: ${v0}\n      otherwise: other-end\n  other-end:\n    - hangup\n"
        },
        Growing("numbers that are asked and dialled") { count in
            (0..<count).map {
                "  s\($0):\n    - ask: Number?\n      as: phone\n      into: n\($0 % 50)\n      otherwise: hangup\n"
                    + "    - dial: ${n\($0 % 50)}\n      answered: s\(($0 + 1) % count)\n      otherwise: hangup\n"
            }.joined()
        },
        Growing("counters within counters") { count in
            "  start:\n    - set: {a: 0}\n    - goto: s0\n"
                + (0..<count).map {
                    "  s\($0):\n    - set: {a: \"${a + 1}\"}\n    - if: a < \($0 + 3)\n      then: s\(max(0, $0 - 1))\n"
                        + "    - goto: \($0 + 1 < count ? "s\($0 + 1)" : "done")\n"
                }.joined() + "  done:\n    - hangup\n"
        },
    ]

    @Test("Twice as large a flow takes about twice as long", arguments: growingFlows)
    func growing(_ growing: Growing) {
        let size = _isDebugAssertConfiguration() ? 150 : 1_500
        func time(_ count: Int) -> Double {
            let source = SourceFile(id: 0, name: "growing.yaml", text: growing.make(count))
            return (0..<2).map { _ in milliseconds { _ = compiled([source]) } }.min() ?? 0
        }
        let (once, fourfold) = (time(size), time(size * 4))
        #expect(fourfold < 7 * once + 100, "\(once) ms, four times as much \(fourfold) ms")
    }

    /// Of the processor: others may work beside the tests.
    private func milliseconds(_ body: () -> Void) -> Double {
        let start = clock()
        body()
        return Double(clock() - start) * 1_000 / Double(CLOCKS_PER_SEC)
    }
}
