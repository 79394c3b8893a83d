// Lines and words of transcripts, by Unicode scalars: a blank with a combining mark behind it is still a blank.

/// A text on one line: blanks side by side become one, control characters too.
func oneLine(_ text: String) -> String {
    words(text).joined(separator: " ")
}

/// What stands between blanks.
func words(_ text: String) -> [String] {
    text.unicodeScalars.split(whereSeparator: isBlank).map { String($0) }
}

/// Without the blanks around it.
func withoutOuterBlanks(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isBlank($0) }),
        let last = scalars.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(scalars[first...last])
}

/// The first word and what is behind it, without the blanks around it.
func firstWord(_ text: String) -> (word: String, rest: String) {
    let scalars = withoutOuterBlanks(text).unicodeScalars
    let end = scalars.firstIndex(where: isBlank) ?? scalars.endIndex
    return (String(scalars[..<end]), withoutOuterBlanks(String(scalars[end...])))
}

/// What is before and behind the first separator, each without the blanks around it; nil if there is none.
func parted(_ text: String, at separator: Unicode.Scalar) -> (before: String, behind: String)? {
    let scalars = text.unicodeScalars
    guard let place = scalars.firstIndex(of: separator) else { return nil }
    return (
        withoutOuterBlanks(String(scalars[..<place])),
        withoutOuterBlanks(String(scalars[scalars.index(after: place)...]))
    )
}

/// Blanks, line ends and control characters; the last could steer a terminal.
func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x20, 0x7F...0x9F, 0x2028, 0x2029: true
    default: false
    }
}
