/// Where a text stands in a document. What is escaped for an attribute is also right as text.
public enum XMLPlace: Hashable, Sendable {
    case text
    case attribute
}

/// Appends UTF-8 bytes so that an XML reader gets the same characters back.
///
/// It works on Unicode scalars: a `<` with a combining mark behind it is one `Character` and still a `<`. An apostrophe stays as
/// it is, because attributes are written in double quotes and the provider was seen to trip over `&apos;`. `>` is always escaped,
/// so that no text ends in `]]>`. A carriage return is written as a reference, because readers make a line feed of a raw one;
/// in attributes so are tab and line feed. Characters that XML 1.0 can't hold have no sound and no glyph: they are left out.
/// A malformed byte becomes U+FFFD.
///
/// - Complexity: linear in the count of bytes.
public func appendEscaped(
    _ bytes: some Sequence<UInt8>, in place: XMLPlace = .attribute, to output: inout [UInt8]
) {
    // Numbers, names and most of what is said need nothing.
    let isWritten = bytes.withContiguousStorageIfAvailable { bytes in
        guard bytes.allSatisfy(isPlainASCII) else { return false }
        output.append(contentsOf: bytes)
        return true
    }
    if isWritten ?? false { return }
    var iterator = bytes.makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    while true {
        switch parser.parseScalar(from: &iterator) {
        case .emptyInput: return
        case .error: output.append(contentsOf: [0xEF, 0xBF, 0xBD])
        case .valid(let encoded): appendEscaped(encoded, in: place, to: &output)
        }
    }
}

/// A text as it stands between tags.
public func escapeText(_ text: String) -> String {
    escape(text, in: .text)
}

/// A text as it stands between the double quotes of an attribute.
public func escapeAttribute(_ text: String) -> String {
    escape(text, in: .attribute)
}

/// The text that `escapeText` and `escapeAttribute` wrote.
package func unescapedText(_ xml: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(xml.count)
    var index = 0
    while index < xml.count {
        guard xml[index] == UInt8(ascii: "&"),
            let end = xml[index...].prefix(6).firstIndex(of: UInt8(ascii: ";"))
        else {
            text.append(xml[index])
            index += 1
            continue
        }
        switch String(decoding: xml[index...end], as: UTF8.self) {
        case "&amp;": text.append(UInt8(ascii: "&"))
        case "&lt;": text.append(UInt8(ascii: "<"))
        case "&gt;": text.append(UInt8(ascii: ">"))
        case "&quot;": text.append(UInt8(ascii: "\""))
        case "&#13;": text.append(0x0D)
        case "&#10;": text.append(0x0A)
        case "&#9;": text.append(0x09)
        default: text.append(contentsOf: xml[index...end])
        }
        index = end + 1
    }
    return String(decoding: text, as: UTF8.self)
}

private func escape(_ text: String, in place: XMLPlace) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    appendEscaped(text.utf8, in: place, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
}

/// One scalar, well-formed.
private func appendEscaped(
    _ encoded: Unicode.UTF8.EncodedScalar, in place: XMLPlace, to output: inout [UInt8]
) {
    switch (Unicode.UTF8.decode(encoded), place) {
    case ("&", _): output.append(contentsOf: "&amp;".utf8)
    case ("<", _): output.append(contentsOf: "&lt;".utf8)
    case (">", _): output.append(contentsOf: "&gt;".utf8)
    case ("\r", _): output.append(contentsOf: "&#13;".utf8)
    case ("\"", .attribute): output.append(contentsOf: "&quot;".utf8)
    case ("\t", .attribute): output.append(contentsOf: "&#9;".utf8)
    case ("\n", .attribute): output.append(contentsOf: "&#10;".utf8)
    case (let scalar, _) where isXMLCharacter(scalar): output.append(contentsOf: encoded)
    default: break
    }
}

/// Whether XML 1.0 can hold a character (its production 2); others are left out.
package func isXMLCharacter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\t", "\n", "\r", "\u{20}"..."\u{FFFD}", "\u{10000}"...: true
    default: false
    }
}

/// Whether a byte is a printable ASCII character that stands for itself everywhere.
private func isPlainASCII(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""): false
    default: (0x20...0x7E).contains(byte)
    }
}
