/// What a text message is sent as, and how many segments it is paid as.
///
/// A message whose characters are all in GSM-7's table is sent in septets, 160 in one segment or 153 in each of several; one other
/// character makes the whole message UCS-2, with 70 or 67 units in a segment. What takes two septets or two units isn't divided.
///
/// Source: the provider's page on GSM-7 and its segment calculator; read 2026-11.
public struct MessageSegments: Hashable, Sendable {
    public enum Encoding: String, Hashable, Sendable {
        case gsm7 = "GSM-7"
        case ucs2 = "UCS-2"

        /// Septets or UTF-16 units of a message that is one segment.
        public var single: Int { self == .gsm7 ? 160 : 70 }
        /// Of each segment where there are several.
        public var each: Int { self == .gsm7 ? 153 : 67 }

        /// The septets or units of a character.
        public func width(of scalar: Unicode.Scalar) -> Int {
            switch self {
            case .gsm7: GSM7.width(of: scalar) ?? 2
            case .ucs2: scalar.value > 0xFFFF ? 2 : 1
            }
        }

        /// Segments that any text of so many septets or units needs at most.
        public func segments(ofAtMost units: Int) -> Int {
            // A character of two that no longer fits may leave one place empty in each.
            units <= single ? 1 : (units + each - 2) / (each - 1)
        }
    }

    public var encoding: Encoding
    /// Septets or UTF-16 units.
    public var units: Int
    /// 1 for an empty message, too.
    public var count: Int

    /// - Complexity: linear in the text
    public init(of text: String) {
        let encoding: Encoding = GSM7.holds(text) ? .gsm7 : .ucs2
        self.init(of: text.unicodeScalars, in: encoding)
    }

    init(of scalars: some Sequence<Unicode.Scalar>, in encoding: Encoding) {
        self.encoding = encoding
        units = 0
        var count = 1
        var used = 0
        for scalar in scalars {
            let width = encoding.width(of: scalar)
            units += width
            if used + width > encoding.each {
                count += 1
                used = 0
            }
            used += width
        }
        self.count = units <= encoding.single ? 1 : count
    }

    /// As much of a text as fits into so many segments together with what tells that it was cut: `…`, or `...` where that keeps
    /// the message in GSM-7's table.
    ///
    /// - Returns: the text itself if it fits.
    public static func cut(_ text: String, to segments: Int) -> String {
        let whole = MessageSegments(of: text)
        guard whole.count > segments else { return text }
        let encoding = whole.encoding
        let mark = encoding == .gsm7 ? "..." : "…"
        let markWidth = mark.unicodeScalars.reduce(0) { $0 + encoding.width(of: $1) }
        var kept = String.UnicodeScalarView()
        // Where a segment ends nothing is divided, so that places may stay empty: they are filled one by one.
        var used = 0
        var full = 0
        let (each, last) = segments == 1 ? (encoding.single, 1) : (encoding.each, segments)
        for scalar in text.unicodeScalars {
            let width = encoding.width(of: scalar)
            if used + width > each {
                full += 1
                used = 0
            }
            guard full < last - 1 || used + width + markWidth <= each else { break }
            kept.append(scalar)
            used += width
        }
        // The mark begins in the last segment or before it.
        while MessageSegments(of: String(kept) + mark).count > segments, !kept.isEmpty { kept.removeLast() }
        return String(kept) + mark
    }
}

/// The characters of GSM-7.
public enum GSM7 {
    /// One septet, two for those of the extension table, nil for all others.
    public static func width(of scalar: Unicode.Scalar) -> Int? {
        if scalar.value < 0x80 { return ascii[Int(scalar.value)] }
        if scalar == "€" { return 2 }
        return others.contains(scalar) ? 1 : nil
    }

    public static func holds(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { width(of: $0) != nil }
    }

    /// What an author may write instead of a character that isn't in the table.
    ///
    /// - Returns: the plain text, and whether it looks the same, as a straight quote does; nil where there is nothing near.
    public static func twin(of scalar: Unicode.Scalar) -> (text: String, looksAlike: Bool)? {
        switch scalar {
        case "\u{2018}", "\u{2019}", "\u{201B}", "\u{2032}", "`", "\u{B4}": return ("'", true)
        case "\u{201C}", "\u{201D}", "\u{201E}", "\u{201F}", "\u{AB}", "\u{BB}", "\u{2033}":
            return ("\"", true)
        case "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}": return ("-", true)
        case "\u{2026}": return ("...", true)
        case "\u{A0}", "\u{2002}", "\u{2003}", "\u{2009}", "\u{200A}", "\u{202F}": return (" ", true)
        case "\u{2022}", "\u{B7}": return ("*", false)
        default: break
        }
        // An accent that the table lacks: the letter without it, or with another one that it has.
        guard let row = letters.first(where: { $0.accented.unicodeScalars.contains(scalar) }) else {
            return nil
        }
        return (row.plain, false)
    }

    private static let others: Set<Unicode.Scalar> = Set(
        "¡£¤¥§¿ÄÅÆÉÑÖØÜßàäåæÇèéìñòöøùüΓΔΘΛΞΠΣΦΨΩ".unicodeScalars)

    /// For each character of ASCII its septets.
    private static let ascii: [Int?] = (0..<128).map { value in
        guard let scalar = Unicode.Scalar(value) else { return nil }
        switch scalar {
        case "\n", "\r": return 1
        case "^", "{", "}", "\\", "[", "]", "~", "|", "\u{C}": return 2
        case "`": return nil
        case " "..."~": return 1
        default: return nil
        }
    }

    private static let letters: [(plain: String, accented: String)] = [
        ("A", "ÀÁÂÃĀ"), ("C", "ĆČ"), ("E", "ÈÊËĒ"), ("I", "ÌÍÎÏ"), ("N", "Ń"), ("O", "ÒÓÔÕ"), ("S", "ŚŠ"),
        ("U", "ÙÚÛ"), ("Y", "Ý"), ("Z", "ŹŻŽ"), ("a", "áâãā"), ("c", "çćč"), ("e", "êëē"), ("i", "íîï"),
        ("n", "ń"), ("o", "óôõ"), ("s", "śš"), ("u", "úû"), ("y", "ýÿ"), ("z", "źżž"),
    ]
}
