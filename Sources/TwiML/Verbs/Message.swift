/// `<Message>`: a text back to the sender.
public struct Message: Hashable, Sendable {
    /// Empty if there is only media.
    public var body: Text
    /// URLs that anybody can fetch.
    public var media: [Text]

    /// A message of a text, of media, or of both.
    public init(_ body: Text = "", media: [Text] = []) {
        self.body = body
        self.media = media
    }

    /// What the provider would object to.
    public var problems: [Problem] {
        var problems: [Problem] = []
        if body.isEmpty, media.isEmpty {
            problems.append(Problem(.messageBody, at: "Message", "neither text nor media"))
        }
        if body.literalParts.utf16.count > Limits.maxMessageUnits {
            problems.append(
                Problem(.messageTooLong, at: "Message", "more than \(Limits.maxMessageUnits) characters"))
        }
        if media.count > Limits.maxMedia {
            problems.append(Problem(.tooManyMedia, at: "Message", "more than \(Limits.maxMedia) media"))
        }
        if media.contains(where: \.isEmpty) {
            problems.append(Problem(.mediaURL, at: "Media", "no URL"))
        }
        return problems
    }

    func write(to writer: inout XMLWriter) {
        writer.element("Message") { writer in
            if media.isEmpty {
                writer.text(body)
            } else {
                if !body.isEmpty { writer.element("Body") { $0.text(body) } }
                for url in media { writer.element("Media") { $0.text(url) } }
            }
        }
    }
}
