/// An expression as written: no types, nothing resolved.
package struct Expression: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case none
        case bool(Bool)
        case integer(Int64)
        case number(Double)
        case text(String)
        /// In milliseconds.
        case duration(Int64)
        case list([Expression])
        case name(String)
        indirect case field(Expression, Located<String>)
        indirect case index(Expression, Expression)
        indirect case call(Located<String>, [Expression])
        indirect case not(Expression)
        indirect case negate(Expression)
        indirect case binary(BinaryOperator, Expression, Expression)
        /// What couldn't be read; it was reported and silences what follows from it.
        case invalid
    }

    package var kind: Kind
    package var span: Span

    package init(_ kind: Kind, _ span: Span) {
        self.kind = kind
        self.span = span
    }
}

package enum BinaryOperator: String, Sendable, CaseIterable {
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
    case add = "+"
    case subtract = "-"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case contained = "in"
    case and
    case or
    case coalesce = "??"
}
