import FlowRuntime

/// A form or query, decoded into one buffer, in the order of arrival. The bytes are those that the provider signed;
/// values needn't be valid UTF-8.
struct FormBytes: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var entries: [Parameters.Entry] = []
    private var isASCII = true

    init() {}

    /// Decodes `name=value&…`: `+` is a blank, `%` begins two hexadecimal digits. A name without `=` has an empty value;
    /// nothing between two `&` is nothing. Linear.
    init(decoding encoded: ArraySlice<UInt8>) throws(Refusal) {
        guard !encoded.isEmpty else { return }
        bytes.reserveCapacity(encoded.count)
        entries.reserveCapacity(32)
        var seen: UInt8 = 0
        var start = 0
        var nameEnd: Int?
        var index = encoded.startIndex
        while index < encoded.endIndex {
            var byte = encoded[index]
            index += 1
            switch byte {
            case UInt8(ascii: "&"):
                try close(from: start, nameEnd: nameEnd)
                start = bytes.count
                nameEnd = nil
                continue
            case UInt8(ascii: "=") where nameEnd == nil:
                nameEnd = bytes.count
                continue
            case UInt8(ascii: "+"):
                byte = 0x20
            case UInt8(ascii: "%"):
                guard encoded.endIndex - index >= 2, let high = hexValue(encoded[index]),
                    let low = hexValue(encoded[index + 1])
                else { throw .malformed("a percent sign without two hexadecimal digits") }
                byte = high << 4 | low
                index += 2
            default: break
            }
            seen |= byte
            bytes.append(byte)
        }
        try close(from: start, nameEnd: nameEnd)
        isASCII = seen < 0x80
    }

    private mutating func close(from start: Int, nameEnd: Int?) throws(Refusal) {
        guard nameEnd != nil || bytes.count > start else { return }
        guard entries.count < RequestLimits.parameters else { throw .malformed("too many parameters") }
        let middle = nameEnd ?? bytes.count
        entries.append(Parameters.Entry(name: start..<middle, value: middle..<bytes.count))
    }

    /// The first value of this name.
    func value(_ name: StaticString) -> ArraySlice<UInt8>? {
        let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        for entry in entries
        where entry.name.count == wanted.count && bytes[entry.name].elementsEqual(wanted) {
            return bytes[entry.value]
        }
        return nil
    }

    /// As UTF-8. A broken value is repaired, with U+FFFD for what is broken: callers reach values, and what a caller sends
    /// is at worst a wrong answer. A broken name is refused: no caller makes names.
    func parameters() throws(Refusal) -> Parameters {
        if isASCII || entriesAreUTF8() {
            return Parameters(bytes: bytes, entries: entries)
        }
        var repaired: [(String, String)] = []
        for entry in entries {
            guard let name = String(validating: bytes[entry.name], as: UTF8.self) else {
                throw .malformed("a parameter's name isn't UTF-8")
            }
            repaired.append((name, String(decoding: bytes[entry.value], as: UTF8.self)))
        }
        return Parameters(repaired)
    }

    /// Of each part: a sequence that is cut at the end of a value may look whole with the next name.
    private func entriesAreUTF8() -> Bool {
        entries.allSatisfy { isUTF8(bytes[$0.name]) && isUTF8(bytes[$0.value]) }
    }

    private func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
        String(validating: bytes, as: UTF8.self) != nil
    }
}
