public import FlowProgram
public import FlowRuntime
import TwiML

/// The documents for a number's fallback URL: what is heard or read when the server that runs the flows is down. Each says sorry, rings
/// `defaults.fallback` where the flow has one, and ends; none needs a server.
///
/// - Parameters:
///   - programs: each gives a document for every language.
///   - environment: where a `fallback` that is a config has its value; no other config needs one.
/// - Throws: `ConfigurationProblems` that names every setting that is missing or no phone number.
public func outageDocuments(
    of programs: [Program], environment: [String: String]
) throws(ConfigurationProblems) -> Export {
    var problems: [String] = []
    var documents: [Export.Document] = []
    for program in programs {
        let number = program.fallbackNumber(in: environment, problems: &problems)
        for (index, language) in program.languages.enumerated() {
            documents.append(
                Export.Document(
                    path: "\(program.flow).\(program.channel.rawValue).\(language.tag).xml",
                    bytes: outageDocument(of: program, language: index, ringing: number),
                    flow: program.flow, channel: program.channel.rawValue, language: language.tag,
                    setting: program.channel == .voice ? "VoiceFallbackUrl" : "SmsFallbackUrl", method: "GET")
            )
        }
    }
    guard problems.isEmpty else { throw ConfigurationProblems(problems: problems) }
    return Export(kind: .fallback, documents: documents)
}

/// A static file can't know the language that a call went on in, so that there is one for each.
func outageDocument(of program: Program, language: Int, ringing number: String?) -> [UInt8] {
    var bytes = Document.head
    let words = program.apology.pieces(in: language).flatMap { piece -> [UInt8] in
        guard case .fixed(let index) = piece, program.statics.indices.contains(index) else { return [] }
        return Array(program.statics[index].xml.utf8)
    }
    switch program.channel {
    case .voice:
        bytes += words
        var verbs: [VoiceVerb] = []
        if let number { verbs.append(.dial(Dial(.number(Text(number))))) }
        for case .xml(let xml) in Document.voice(verbs + [.hangup]).written { bytes += xml.utf8 }
    case .sms:
        bytes += Array("<Message>".utf8) + words + Array("</Message>".utf8)
    }
    return bytes + Document.tail
}

extension Program {
    /// nil where the flow has none, and in sms.
    func fallbackNumber(in environment: [String: String], problems: inout [String]) -> String? {
        switch fallback {
        case .literal(.text(let number)): return number
        case .config(let index) where config.indices.contains(index):
            let value = config[index].value(in: environment, flow: flow, problems: &problems)
            if case .text(let number) = value { return number }
            return nil
        default: return nil
        }
    }
}
