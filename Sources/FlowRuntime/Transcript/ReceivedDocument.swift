internal import TwiML

/// What the provider says about a response that it can't use.
struct ResponseFault: Error, Hashable, CustomStringConvertible {
    let code: Int
    let message: String

    var description: String { "error \(code): \(message)" }
}

/// Judges a response as the provider does and reads its document.
func receivedDocument(_ response: PhoneResponse) -> Result<XMLReader.Element, ResponseFault> {
    func fault(_ code: Int, _ message: String) -> Result<XMLReader.Element, ResponseFault> {
        .failure(ResponseFault(code: code, message: message))
    }
    guard (200..<300).contains(response.status) else {
        return fault(11200, "the answer has the status \(response.status)")
    }
    guard let type = response.contentType else {
        return fault(ErrorCode.wrongContentType.rawValue, "the answer has no Content-Type")
    }
    guard isMarkup(type) else {
        return fault(ErrorCode.wrongContentType.rawValue, "the answer has the Content-Type \(oneLine(type))")
    }
    guard response.body.count <= TwiML.Limits.maxReadBytes else {
        return fault(ErrorCode.documentTooLarge.rawValue, "the answer has \(response.body.count) bytes")
    }
    do throws(XMLFault) {
        let root = try XMLReader.read(response.body)
        guard root.name == "Response" else {
            return fault(ErrorCode.wrongRoot.rawValue, "the root is <\(root.name)>, not <Response>")
        }
        return .success(root)
    } catch {
        return fault(ErrorCode.unreadableDocument.rawValue, error.description)
    }
}

private func isMarkup(_ contentType: String) -> Bool {
    let type = (parted(contentType, at: ";")?.before ?? withoutOuterBlanks(contentType)).lowercased()
    return ["text/xml", "application/xml", "text/html"].contains(type)
}
