extension Diagram {
    /// Diagrams in the language of Graphviz: a card for each state with a line for each step, arrows from the very line that leads away.
    /// Silence is dashed. Equal diagrams give equal text.
    public static func dot(_ diagrams: [Diagram]) -> String {
        var lines = [
            "digraph flows {",
            "  graph [rankdir=LR, fontname=\"Helvetica\", fontsize=14, nodesep=0.35, ranksep=0.9, pad=0.3]",
            "  node [shape=plain, fontname=\"Helvetica\", fontsize=11]",
            "  edge [fontname=\"Helvetica\", fontsize=10, color=\"#4A5568\", arrowsize=0.7]",
        ]
        for (number, diagram) in diagrams.enumerated() {
            lines += diagram.cluster(number).map { "  " + $0 }
        }
        // A flow that runs another, or lets it be heard.
        for (number, diagram) in diagrams.enumerated() {
            for (card, row, callee) in diagram.runs(among: diagrams) {
                lines.append(
                    "  f\(number)s\(card):r\(row):e -> f\(callee)start "
                        + "[style=dotted, arrowhead=open, constraint=false]")
            }
        }
        lines.append("}")
        return lines.map { $0 + "\n" }.joined()
    }

    /// The rows that run a flow of the list or let it be heard, with its number.
    func runs(among diagrams: [Diagram]) -> [(card: Int, row: Int, callee: Int)] {
        cards.enumerated().flatMap { number, card in
            card.rows.enumerated().compactMap { row, step in
                guard step.namesFlow, let callee = diagrams.firstIndex(where: { $0.flow == step.text })
                else { return nil }
                return (number, row, callee)
            }
        }
    }

    private func cluster(_ number: Int) -> [String] {
        let title =
            "<B>\(markup(flow))</B>  <FONT COLOR=\"#718096\">\(markup(channels.joined(separator: ", ")))</FONT>"
        let subtitle = description.map {
            "<BR ALIGN=\"LEFT\"/><FONT POINT-SIZE=\"11\" COLOR=\"#4A5568\">\(markup($0))</FONT>"
        }
        var lines = [
            "subgraph cluster_f\(number) {",
            "  label=<\(title)\(subtitle ?? "")<BR ALIGN=\"LEFT\"/>>; labeljust=l; color=\"#CBD5E0\"; style=rounded; margin=16",
            "  f\(number)start [shape=circle, label=\"\", style=filled, fillcolor=\"#2F855A\", color=\"#2F855A\", width=0.2]",
        ]
        for (index, card) in cards.enumerated() {
            lines.append("  f\(number)s\(index) [label=<\(table(card))>]")
        }
        if cards.first?.kind == .entry { lines.append("  f\(number)start -> f\(number)s0:card:w") }
        for arrow in arrows {
            guard case .state(let name) = arrow.way.target,
                let to = cards.firstIndex(where: { $0.name == name && $0.kind != .handler }),
                // Within a card its row says it.
                to != arrow.from
            else { continue }
            let style = arrow.way.kind == .silence ? " [style=dashed]" : ""
            lines.append("  f\(number)s\(arrow.from):r\(arrow.row):e -> f\(number)s\(to):card:w\(style)")
        }
        return lines + ["}"]
    }

    private func table(_ card: Card) -> String {
        let colour =
            switch card.kind {
            case .entry: "#C6F6D5"
            case .state: "#DBEAFE"
            case .handler: "#FEEBC8"
            }
        let head =
            "<TR><TD PORT=\"card\" ALIGN=\"LEFT\" BGCOLOR=\"\(colour)\"><B>\(markup(card.name))</B></TD></TR>"
        let rows = card.rows.enumerated().map { index, row in
            "<TR><TD PORT=\"r\(index)\" ALIGN=\"LEFT\">\(cell(row, in: card))</TD></TR>"
        }
        return
            "<TABLE BORDER=\"1\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"4\" COLOR=\"#A0AEC0\" BGCOLOR=\"white\">"
            + head + rows.joined() + "</TABLE>"
    }

    private func cell(_ row: Row, in card: Card) -> String {
        let indent = String(repeating: "&#160;", count: 4 * row.depth)
        let title = "<FONT COLOR=\"\(colour(of: row))\"><B>\(markup(row.title))</B></FONT>"
        let text = row.text.isEmpty ? "" : " " + markup(row.text)
        return indent + title + text + end(of: row, in: card)
    }

    private func colour(of row: Row) -> String {
        switch row.kind {
        case .step: if case .end? = row.way?.target { "#C53030" } else { "#1A202C" }
        case .beside: "#2C7A7B"
        case .way where row.depth % 2 == 0: "#1A202C"
        case .way(_, .choice): "#2B6CB0"
        case .way(_, .silence): "#718096"
        case .way(_, .outcome): "#975A16"
        case .way(_, .branch), .way(_, .plain): "#553C9A"
        }
    }

    /// What a row leads to, where its title doesn't say it.
    private func end(of row: Row, in card: Card) -> String {
        let isStep = if case .step = row.kind { true } else { false }
        return switch row.way?.target {
        case .end(let words) where !isStep: "  <FONT COLOR=\"#C53030\">\(markup(words))</FONT>"
        case .again: "  <I>again</I>"
        case .next: "  <I>goes on below</I>"
        case .state(let name) where name == card.name: "  <I>from the top</I>"
        case .state(let name) where !isStep: " <FONT COLOR=\"#4A5568\">→ \(markup(name))</FONT>"
        case .state, .end, nil: ""
        }
    }

    private func markup(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension Diagram.Row {
    fileprivate var namesFlow: Bool {
        switch kind {
        case .beside: true
        case .step: title == "run"
        case .way: false
        }
    }
}
