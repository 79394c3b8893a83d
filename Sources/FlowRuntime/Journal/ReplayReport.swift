import FlowProgram

/// What a replay came to, for people: a line for each turn and notice, and the first difference with what surrounds it.
package struct ReplayReport: Sendable {
    private let steps: [Replay.Step]
    private let showsNumbers: Bool

    package init(_ steps: [Replay.Step], showsNumbers: Bool) {
        self.steps = steps
        self.showsNumbers = showsNumbers
    }

    package var isSame: Bool { steps.allSatisfy { $0.difference == nil } }

    package var lines: [String] {
        var lines: [String] = []
        var withheld: Int?
        for step in steps {
            let entry = step.recorded
            if entry.isWithheld, withheld == nil { withheld = entry.turn }
            let time = Value.datetime(entry.request.now).plainText
            let size = entry.document.map { ", \($0.count) bytes" } ?? ""
            let head = "\(time) turn \(entry.turn)\(place(entry)), \(what(entry))\(size)"
            guard let difference = step.difference else {
                lines.append(
                    head
                        + (step.isAdopted ? ": as recorded, since it hangs on a sensitive answer" : ": same"))
                continue
            }
            lines.append(head + ": \(words(difference, step))")
            lines += details(difference, step)
            if step.fetches != 0 {
                lines.append("  it fetches \(abs(step.fetches)) \(step.fetches > 0 ? "more" : "less")")
            }
            if let withheld {
                lines.append(
                    "  the sensitive answer of turn \(withheld) isn't in the journal: that may be why")
            }
        }
        return lines
    }

    private func place(_ entry: JournalEntry) -> String {
        let position = entry.request.position.map { " at \($0.turn).\($0.wait)" } ?? ""
        guard let side = entry.request.side else { return position }
        return "\(position), beside \(side.position.turn).\(side.position.wait)"
    }

    private func what(_ entry: JournalEntry) -> String {
        switch entry.request.purpose {
        case .turn, .start: entry.request.position == nil && entry.turn == 1 ? "start" : entry.state ?? "turn"
        case .status: "hangup"
        case .fallback: "fallback"
        case .assignment: "assignment"
        case .recording: "recording"
        case .transcription: "transcription"
        case .messageStatus: "message status"
        case .expired: "expired"
        }
    }

    private func words(_ difference: Replay.Difference, _ step: Replay.Step) -> String {
        switch difference {
        case .document(let byte): "differs from byte \(byte) on"
        case .message(let index): "message \(index + 1) differs"
        case .outcome: "ends differently"
        case .nothing: "nothing happens any more"
        case .unknown: "can't be made again: what its fetches answered was too large to be kept"
        }
    }

    private func details(_ difference: Replay.Difference, _ step: Replay.Step) -> [String] {
        switch difference {
        case .document(let byte):
            return [
                "  - " + excerpt(step.recorded.document, around: byte, step),
                "  + " + excerpt(step.now?.document, around: byte, step),
            ]
        case .message(let index):
            func message(_ items: [OutboxItem]?) -> String {
                guard let items, items.indices.contains(index) else { return "none" }
                return shown("to \(items[index].to): \(items[index].body)", step)
            }
            return ["  - " + message(step.recorded.outbox), "  + " + message(step.now?.outbox)]
        case .outcome:
            return [
                "  - \(step.recorded.outcome?.rawValue ?? "goes on")",
                "  + \(step.now?.outcome?.rawValue ?? "goes on")",
            ]
        case .nothing, .unknown: return []
        }
    }

    /// The element that a byte stands in, and what follows it.
    private func excerpt(_ document: [UInt8]?, around byte: Int, _ step: Replay.Step) -> String {
        guard let document else { return "no document" }
        let start = document[..<min(byte, document.count)].lastIndex(of: UInt8(ascii: "<")) ?? 0
        let part = document[start...].prefix(160)
        let text = String(decoding: part, as: UTF8.self)
        return shown((start > 0 ? "…" : "") + text + (part.endIndex < document.count ? "…" : ""), step)
    }

    private func shown(_ text: String, _ step: Replay.Step) -> String {
        let line = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: " ")
        guard !showsNumbers else { return line }
        let parameters = step.recorded.request.parameters
        return masked(line, hiding: [parameters.text("From"), parameters.text("To")].compactMap { $0 })
    }
}
