/// Projects that look for an analysis that doesn't grow with the size of what it looks at: one thing is there many times, in a
/// way that no author would write.
public enum HostileProjects {
    public struct Family: Sendable {
        public let name: String
        /// How many of the thing there are in the smallest project.
        public let size: Int
        /// The text of a file with so many of them.
        public let make: @Sendable (Int) -> String
    }

    public static let all: [Family] = [
        Family(name: "deep ifs", size: 20, make: deepIfs),
        Family(name: "wide switch", size: 1_000, make: wideSwitch),
        Family(name: "wide menu", size: 500, make: wideMenu),
        Family(name: "dense gotos", size: 100, make: denseGotos),
        Family(name: "facts that shrink", size: 100, make: shrinkingFacts),
        Family(name: "variables", size: 500, make: variables),
        Family(name: "declarations", size: 500, make: declarations),
        Family(name: "unknown names", size: 1_000, make: unknownNames),
        Family(name: "nested counters", size: 25, make: nestedCounters),
        Family(name: "opening hours", size: 250, make: openingHours),
        Family(name: "languages", size: 20, make: languages),
        Family(name: "attempts", size: 500, make: attempts),
        Family(name: "one long text", size: 50_000, make: longText),
    ]

    /// A megabyte of one thing, which is no flow at all.
    public static let megabytes: [(name: String, text: String)] = [
        "[", "[{", "{\n", "- ", "&a [", "%TAG ! tag:x\n", "? ", "\"x\" ", "'\n", "*a ", "---\n", ": ", "a: ",
        ",", "${",
        "\n", "\r", "\t", "$", "# ", "&a ", "!a ", "!", "\"\n", "a: b: c\n",
        "{menu: x, choices: {1: next}}, ", "é", "\u{202E}a\n",
    ].flatMap { unit in
        [
            "", "flow: a\nchannel: voice\nsteps: [", "flow: a\nchannel: voice\nsteps:\n  - say: \"",
            "flow: a\nchannel: voice\nvars:\n",
        ].map { head in
            let count = ((1 << 20) - head.utf8.count) / unit.utf8.count
            let shown = unit.replacing("\n", with: "\\n").replacing("\t", with: "\\t").replacing(
                "\r", with: "\\r")
            return (
                "a megabyte of '\(shown.prefix(12))' (\(head.utf8.count))",
                head + String(repeating: unit, count: count)
            )
        }
    }

    /// Towers of conditions as deep as a file may nest.
    private static func deepIfs(_ count: Int) -> String {
        let depth = 28
        return flow(
            (0..<count).map { tower in
                var steps = ""
                var indent = "    "
                for level in 0..<depth {
                    steps += "\(indent)- if: call.from == '\(tower) \(level)'\n\(indent)  then:\n"
                    indent += "    "
                }
                steps += "\(indent)- say: Deep.\n"
                return (
                    "tower-\(tower)",
                    steps + "    - goto: \(tower + 1 < count ? "tower-\(tower + 1)" : "bye")\n"
                )
            })
    }

    /// One switch over a type of many words, complete.
    private static func wideSwitch(_ count: Int) -> String {
        let words = (0..<count).map { "w\($0)" }
        let cases = words.map { "        \($0): bye\n" }.joined()
        return flow(
            [("start", "    - set: {chosen: w1}\n    - switch: chosen\n      cases:\n\(cases)")],
            head:
                "types: {Many: \(words.joined(separator: " | "))}\nvars: {chosen: {type: Many, initial: w0}}\n"
        )
    }

    /// One menu of many phrases, each with forms of its own.
    private static func wideMenu(_ count: Int) -> String {
        let choices = (0..<count).map { "        choice \($0): bye\n" }.joined()
        let forms = (0..<count).map { "        choice \($0): [\"form \($0)\", \"other \($0)\"]\n" }.joined()
        return flow([
            (
                "start",
                "    - menu: What is it?\n      choices:\n\(choices)      phrases:\n\(forms)      otherwise: bye\n"
            )
        ])
    }

    /// Every state leads to nine others, all over the flow.
    private static func denseGotos(_ count: Int) -> String {
        flow(
            (0..<count).map { state in
                let choices = (1...9).map { "\($0): state-\((state * 7 + $0 * 13 + 1) % count)" }
                return (
                    "state-\(state)",
                    "    - set: {v\(state): \"\(state)\"}\n    - menu: Where to?\n      choices: {\(choices.joined(separator: ", "))}\n      otherwise: bye\n"
                )
            })
    }

    /// A chain of states that each set a variable, and ways back to the beginning from all of them.
    private static func shrinkingFacts(_ count: Int) -> String {
        flow(
            (0..<count).map { state in
                let next = state + 1 < count ? "state-\(state + 1)" : "bye"
                return (
                    "state-\(state)",
                    "    - menu: Go on?\n      choices: {1: next, 2: state-\(state / 2), 3: \(next)}\n      otherwise: bye\n"
                        + "    - set: {v\(count - state): \"\(state)\"}\n    - goto: \(next)\n"
                )
            })
    }

    /// Each is set, and then read.
    private static func variables(_ count: Int) -> String {
        let sets = (0..<count).map { "    - set: {v\($0): \"\($0)\"}\n" }.joined()
        let reads = (0..<count).map { "    - say: \"This is ${v\($0)}.\"\n" }.joined()
        return flow([("start", sets + reads + "    - goto: bye\n")])
    }

    /// Config, texts and types, each used once.
    private static func declarations(_ count: Int) -> String {
        let numbers = 0..<count
        let config = numbers.map { "  c\($0): text(20)\n" }.joined()
        let texts = numbers.map { "  t\($0): \"Text \($0).\"\n" }.joined()
        let types = numbers.map { "  T\($0): {value: text(20), other: integer}\n" }.joined()
        let steps = numbers.map {
            "    - say: \"${texts.t\($0)}\"\n    - say: \"${config.c\($0)}\"\n"
                + "    - fetch: https://example.com/x\n      returns: T\($0)\n      into: v\($0)\n      failed: bye\n"
        }.joined()
        return flow(
            [("start", steps + "    - goto: bye\n")],
            head: "config:\n\(config)texts:\n\(texts)types:\n\(types)")
    }

    private static func unknownNames(_ count: Int) -> String {
        let steps = (0..<count).map { "    - say: \"This is ${name_\($0)}.\"\n" }.joined()
        return flow([("start", steps + "    - goto: bye\n")])
    }

    /// Loops within loops, each ended by a counter of its own.
    private static func nestedCounters(_ count: Int) -> String {
        var states: [(String, String)] = []
        for level in 0..<count {
            let inner = level + 1 < count ? "loop-\(level + 1)" : "again-\(level)"
            let outer = level == 0 ? "bye" : "again-\(level - 1)"
            states.append(("loop-\(level)", "    - set: {n\(level): \"${0}\"}\n    - goto: \(inner)\n"))
            states.append(
                (
                    "again-\(level)",
                    "    - set: {n\(level): \"${(n\(level) ?? 0) + 1}\"}\n    - if: n\(level) < 3\n      then: \(inner)\n    - goto: \(outer)\n"
                ))
        }
        return flow(states)
    }

    private static func openingHours(_ count: Int) -> String {
        let days = (0..<count).map { day in
            let (year, month, date) = (2026 + day / 336, day / 28 % 12 + 1, day % 28 + 1)
            return "\(year)-\(month < 10 ? "0" : "")\(month)-\(date < 10 ? "0" : "")\(date)"
        }
        return flow(
            [("start", "    - if: hours.office.open\n      then: bye\n    - goto: bye\n")],
            head:
                "hours:\n  office:\n    open: {mon-fri: \"09:00-17:00\"}\n    closed: [\(days.joined(separator: ", "))]\n"
        )
    }

    /// A prompt in many languages: it grows with them, and with nothing else.
    private static func languages(_ count: Int) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        let tags = (0..<count).map { "en-\(letters[$0 / 26])\(letters[$0 % 26])".uppercasedRegion }
        let prompts = (0..<40).map { number in
            "    - say: {\(tags.map { "\($0): Prompt \(number) here" }.joined(separator: ", "))}\n"
        }.joined()
        return flow(
            [("start", prompts + "    - goto: bye\n")], languages: tags,
            bye: "{\(tags.map { "\($0): Bye" }.joined(separator: ", "))}")
    }

    /// A prompt for each failure.
    private static func attempts(_ count: Int) -> String {
        let prompts = (0..<count).map { "        - Please, for the time number \($0).\n" }.joined()
        return flow([
            (
                "start",
                "    - menu: Yes or no?\n      choices: {1: bye}\n      attempts: 10\n      no_input_prompts:\n\(prompts)      otherwise: bye\n"
            )
        ])
    }

    private static func longText(_ count: Int) -> String {
        let text = String(repeating: "These are words. ", count: count / 17)
        return flow([("start", "    - say: \"\(text)\"\n    - goto: bye\n")])
    }

    private static func flow(
        _ states: [(name: String, steps: String)], head: String = "", languages: [String] = ["en-US"],
        bye: String = "Goodbye."
    ) -> String {
        """
        flow: hostile
        channel: voice
        languages: [\(languages.joined(separator: ", "))]
        timezone: America/New_York
        \(head)states:

        """ + states.map { "  \($0.name):\n\($0.steps)" }.joined()
            + "  bye:\n    - say: \(bye)\n    - hangup\n"
    }
}

extension String {
    /// `en-ab` as `en-AB`.
    fileprivate var uppercasedRegion: String { prefix(3) + dropFirst(3).uppercased() }
}
