/// The functions of the language, in the order of the docs.
package enum FunctionTable {
    package static let rows: [FunctionRow] = textRows + listRows + numberRows + dateRows + otherRows

    package static func row(_ name: FunctionName) -> FunctionRow? { byName[name] }

    private static let byName = Dictionary(rows.map { ($0.name, $0) }) { first, _ in first }
}

/// What the bodies of functions never exceed.
package enum FunctionLimits {
    /// Items of a list that a function makes.
    package static let listItems = ValueType.defaultListLimit
    /// Unicode scalars of a text that a function makes.
    package static let textScalars = ValueType.maxTextLimit
}
