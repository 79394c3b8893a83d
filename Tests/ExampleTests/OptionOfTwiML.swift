import FlowLang
import FlowProperties
import Foundation

/// An option of the verb table, and where it stands: beside a verb, in a kind of object, or in a mapping of a list.
struct OptionOfTwiML: Sendable, CustomStringConvertible {
    let verb: VerbRow
    var kind: ObjectRow?
    /// The option whose mappings it stands in.
    var list: OptionRow?
    let row: OptionRow

    var description: String {
        ([verb.verb.rawValue, kind?.name, list?.name, row.name] as [String?]).compactMap { $0 }.joined(
            separator: ".")
    }

    /// `timeLimit` of `time_limit`.
    var attribute: String { camelCased(row.name) }

    /// The elements that its owner stands for by its name.
    var elements: [TwiMLFacts.Element] {
        let owner = list == nil ? kind?.name ?? verb.verb.rawValue : ""
        let tag = camelCased(owner).lowercased()
        return TwiMLFacts.elements.filter { $0.tag.lowercased() == tag }
    }

    /// What is warned of once isn't warned of for each of its parts.
    var isUnverified: Bool { row.isUnverified || list?.isUnverified ?? false }

    static let all: [OptionOfTwiML] = VerbTable.rows.flatMap { verb in
        let beside = verb.options.map { OptionOfTwiML(verb: verb, row: $0) }
        let inKinds = objects(of: verb).flatMap { kind in
            kind.options.map { OptionOfTwiML(verb: verb, kind: kind, row: $0) }
        }
        return (beside + inKinds).flatMap { option -> [OptionOfTwiML] in
            guard case .records(let rows) = option.row.kind else { return [option] }
            return [option]
                + rows.map { OptionOfTwiML(verb: verb, kind: option.kind, list: option.row, row: $0) }
        }
    }

    static func objects(of row: VerbRow) -> [ObjectRow] {
        switch row.argument {
        case .nothing: []
        case .required(let kind), .optional(let kind): objects(in: kind)
        }
    }

    private static func objects(in kind: ArgumentKind) -> [ObjectRow] {
        switch kind {
        case .manyOf(let one), .list(let one): objects(in: one)
        case .object(_, let kinds): kinds
        default: []
        }
    }
}

private func camelCased(_ name: String) -> String {
    let words = name.split(separator: "_")
    return (words.prefix(1).map(String.init) + words.dropFirst().map(\.capitalized)).joined()
}
