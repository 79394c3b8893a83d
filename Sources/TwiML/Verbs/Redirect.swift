/// `<Redirect>`: another document takes over.
public struct Redirect: Hashable, Sendable {
    public var url: Text
    public var method: HTTPMethod?

    /// Goes on with the document at a URL.
    public init(_ url: Text, method: HTTPMethod? = nil) {
        self.url = url
        self.method = method
    }

    func write(to writer: inout XMLWriter) {
        writer.element("Redirect", [.init("method", word: method)]) { $0.text(url) }
    }
}
