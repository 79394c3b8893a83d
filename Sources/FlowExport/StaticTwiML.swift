public import FlowProgram
public import FlowRuntime

/// Flows as static documents: no server is asked anything.
///
/// A flow that branches on nothing that the caller does is one document, to paste into a TwiML Bin (`StaticWalk`). A voice flow that
/// branches on keys and on how calls went is a bundle of files for any static host, and all of them share one dispatcher bin
/// (`Bundle`). What is known when it is exported is done now.
///
/// - Parameters:
///   - environment: where the flows' config has its values; all must be there.
///   - hosting: where files will be; without it only bins are made.
/// - Throws: `ConfigurationProblems` that names every setting that is missing or doesn't fit.
public func staticDocuments(
    of programs: [ProgramFile.Entry], environment: [String: String], hosting: StaticHosting = .none
) throws(ConfigurationProblems) -> StaticExport {
    let deployment = try Deployment(programs, environment: environment)
    var export = StaticExport()
    var needsDispatcher = false
    for (index, entry) in deployment.entries.enumerated() {
        let program = entry.program
        func refuse(_ reasons: [(operation: Int, reason: StaticReason)]) {
            let canBeFunction = functionProblems(of: program, at: index, LiveVariables(program)).isEmpty
            export.problems += reasons.map { operation, reason in
                StaticProblem(
                    program: index, operation: operation, reason: reason, canBeFunction: canBeFunction)
            }
        }
        var walk = StaticWalk(program, config: entry.config)
        if let bytes = walk.document() {
            export.export.documents.append(
                Export.Document(
                    path: "\(program.flow).\(program.channel.rawValue).xml", bytes: bytes, host: .bin,
                    flow: program.flow, channel: program.channel.rawValue, language: program.languages[0].tag,
                    setting: program.channel == .voice ? "VoiceUrl" : "SmsUrl", method: "POST",
                    parameters: walk.parameters.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }))
            continue
        }
        let branching = walk.refusals.first { [.answer, .recording, .outcome].contains($0.reason) }
        guard program.channel == .voice, let branching else {
            refuse(walk.refusals)
            continue
        }
        let problems = BundleProblems(of: program, config: entry.config, maxDocuments: hosting.maxDocuments)
        guard problems.found.isEmpty else {
            refuse(problems.found)
            continue
        }
        guard let base = hosting.base else {
            refuse([(branching.operation, .nowhere)])
            continue
        }
        do {
            let bundle = try Bundle(program, config: entry.config, base: base, hosting: hosting)
            needsDispatcher = needsDispatcher || bundle.needsDispatcher
            export.export.documents += bundle.documents
            export.export.documents.append(outage(of: program, base: base, environment: environment))
            if !problems.spoken.isEmpty {
                export.keysOnly.append(StaticExport.KeysOnly(program: index, operations: problems.spoken))
            }
        } catch {
            refuse([(error.operation, error.reason)])
        }
    }
    if needsDispatcher, let base = hosting.base {
        let text = dispatcher(to: base)
        if hosting.bin == nil { export.missingBin = String(decoding: text, as: UTF8.self) }
        export.export.documents.append(
            Export.Document(
                path: "dispatcher.xml", bytes: text, host: .bin, url: hosting.bin,
                parameters: ["DialCallStatus", "Digits", "QueueResult", "p"]))
    }
    return export
}

/// What `staticDocuments` made of flows.
public struct StaticExport: Sendable {
    /// Whole only where there are no problems.
    public var export = Export(kind: .twiml, documents: [])
    /// In the order of the flows and their operations.
    public var problems: [StaticProblem] = []
    /// The text of a bin that has to be made first: its URL stands in the files.
    public var missingBin: String?
    /// The flows whose questions could be answered by speech, too.
    public var keysOnly: [KeysOnly] = []

    public struct KeysOnly: Sendable, Hashable {
        /// An index into the programs that were to be exported.
        public var program: Int
        /// The operations that ask.
        public var operations: [Int]
    }
}

/// What is heard where a file is missing after all.
private func outage(of program: Program, base: String, environment: [String: String]) -> Export.Document {
    var problems: [String] = []
    let number = program.fallbackNumber(in: environment, problems: &problems)
    let path = "\(plain(program.flow))/fallback.xml"
    return Export.Document(
        path: path, bytes: outageDocument(of: program, language: 0, ringing: number), host: .file,
        flow: program.flow, channel: program.channel.rawValue, language: program.languages[0].tag,
        setting: "VoiceFallbackUrl", method: "GET", url: "\(base)/\(path)")
}
