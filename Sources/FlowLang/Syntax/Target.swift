/// Where a choice, an outcome or a branch leads.
package struct Target: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case state(String)
        case steps([Step])
        case word(Word)
        case invalid
    }

    /// Reserved as names of states.
    package enum Word: String, Sendable, CaseIterable {
        case next, again, hangup, end, `return`, leave, accept, decline

        /// Quicker than `init(rawValue:)`, which every name of a state would pay for.
        init?(named name: String) {
            guard let word = Self.allCases.first(where: { $0.rawValue.isName(name) }) else { return nil }
            self = word
        }
    }

    package var kind: Kind
    package var span: Span

    package init(_ kind: Kind, _ span: Span) {
        self.kind = kind
        self.span = span
    }
}
