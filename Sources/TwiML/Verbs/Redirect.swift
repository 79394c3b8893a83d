/// `<Redirect>`: another document takes over.
public struct Redirect: Hashable, Sendable {
    /// Where the document comes from; empty is the present document.
    public var url: Text
    /// How it is requested; POST if left out.
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
