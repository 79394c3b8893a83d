import FlowLang

/// A flow of steps made from the verb table, any verb with any options: right ones mostly, and wrong ones, which can be taken
/// away by the lines where the checker finds them. What is left is a flow that compiles, whatever the table holds.
public struct TableFlow: Sendable {
    /// What the generator left over.
    public let choices: Choices
    /// The flow that is called to hear it: itself, or one of the companions.
    public let caller: String
    let head: [String]
    var states: [[Step]]

    struct Step: Sendable {
        var verb: String
        var value: String?
        var options: [(name: String, value: String)] = []
        var required: Set<String> = []

        var lines: [String] {
            guard value != nil || !options.isEmpty else { return ["- \(verb)"] }
            return ["- \(verb):\(value.map { " " + $0 } ?? "")"] + options.map { "  \($0.name): \($0.value)" }
        }
    }

    /// How its states end.
    var end: String { ["whispering", "fetching"].contains(caller) ? "accept" : "end" }

    /// Flows that it may use, and the one that uses it.
    public var companions: [String] {
        Self.companions + [Self.callers[caller]].compactMap { $0 }
    }

    private static let companions: [String] = [
        TableFlowGenerator.helper,
        """
        flow: hold
        runs: wait
        channel: voice
        languages: [en-US, es-MX]
        params: {word: "text?"}
        vars: {rounds: {type: integer, initial: 0}}
        states:
          start:
            - say: {en-US: "${word ?? 'You'} ${queue.position} ${queue.average}", es-MX: "${queue.time}"}
            - set: {rounds: "${rounds + 1}"}
            - menu: {en-US: Press 1 or 2., es-MX: Marque 1.}
              choices: {1: leave, 2: [{leave: message}], 3: hangup}
              attempts: 2
              otherwise: next
            - play: https://example.com/music.mp3
        """,
        """
        flow: room
        runs: wait
        channel: voice
        languages: [en-US, es-MX]
        params: {word: "text?"}
        steps:
          - say: {en-US: "Soon ${word ?? ''}.", es-MX: Pronto.}
          - set: {said: true}
          - play: https://example.com/music.mp3
        """,
        """
        flow: screen
        runs: whisper
        channel: voice
        languages: [en-US, es-MX]
        params: {word: "text?"}
        steps:
          - say: {en-US: "For ${word ?? 'you'}.", es-MX: Para usted.}
          - menu: {en-US: Press 1., es-MX: Marque 1.}
            choices: {1: accept, 2: decline}
            otherwise: decline
        """,
        """
        flow: chime
        runs: whisper
        channel: voice
        languages: [en-US, es-MX]
        params: {word: "text?"}
        steps:
          - play: https://example.com/chime.mp3
          - say: {en-US: "${word ?? 'Hello'}", es-MX: Hola.}
          - accept
        """,
    ].map { $0 + "\n" }

    /// By their names, those that let it be heard where it runs.
    private static let callers: [String: String] = [
        "waiting": """
        flow: waiting
        channel: voice
        steps:
          - enqueue: room
            wait: generated
            left: next
            otherwise: next
          - hangup

        """,
        "conferring": """
        flow: conferring
        channel: voice
        steps:
          - dial: {conference: room, wait: generated}
            otherwise: next
          - hangup

        """,
        "whispering": """
        flow: whispering
        channel: voice
        steps:
          - dial: [{number: "+15555550111", whisper: generated}, {client: ann, whisper: generated}]
            otherwise: next
          - hangup

        """,
        "fetching": """
        flow: fetching
        channel: voice
        steps:
          - dial: {queue: room, whisper: generated}
            otherwise: next
          - hangup

        """,
    ]

    public var text: String {
        var lines = head
        for (index, steps) in states.enumerated() {
            lines.append("  s\(index):")
            lines += steps.flatMap(\.lines).map { "    " + $0 }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The verbs, and `verb.option` for each option.
    public var words: Set<String> {
        Set(states.joined().flatMap { step in [step.verb] + step.options.map { "\(step.verb).\($0.name)" } })
    }

    /// Takes away what stands in lines, counted from 1: an option, or the whole step if it can't do without.
    ///
    /// - Returns: false if nothing of it can be taken away.
    public mutating func remove(lines wrong: Set<Int>) -> Bool {
        var line = head.count
        var hasChanged = false
        for state in states.indices {
            line += 1
            var needsEnd = wrong.contains(line)
            var kept: [Step] = []
            for var step in states[state] {
                line += 1
                var isKept = !wrong.contains(line)
                let options = step.options.filter { option in
                    line += 1
                    guard wrong.contains(line) else { return true }
                    if step.required.contains(option.name) { isKept = false }
                    return false
                }
                hasChanged = hasChanged || !isKept || options.count < step.options.count
                step.options = options
                if isKept { kept.append(step) }
            }
            if kept.isEmpty { needsEnd = true }
            if needsEnd { kept.append(Step(verb: end)) }
            hasChanged = hasChanged || needsEnd
            states[state] = kept
        }
        return hasChanged
    }
}
