/// A strict reader of JSON (RFC 8259): one value, nothing behind it, UTF-8, no deeper than 64.
struct JSONReader {
    static let maxDepth = 64

    private let bytes: [UInt8]
    private var index = 0

    static func read(_ bytes: [UInt8]) throws(JSONFault) -> JSON {
        var reader = JSONReader(bytes: bytes)
        let value = try reader.value(depth: 0)
        reader.skipBlanks()
        guard reader.next == nil else { throw reader.fault("something stands behind the value") }
        return value
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    private func fault(_ reason: String) -> JSONFault {
        JSONFault("the answer isn't JSON: \(reason) at byte \(index)")
    }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        index += 1
        return true
    }

    private mutating func value(depth: Int) throws(JSONFault) -> JSON {
        guard depth < Self.maxDepth else { throw fault("values are nested too deeply") }
        skipBlanks()
        switch next {
        case UInt8(ascii: "{"): return try object(depth)
        case UInt8(ascii: "["): return try list(depth)
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case .none: throw fault("it ends too early")
        default: return .number(try number())
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONFault) -> JSON {
        let wanted = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard bytes[index...].starts(with: wanted) else { throw fault("an unknown word") }
        index += wanted.count
        return value
    }

    private mutating func list(_ depth: Int) throws(JSONFault) -> JSON {
        index += 1
        var values: [JSON] = []
        skipBlanks()
        if take(UInt8(ascii: "]")) { return .list(values) }
        while true {
            values.append(try value(depth: depth + 1))
            skipBlanks()
            if take(UInt8(ascii: "]")) { return .list(values) }
            guard take(UInt8(ascii: ",")) else { throw fault("',' or ']' is missing") }
        }
    }

    private mutating func object(_ depth: Int) throws(JSONFault) -> JSON {
        index += 1
        var members: [(name: String, value: JSON)] = []
        skipBlanks()
        if take(UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipBlanks()
            guard next == UInt8(ascii: "\"") else { throw fault("a name in quotes is missing") }
            let name = try text()
            skipBlanks()
            guard take(UInt8(ascii: ":")) else { throw fault("':' is missing") }
            members.append((name, try value(depth: depth + 1)))
            skipBlanks()
            if take(UInt8(ascii: "}")) { return .object(members) }
            guard take(UInt8(ascii: ",")) else { throw fault("',' or '}' is missing") }
        }
    }

    // Numbers

    private mutating func number() throws(JSONFault) -> String {
        let start = index
        _ = take(UInt8(ascii: "-"))
        let whole = digits()
        guard whole > 0 else { throw fault("a value is missing") }
        guard whole == 1 || bytes[index - whole] != UInt8(ascii: "0") else {
            throw fault("a number begins with 0")
        }
        if take(UInt8(ascii: ".")), digits() == 0 { throw fault("digits are missing behind the point") }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard digits() > 0 else { throw fault("an exponent is missing") }
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    /// How many digits there were.
    private mutating func digits() -> Int {
        let start = index
        while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { index += 1 }
        return index - start
    }

    // Texts

    private mutating func text() throws(JSONFault) -> String {
        index += 1
        var result: [UInt8] = []
        while let byte = next {
            index += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: result, as: UTF8.self) else {
                    throw fault("a text isn't UTF-8")
                }
                return text
            case UInt8(ascii: "\\"): result += String(try escaped()).utf8
            case 0..<0x20: throw fault("a control character stands in a text")
            default: result.append(byte)
            }
        }
        throw fault("a text has no end")
    }

    private mutating func escaped() throws(JSONFault) -> Unicode.Scalar {
        guard let byte = next else { throw fault("a text has no end") }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw fault("an unknown escape")
        }
    }

    /// Two halves make one scalar; a half alone is none.
    private mutating func unicodeEscape() throws(JSONFault) -> Unicode.Scalar {
        let first = try fourHexDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
            throw fault("half a surrogate pair")
        }
        let second = try fourHexDigits()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw fault("half a surrogate pair") }
        return scalar
    }

    private mutating func fourHexDigits() throws(JSONFault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = hexDigit(byte) else { throw fault("an escape isn't complete") }
            value = value << 4 | digit
            index += 1
        }
        return value
    }

    private func hexDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
