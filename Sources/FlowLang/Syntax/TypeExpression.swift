/// A type as written, such as `text(200)`, `[Place]`, `phone?` or a mapping of fields.
package struct TypeExpression: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// `digits`, `digits(6)`, `digits(2..4)`, `money(USD)`, `Place`. Arguments as written.
        case name(String, arguments: [Located<String>])
        /// `open | closed | holiday`
        case words([Located<String>])
        case record([Field])
        /// `[T]` or `[T, n]`
        indirect case list(TypeExpression, limit: Located<String>?)
        indirect case optional(TypeExpression)
        case invalid
    }

    package struct Field: Sendable, Equatable {
        /// Without the `?`.
        package var name: Located<String>
        package var isOptional: Bool
        package var type: TypeExpression

        package init(name: Located<String>, isOptional: Bool, type: TypeExpression) {
            self.name = name
            self.isOptional = isOptional
            self.type = type
        }
    }

    package var kind: Kind
    package var span: Span

    package init(_ kind: Kind, _ span: Span) {
        self.kind = kind
        self.span = span
    }
}
