/// A TwiML document: what one webhook request is answered with.
///
/// ```swift
/// let document = Document.voice([.say(Say("Goodbye.")), .hangup])
/// document.problems  // []
/// document.bytes     // <?xml version="1.0" encoding="UTF-8"?><Response><Say>Goodbye.</Say><Hangup/></Response>
/// ```
public enum Document: Hashable, Sendable {
    /// Answers a call.
    case voice([VoiceVerb])
    /// Answers a text.
    case messaging([MessagingVerb])

    /// The whole document in UTF-8, with the XML declaration. Equal documents have equal bytes. A placeholder writes nothing.
    public var bytes: [UInt8] { bytes { _ in "" } }

    /// The whole document with its placeholders filled in.
    ///
    /// - Parameter value: the text of a placeholder; it is escaped here.
    public func bytes(filling value: (Int) -> String) -> [UInt8] {
        let written = self.written
        guard !written.isEmpty else { return Document.empty }
        var bytes = Document.head
        for part in written {
            switch part {
            case .xml(let xml):
                bytes.append(contentsOf: xml.utf8)
            case .placeholder(let number, let inAttribute):
                appendEscaped(value(number).utf8, in: inAttribute ? .attribute : .text, to: &bytes)
            }
        }
        bytes.append(contentsOf: Document.tail)
        return bytes
    }

    /// The verbs as XML, without the root element.
    public var written: [WrittenPart] {
        var writer = XMLWriter()
        switch self {
        case .voice(let verbs): for verb in verbs { verb.write(to: &writer) }
        case .messaging(let verbs): for verb in verbs { verb.write(to: &writer) }
        }
        return writer.finish()
    }

    /// What the provider would object to: ranges, lengths, counts and nesting. Of what holds placeholders, the literal parts are
    /// looked at.
    public var problems: [Problem] {
        var problems: [Problem] = []
        switch self {
        case .voice(let verbs):
            problems = verbs.flatMap(\.problems)
        case .messaging(let verbs):
            problems = verbs.flatMap(\.problems)
            let messages = verbs.count { if case .message = $0 { true } else { false } }
            if messages > Limits.maxMessages {
                problems.append(
                    Problem(.tooManyMessages, at: "Response", "more than \(Limits.maxMessages) messages"))
            }
        }
        if bytes.count > Limits.maxDocumentBytes {
            problems.append(
                Problem(.documentTooLarge, at: "Response", "more than \(Limits.maxDocumentBytes) bytes"))
        }
        return problems
    }

    /// What every document that isn't empty begins with: the XML declaration and the root's start tag.
    public static let head = Array(#"<?xml version="1.0" encoding="UTF-8"?><Response>"#.utf8)
    /// What every document that isn't empty ends with.
    public static let tail = Array("</Response>".utf8)
    /// The document without verbs: a call ends, a text gets no reply.
    public static let empty = Array(#"<?xml version="1.0" encoding="UTF-8"?><Response/>"#.utf8)
}
