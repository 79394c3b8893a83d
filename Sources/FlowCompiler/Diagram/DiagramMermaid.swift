extension Diagram {
    /// Diagrams as Mermaid flowcharts, which code hosts draw within a page: a box for each state, arrows with what takes them, silence
    /// dashed. Equal diagrams give equal text.
    public static func mermaid(_ diagrams: [Diagram]) -> String {
        var lines = ["flowchart TD"]
        let isOne = diagrams.count == 1
        for (number, diagram) in diagrams.enumerated() {
            let body = diagram.mermaid(number)
            lines +=
                isOne
                ? body : ["subgraph f\(number)[\(quoted(diagram.flow))]"] + body.map { "  " + $0 } + ["end"]
        }
        for (number, diagram) in diagrams.enumerated() {
            for (card, row, callee) in diagram.runs(among: diagrams) {
                let title = diagram.cards[card].rows[row].title
                lines.append("f\(number)s\(card) -. \(title) .-> f\(callee)start")
            }
        }
        lines += [
            "classDef entry fill:#C6F6D5,stroke:#2F855A,color:#1A202C",
            "classDef state fill:#DBEAFE,stroke:#2B6CB0,color:#1A202C",
            "classDef handler fill:#FEEBC8,stroke:#975A16,color:#1A202C",
            "classDef stop fill:#FED7D7,stroke:#C53030,color:#1A202C",
        ]
        return lines.enumerated().map { ($0 == 0 ? "" : "  ") + $1 + "\n" }.joined()
    }

    private func mermaid(_ number: Int) -> [String] {
        let id = "f\(number)"
        var lines = [
            "\(id)start([\(Self.quoted(channels == ["sms"] ? "a text comes in" : channels == ["voice"] ? "a call comes in" : "a call or a text comes in"))])"
        ]
        for (index, card) in cards.enumerated() {
            lines.append("\(id)s\(index)[\(Self.quoted(box(card)))]:::\(card.kind.rawValue)")
        }
        var ends: [String] = []
        if cards.first?.kind == .entry { lines.append("\(id)start --> \(id)s0") }
        var merged: [(arrow: Arrow, labels: [String])] = []
        for arrow in arrows {
            let same = merged.firstIndex {
                $0.arrow.from == arrow.from && $0.arrow.way == arrow.way && !arrow.label.isEmpty
                    && !$0.arrow.label.isEmpty
            }
            if let same {
                if !merged[same].labels.contains(arrow.label) { merged[same].labels.append(arrow.label) }
            } else {
                merged.append((arrow, arrow.label.isEmpty ? [] : [arrow.label]))
            }
        }
        for (arrow, labels) in merged {
            let target: String
            switch arrow.way.target {
            case .state(let name):
                guard let to = cards.firstIndex(where: { $0.name == name && $0.kind != .handler }) else {
                    continue
                }
                target = "\(id)s\(to)"
            case .again: target = "\(id)s\(arrow.from)"
            case .end(let words):
                let place = ends.firstIndex(of: words) ?? ends.count
                if place == ends.count { ends.append(words) }
                target = "\(id)e\(place)"
            case .next: continue
            }
            let line = arrow.way.kind == .silence ? "-.->" : "-->"
            let label = labels.isEmpty ? "" : "|\(Self.quoted(labels.joined(separator: "\n")))|"
            lines.append("\(id)s\(arrow.from) \(line)\(label) \(target)")
        }
        for (index, words) in ends.enumerated() {
            lines.append("\(id)e\(index)([\(Self.quoted(words))]):::stop")
        }
        return lines
    }

    /// The state's name, and what it says or does first.
    private func box(_ card: Card) -> String {
        let steps = card.rows.filter { $0.depth == 0 && $0.way == nil }.map {
            $0.text.isEmpty ? $0.title : "\($0.title): \($0.text)"
        }
        let shown = steps.count > 4 ? Array(steps.prefix(3)) + ["…"] : steps
        return ([card.name] + shown).joined(separator: "\n")
    }

    /// In quotes, where Mermaid's entities stand for what could end them or mean something.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result += "<br/>"
            case "\"", "#", "&", "<", ">", "`", "\\", "*", "_", "~", "%": result += "#\(scalar.value);"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
