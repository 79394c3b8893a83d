public import FlowLang

/// A flow as its authors think of it: states with their steps, and what leads from one to the other.
public struct Diagram: Sendable {
    /// The flow's name.
    public var flow: String
    package var channels: [String]
    package var description: String?
    /// The states in the order of the file, the entry first; then what stands under `on`.
    package var cards: [Card]

    /// A state, or a handler.
    package struct Card: Sendable {
        package enum Kind: String, Sendable {
            case entry
            case state
            case handler
        }

        package var name: String
        package var kind: Kind
        /// From 1.
        package var line: Int
        package var rows: [Row]
    }

    /// A step, or one of a step's ways.
    package struct Row: Sendable {
        /// 0 for a step of the state; a step's ways and what is listed in them stand further in.
        package var depth: Int
        /// The verb; or a choice's key, an outcome, a branch.
        package var title: String
        /// What the verb is given, cut to a line; empty where there is nothing to say.
        package var text: String
        package var line: Int
        package var kind: Kind
        package var way: Way? = nil

        package enum Kind: Sendable {
            case step
            /// A flow that is heard meanwhile by who waits or is called.
            case beside
            /// What takes it, as it is written beside an arrow.
            case way(label: String, Way.Kind)
        }
    }

    /// Where a row leads.
    package struct Way: Sendable, Equatable {
        package enum Target: Sendable, Equatable {
            case state(String)
            /// The conversation, or this flow's part in it, is over: how that is said.
            case end(String)
            /// The step once more.
            case again
            /// The step below.
            case next
        }

        package enum Kind: String, Sendable {
            /// The step leads there by itself.
            case plain
            /// What the caller answered.
            case choice
            /// A condition or a value.
            case branch
            /// How a call, a queue or a fetch went.
            case outcome
            /// The caller said nothing, or nothing that was understood.
            case silence
        }

        package var target: Target
        package var kind: Kind
    }
}

/// The diagrams of the files' flows, in the order of the files; of a file with mistakes, as far as it could be read.
///
/// - Complexity: O(n) in the size of the files.
public func diagrams(of files: [SourceFile]) -> [Diagram] {
    files.map { file in
        var builder = DiagramBuilder(flow: parse(file).flow, file: file)
        return builder.diagram()
    }
}

extension Diagram {
    /// An arrow from card to card or to an end; what lies between (a list of steps under a choice) is told by its label.
    package struct Arrow: Sendable, Equatable {
        /// The number of the card.
        package var from: Int
        /// The number of the row that it leaves from.
        package var row: Int
        package var label: String
        package var way: Way
    }

    /// All arrows in the order of the rows; `next` is none.
    package var arrows: [Arrow] {
        var arrows: [Arrow] = []
        for (from, card) in cards.enumerated() {
            var labels: [(depth: Int, label: String, kind: Way.Kind)] = []
            for (number, row) in card.rows.enumerated() {
                while let last = labels.last, last.depth >= row.depth { labels.removeLast() }
                var way = row.way
                switch row.kind {
                case .way(let label, let kind): labels.append((row.depth, label, kind))
                case .beside: continue
                case .step:
                    // What lies in a list under a way is taken as that way is.
                    if let kind = labels.last?.kind { way?.kind = kind }
                }
                guard let way, way.target != .next else { continue }
                let label = labels.map(\.label).filter { !$0.isEmpty }.joined(separator: ", ")
                arrows.append(Arrow(from: from, row: number, label: label, way: way))
            }
        }
        return arrows
    }
}
