import FlowProgram
import FlowRuntime
import TwiML

/// Where static documents will lie.
public struct StaticHosting: Sendable {
    /// Documents of a flow.
    public static let usualBound = 1_000

    /// Of the folder of files, without a slash at its end; nil: nowhere.
    let base: String?
    /// Of the dispatcher, which is made once there are files.
    let bin: String?
    let maxDocuments: Int

    /// - Throws: `StaticURLProblem` where a URL isn't an absolute https address of a place alone.
    public init(baseURL: String? = nil, binURL: String? = nil, maxDocuments: Int = usualBound)
        throws(StaticURLProblem)
    {
        base = try baseURL.map { url throws(StaticURLProblem) in
            let checked = try checked(url, of: "--base-url")
            return checked.hasSuffix("/") ? String(checked.dropLast()) : checked
        }
        bin = try binURL.map { url throws(StaticURLProblem) in try checked(url, of: "--bin-url") }
        self.maxDocuments = max(1, maxDocuments)
    }

    private init() {
        (base, bin, maxDocuments) = (nil, nil, Self.usualBound)
    }

    /// Only documents that are pasted into bins.
    public static let none = StaticHosting()
}

/// A URL that documents can't be hosted at.
public struct StaticURLProblem: Error, Sendable, Equatable {
    public var option: String
    public var url: String
}

private func checked(_ url: String, of option: String) throws(StaticURLProblem) -> String {
    let bytes = Array(url.utf8)
    let isPlace = !bytes.contains { "?#".utf8.contains($0) }
    guard bytes.starts(with: "https://".utf8), isWebAddress(bytes), isPlace, bytes.count <= 200 else {
        throw StaticURLProblem(option: option, url: url)
    }
    return url
}

/// The one bin of a project: it sends each request on to the file of what it brings.
///
/// A request brings one of the three at most by the provider's documents; a call to a queue may bring two, so that each
/// stands where the one before is absent. Sections of absent parameters change nothing else, in Mustache as in Handlebars.
func dispatcher(to base: String) -> [UInt8] {
    var url: [UInt8] = []
    appendEscaped(base.utf8, in: .text, to: &url)
    let value =
        "{{DialCallStatus}}{{^DialCallStatus}}{{QueueResult}}{{^QueueResult}}{{Digits}}{{/QueueResult}}{{/DialCallStatus}}"
    url += Array("/{{p}}/\(fileStem(of: value)).xml".utf8)
    appendEscaped(Conversation.usualOverrides.utf8, in: .text, to: &url)
    return Document.head + Array("<Redirect method=\"GET\">".utf8) + url + Array("</Redirect>".utf8)
        + Document.tail
}

/// The name of the file for what a request brings, which may be nothing.
func fileStem(of value: String) -> String { "on-\(value)" }
