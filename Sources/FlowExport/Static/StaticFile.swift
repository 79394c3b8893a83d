import FlowProgram
import FlowRuntime
import TwiML

/// A turn's document as a file that others link to.
struct StaticFile {
    private let answer: AnswerPieces
    private let program: Program
    /// For each wait of the document the verb that waits.
    let verbs: [Int: XMLReader.Element]

    init(_ answer: AnswerPieces, of program: Program) {
        self.answer = answer
        self.program = program
        let draft = Self.xml(answer, of: program) { Array("\(Self.mark)\($0)".utf8) }
        var verbs: [Int: XMLReader.Element] = [:]
        for element in (try? XMLReader.read(draft))?.children ?? [] {
            let url = element.attribute("action") ?? (element.name == "Redirect" ? element.text : "")
            if url.hasPrefix(Self.mark), let wait = Int(url.dropFirst(Self.mark.count)) {
                verbs[wait] = element
            }
        }
        self.verbs = verbs
    }

    /// In place of a URL, until the verbs are known.
    private static let mark = "wait:"

    /// Where a wait's request goes.
    struct Link {
        var url: String
        /// A file takes no POST.
        var isFile: Bool
    }

    func bytes(_ links: [Link]) -> [UInt8] {
        let xml = Self.xml(answer, of: program) { wait in
            guard links.indices.contains(wait) else { return [] }
            var url: [UInt8] = []
            appendEscaped((links[wait].url + Conversation.usualOverrides).utf8, in: .attribute, to: &url)
            // As a redirect's text and as an attribute it stands before the method.
            let isAction = verbs[wait]?.name != "Redirect"
            return url + (links[wait].isFile && isAction ? Array("\" method=\"GET".utf8) : [])
        }
        return keysOnly(xml)
    }

    private static func xml(
        _ answer: AnswerPieces, of program: Program, url: (_ wait: Int) -> [UInt8]
    ) -> [UInt8] {
        guard !answer.isEmpty else { return Document.empty }
        var xml = Document.head
        answer.forEach { piece in
            switch piece {
            case .fixed(let index):
                if program.statics.indices.contains(index) { xml += Array(program.statics[index].xml.utf8) }
            case .bytes(let range): xml += answer.code[range]
            case .slot(let code):
                let redirect = Array("<Redirect>".utf8)
                if xml.suffix(redirect.count).elementsEqual(redirect) {
                    xml.removeLast()
                    xml += Array(" method=\"GET\">".utf8)
                }
                xml += url(Slot(code: code).wait)
            // Refused before.
            case .side, .start, .callback: break
            }
        }
        return xml + Document.tail
    }
}

/// A document whose `<Gather>`s hear keys only: nobody is there who could understand speech.
private func keysOnly(_ xml: [UInt8]) -> [UInt8] {
    let start = Array("<Gather ".utf8)
    var output: [UInt8] = []
    output.reserveCapacity(xml.count)
    var rest = xml[...]
    while let found = rest.firstRange(of: start) {
        output += rest[..<found.upperBound]
        var isQuoted = false
        let tag = rest[found.upperBound...].prefix { byte in
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            return isQuoted || byte != UInt8(ascii: ">")
        }
        output += Array(attributesForKeys(String(decoding: tag, as: UTF8.self)).utf8)
        rest = rest[tag.endIndex...]
    }
    return output + rest
}

/// Attributes as they are written, without those that concern speech; where no key ends the answer, `#` does.
private func attributesForKeys(_ tag: String) -> String {
    var kept: [String] = []
    for match in tag.matches(of: /([A-Za-z]+)="([^"]*)"/) {
        let (name, value) = (String(match.output.1), String(match.output.2))
        switch name {
        case "speechTimeout", "maxSpeechTime", "speechModel", "enhanced", "hints", "language",
            "profanityFilter", "partialResultCallback", "partialResultCallbackMethod":
            continue
        case "input": kept.append("input=\"dtmf\"")
        case "finishOnKey": kept.append("finishOnKey=\"\(KeyInput.finishKeys(value))\"")
        default: kept.append("\(name)=\"\(value)\"")
        }
    }
    return kept.joined(separator: " ")
}
