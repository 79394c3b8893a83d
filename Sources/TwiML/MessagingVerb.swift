/// A verb of a document that answers a text.
public enum MessagingVerb: Hashable, Sendable {
    case message(Message)
    case redirect(Redirect)

    /// The verb as XML, in runs between its placeholders.
    public var written: [WrittenPart] {
        var writer = XMLWriter()
        write(to: &writer)
        return writer.finish()
    }

    /// What the provider would object to in this verb.
    public var problems: [Problem] {
        switch self {
        case .message(let message): message.problems
        case .redirect(let redirect):
            redirect.url.isEmpty ? [Problem(.schema, at: "Redirect", "no URL")] : []
        }
    }

    package func write(to writer: inout XMLWriter) {
        switch self {
        case .message(let message): message.write(to: &writer)
        case .redirect(let redirect): redirect.write(to: &writer)
        }
    }
}
