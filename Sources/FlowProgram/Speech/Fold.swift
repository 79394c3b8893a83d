/// An answer as it is compared: lower-case letters and digits without accents, words separated by single blanks.
///
/// - Complexity: O(n)
package func fold(_ text: String) -> String {
    var text = text
    let folded = text.withUTF8 { bytes in bytes.allSatisfy { $0 < 0x80 } ? foldASCII(bytes) : nil }
    return folded ?? foldScalars(text)
}

/// Folded text, word by word.
package func foldedWords(_ text: String) -> [String] {
    fold(text).split(separator: " ").map(String.init)
}

private func foldASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var owesBlank = false
    for byte in bytes {
        guard let letter = foldedASCII(byte) else {
            owesBlank = !result.isEmpty
            continue
        }
        if owesBlank { result.append(UInt8(ascii: " ")) }
        owesBlank = false
        result.append(letter)
    }
    return String(decoding: result, as: UTF8.self)
}

private func foldedASCII(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte + 32
    default: nil
    }
}

private func foldScalars(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var owesBlank = false
    for scalar in text.unicodeScalars {
        if scalar.properties.generalCategory == .nonspacingMark { continue }
        guard let letters = folded(scalar) else {
            owesBlank = !result.isEmpty
            continue
        }
        if owesBlank { result.append(" ") }
        owesBlank = false
        result.append(contentsOf: letters)
    }
    return String(result)
}

/// nil for what is neither letter nor digit.
private func folded(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView? {
    if scalar.isASCII {
        return foldedASCII(UInt8(truncatingIfNeeded: scalar.value)).map {
            String(Unicode.Scalar($0)).unicodeScalars
        }
    }
    guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else { return nil }
    var result = String.UnicodeScalarView()
    for lower in scalar.properties.lowercaseMapping.unicodeScalars
    where lower.properties.generalCategory != .nonspacingMark {
        result.append(contentsOf: withoutAccent(lower).unicodeScalars)
    }
    return result
}

/// The character's own name says which letter it is: LATIN SMALL LETTER E WITH ACUTE.
private func withoutAccent(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "ß": return "ss"
    case "æ": return "ae"
    case "œ": return "oe"
    case "ı": return "i"
    default: break
    }
    let prefix = "LATIN SMALL LETTER "
    guard let name = scalar.properties.name, name.utf8.starts(with: prefix.utf8) else {
        return String(scalar)
    }
    let rest = Array(name.utf8.dropFirst(prefix.utf8.count))
    guard let letter = rest.first, rest.dropFirst().starts(with: " WITH ".utf8) else { return String(scalar) }
    return String(Unicode.Scalar(letter)).lowercased()
}
