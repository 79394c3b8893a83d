/// JSON as it stands in a document.
enum JSON {
    case null
    case bool(Bool)
    /// As written; its grammar was checked.
    case number(String)
    case text(String)
    case list([JSON])
    /// In the order of the document; a name may stand in it several times.
    case object([(name: String, value: JSON)])

    /// The last value of a name.
    func member(_ name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }
}

/// What is wrong with a JSON answer, and where.
package struct JSONFault: Error, Hashable {
    /// `current.temperature_2m`, `results[3].name`; empty for the whole answer.
    package var path: String
    /// `a number is missing`
    package var reason: String

    init(_ reason: String, path: String = "") {
        self.reason = reason
        self.path = path
    }

    /// `current.temperature_2m: a number is missing`
    package var description: String { path.isEmpty ? reason : "\(path): \(reason)" }

    /// The same fault, seen from the value around it.
    func inside(_ step: String) -> JSONFault {
        let separator = path.isEmpty || path.utf8.first == UInt8(ascii: "[") ? "" : "."
        return JSONFault(reason, path: step + separator + path)
    }
}

/// The members of a JSON object of scalars, as texts, in their order; nil for anything else. `null` is left out.
package func jsonScalars(_ bytes: [UInt8]) -> [(name: String, value: String)]? {
    guard case .object(let members)? = try? JSONReader.read(bytes) else { return nil }
    var scalars: [(name: String, value: String)] = []
    for member in members {
        switch member.value {
        case .null: continue
        case .bool(let flag): scalars.append((name: member.name, value: flag ? "true" : "false"))
        case .number(let number): scalars.append((name: member.name, value: number))
        case .text(let text): scalars.append((name: member.name, value: text))
        case .list, .object: return nil
        }
    }
    return scalars
}

/// The scalars among the members of a JSON object; empty for anything else.
package func jsonScalarFields(_ bytes: [UInt8]) -> [String: String] {
    guard case .object(let members)? = try? JSONReader.read(bytes) else { return [:] }
    var fields: [String: String] = [:]
    for member in members {
        switch member.value {
        case .number(let text), .text(let text): fields[member.name] = text
        case .null, .bool, .list, .object: continue
        }
    }
    return fields
}
