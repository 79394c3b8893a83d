public import FlowProgram
public import FlowRuntime

/// Flows as one static document each, to paste into a TwiML Bin: no server is asked anything.
///
/// It is a partial evaluation of the machine: what is known when it is exported is done now. Where only the text of a webhook's parameter
/// is needed there stands `{{Name}}`, and a test whether an optional param is there becomes a section; what else depends on the
/// conversation is refused.
///
/// - Parameters:
///   - environment: where the flows' config has its values; all must be there.
/// - Throws: `ConfigurationProblems` that names every setting that is missing or doesn't fit.
public func staticDocuments(
    of programs: [ProgramFile.Entry], environment: [String: String]
) throws(ConfigurationProblems) -> (export: Export, refusals: [ExportRefusal]) {
    let deployment = try Deployment(programs, environment: environment)
    var documents: [Export.Document] = []
    var refusals: [ExportRefusal] = []
    for (entry, written) in zip(deployment.entries, programs) {
        let program = entry.program
        var walk = StaticWalk(program, config: entry.config)
        if let bytes = walk.document() {
            documents.append(
                Export.Document(
                    path: "\(program.flow).\(program.channel.rawValue).xml", bytes: bytes, flow: program.flow,
                    channel: program.channel.rawValue, language: program.languages[0].tag,
                    setting: program.channel == .voice ? "VoiceUrl" : "SmsUrl", method: "POST",
                    parameters: walk.parameters.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }))
        } else {
            refusals += walk.refusals.map { operation, reason in
                ExportRefusal(
                    flow: program.flow, place: written.sourceMap.location(of: operation) ?? program.flow,
                    reason: reason)
            }
        }
    }
    return (Export(kind: .twiml, documents: documents), refusals)
}

/// A step that no static document can take.
public struct ExportRefusal: Sendable, Equatable, CustomStringConvertible {
    public var flow: String
    /// `flows/main-menu.yaml:24:7`
    public var place: String
    public var reason: StaticReason

    public var description: String { "\(place): error: \(reason.description)" }
}

/// Why a step can't stand in a static document.
public enum StaticReason: Sendable, Hashable, CustomStringConvertible {
    case answer
    case recording
    case outcome
    case side
    case fetch
    case log
    case send
    case notice
    case clock
    case parameter(String)
    case parameterInSection(String, section: String)
    case condition
    case prefixes
    case secret(String)
    case braces
    case media
    case tooLong

    public var description: String {
        switch self {
        case .answer: "it waits for an answer, and a bin can't tell one from another"
        case .recording: "it waits for a recording, and a bin can't tell whether there is one"
        case .outcome:
            "what follows depends on how it went, and a bin can't tell: lead every outcome the same way"
        case .side: "who waits or is called hears another flow here, and a bin can't answer for that"
        case .fetch: "a bin can't fetch"
        case .log: "a bin can't log"
        case .send: "a bin can't send"
        case .notice: "nobody is there to be told of it later"
        case .clock: "it depends on the clock, which a bin doesn't have"
        case .parameter(let name):
            "'\(name)' comes with the call or text, and a bin can only put it in as it is"
        case .parameterInSection(let name, let section):
            "'\(name)' can't be put in where '\(section)' is known to be there: bins differ in what they look up"
        case .condition:
            "this depends on what comes with the call or text; a bin can only ask whether a param is there"
        case .prefixes: "a bin can't compare a number with `allow`; `allow: any` lets callers ring any number"
        case .secret(let name): "the secret '\(name)' would be readable in the document"
        case .braces: "a bin takes '{{' for a parameter"
        case .media: "a bin can't choose what to attach"
        case .tooLong: "the way through the flow is too long for one document"
        }
    }
}
