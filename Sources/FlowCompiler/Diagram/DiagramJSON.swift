import FlowLang

extension Diagram {
    /// Diagrams for tools: a list of flows with their states, the states' steps, and the arrows between them. Lines count from 1.
    public static func json(_ diagrams: [Diagram]) -> String {
        JSONText.array(diagrams.map(\.json)).pretty + "\n"
    }

    private var json: JSONText {
        .object([
            ("flow", .string(flow)), ("channels", .array(channels.map { .string($0) })),
            ("description", description.map { .string($0) } ?? .null),
            ("states", .array(cards.map(json))), ("arrows", .array(arrows.map(json))),
        ])
    }

    private func json(_ card: Card) -> JSONText {
        .object([
            ("name", .string(card.name)), ("kind", .string(card.kind.rawValue)), ("line", .number(card.line)),
            ("rows", .array(card.rows.map(json))),
        ])
    }

    private func json(_ row: Row) -> JSONText {
        let kind =
            switch row.kind {
            case .step: "verb"
            case .beside: "beside"
            case .way: row.depth % 2 == 0 ? "verb" : "way"
            }
        return .object([
            ("depth", .number(row.depth)), (kind, .string(row.title)),
            ("text", .string(row.text)), ("line", .number(row.line)),
        ])
    }

    private func json(_ arrow: Arrow) -> JSONText {
        let target: (String, JSONText) =
            switch arrow.way.target {
            case .state(let name): ("to", .string(name))
            case .end(let words): ("end", .string(words))
            case .again: ("to", .string(cards[arrow.from].name))
            case .next: ("to", .null)
            }
        return .object([
            ("from", .string(cards[arrow.from].name)), ("row", .number(arrow.row)), target,
            ("kind", .string(arrow.way.kind.rawValue)), ("label", .string(arrow.label)),
        ])
    }
}
