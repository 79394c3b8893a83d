package import TwiML

/// A webhook request as the provider makes it, unsigned.
package struct PhoneRequest: Sendable, Hashable {
    package var method: HTTPMethod
    /// Absolute, without fragment and without `parameters`.
    package var url: String
    /// Decoded, in the order in which they are sent.
    package var parameters: [Parameter]

    package struct Parameter: Sendable, Hashable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(method: HTTPMethod, url: String, parameters: [Parameter]) {
        self.method = method
        self.url = url
        self.parameters = parameters
    }

    /// The body of a POST, `application/x-www-form-urlencoded`; empty for a GET.
    package var body: [UInt8] {
        method == .post ? Array(form.utf8) : []
    }

    /// The URL as it is requested: a GET has the parameters behind the query that is there.
    package var requestURL: String {
        guard method == .get, !parameters.isEmpty else { return url }
        return url + (url.utf8.contains(UInt8(ascii: "?")) ? "&" : "?") + form
    }

    /// Path and query of `requestURL`, as they stand in a request line.
    package var requestTarget: String {
        guard let url = AbsoluteURL(Array(requestURL.utf8)[...]), !url.path.isEmpty else { return "/" }
        return String(decoding: url.path + url.query, as: UTF8.self)
    }

    private var form: String {
        parameters.map { formEncoded($0.name) + "=" + formEncoded($0.value) }.joined(separator: "&")
    }
}

/// What came back.
package struct PhoneResponse: Sendable, Hashable {
    package var status: Int
    package var contentType: String?
    package var body: [UInt8]

    package init(status: Int, contentType: String?, body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }
}

/// Takes a request to the flow, in process or over HTTP.
package typealias PhoneTransport = @Sendable (PhoneRequest) async throws -> PhoneResponse

private func formEncoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "*"):
            bytes.append(byte)
        case UInt8(ascii: " "):
            bytes.append(UInt8(ascii: "+"))
        default:
            let digits = Array("0123456789ABCDEF".utf8)
            bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
