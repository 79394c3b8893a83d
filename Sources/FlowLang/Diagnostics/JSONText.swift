/// A JSON value that is written with its keys in the order given, so that the same value gives the same bytes.
package indirect enum JSONText {
    case null
    case bool(Bool)
    case number(Int)
    case string(String)
    case array([JSONText])
    case object([(key: String, value: JSONText)])

    /// On one line, without blanks.
    package var compact: String {
        var output = ""
        write(to: &output, indentation: nil)
        return output
    }

    /// Two blanks a level, each member and item on a line of its own; no line end behind it.
    package var pretty: String {
        var output = ""
        write(to: &output, indentation: 0)
        return output
    }

    private func write(to output: inout String, indentation: Int?) {
        switch self {
        case .null: output += "null"
        case .bool(let value): output += value ? "true" : "false"
        case .number(let number): output += String(number)
        case .string(let text): writeQuoted(text, to: &output)
        case .array(let items):
            write(items, "[", "]", to: &output, indentation) { $0.write(to: &$1, indentation: $2) }
        case .object(let members):
            write(members, "{", "}", to: &output, indentation) { member, output, indentation in
                writeQuoted(member.key, to: &output)
                output += indentation == nil ? ":" : ": "
                member.value.write(to: &output, indentation: indentation)
            }
        }
    }

    private func write<Item>(
        _ items: [Item], _ open: String, _ close: String, to output: inout String, _ indentation: Int?,
        _ write: (Item, inout String, Int?) -> Void
    ) {
        output += open
        let inner = indentation.map { $0 + 2 }
        for (index, item) in items.enumerated() {
            if index > 0 { output += "," }
            if let inner { output += "\n" + String(repeating: " ", count: inner) }
            write(item, &output, inner)
        }
        if let indentation, !items.isEmpty { output += "\n" + String(repeating: " ", count: indentation) }
        output += close
    }

    /// Control characters and the line ends that JavaScript knows are escaped.
    private func writeQuoted(_ text: String, to output: inout String) {
        output += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            default:
                if scalar.value < 0x20 || scalar.value == 0x7F || (0x2028...0x2029).contains(scalar.value) {
                    output += "\\u" + hexadecimal(scalar.value)
                } else {
                    output.unicodeScalars.append(scalar)
                }
            }
        }
        output += "\""
    }
}
