import FlowProgram
import FlowRuntime
import TwiML

/// A flow as a folder of files: the machine is walked with every request that can come, and each of its documents is a file.
///
/// What the machine would keep in a session stands in the name of the folder, and what a request brings in the name of the file.
struct Bundle {
    private let program: ExecutableProgram
    private let config: [Value]
    private let hosting: StaticHosting
    private let base: String
    private let live: LiveVariables
    private var folders: BundleFolders
    private var arrivals: [Arrival] = []
    private(set) var documents: [Export.Document] = []
    /// Some request goes to the bin.
    private(set) var needsDispatcher = false

    /// A place where requests come in.
    private struct Arrival {
        var point: BundlePoint
        var folder: String
        var requests: BundleRequests
    }

    /// A step that can't be hosted after all.
    struct Refused: Error {
        var operation: Int
        var reason: StaticReason
    }

    /// - Parameters:
    ///   - program: of which `BundleProblems` finds nothing.
    ///   - base: where the files will be.
    init(_ program: Program, config: [Value], base: String, hosting: StaticHosting) throws(Refused) {
        var program = program
        // Nothing reads them.
        program.parameters = []
        self.program = ExecutableProgram(program, hash: [])
        self.config = config
        self.base = base
        self.hosting = hosting
        live = LiveVariables(program)
        folders = BundleFolders(self.program)
        try add(turn(at: nil, []), "\(plain(program.flow))/start.xml", language: 0)
        documents[0].setting = "VoiceUrl"
        documents[0].method = "GET"
        documents[0].url = url(documents[0].path)
        var next = 0
        while next < arrivals.count {
            let arrival = arrivals[next]
            next += 1
            for (stem, parameters) in arrival.requests.files {
                try add(
                    turn(at: arrival.point, parameters), "\(arrival.folder)/\(stem).xml",
                    language: arrival.point.language)
            }
        }
    }

    private func turn(at point: BundlePoint?, _ parameters: [(String, String)]) -> Turn? {
        let parameters = Parameters(parameters)
        let session = point.map { point in
            Session(
                status: .open, birth: [], programHash: [], turn: 1, language: point.language,
                variables: point.variables, calls: point.calls, waits: [point.wait], began: 0, moved: 0)
        }
        let kind = session.map { Event.Kind(at: 0, of: $0, in: program.program, parameters: parameters) }
        let event = Event(
            kind: kind ?? .start, parameters: parameters, key: SessionKey(bytes: []), sid: [], now: 0,
            zones: SystemZoneRules(), config: config)
        guard case .done(let turn) = walk(program, session: session, event: event) else { return nil }
        return turn
    }

    private mutating func add(_ turn: Turn?, _ path: String, language: Int) throws(Refused) {
        guard let turn, turn.fault == nil else {
            let operation = turn?.fault?.operation ?? program.program.entry
            throw Refused(operation: operation, reason: .tooLong)
        }
        let file = StaticFile(turn.answer, of: program.program)
        var links: [StaticFile.Link] = []
        for (index, wait) in turn.session.waits.enumerated() {
            let point = BundlePoint(wait, of: turn.session, live)
            let requests = BundleRequests(file.verbs[index])
            let (folder, isNew) = folders.name(of: point)
            if isNew { arrivals.append(Arrival(point: point, folder: folder, requests: requests)) }
            links.append(link(to: folder, requests))
        }
        guard documents.count < hosting.maxDocuments else { throw tooMany() }
        let languages = program.program.languages
        documents.append(
            Export.Document(
                path: path, bytes: file.bytes(links), host: .file, flow: program.program.flow,
                channel: program.program.channel.rawValue,
                language: languages.indices.contains(language) ? languages[language].tag : nil))
    }

    private mutating func link(to folder: String, _ requests: BundleRequests) -> StaticFile.Link {
        switch requests {
        case .one: return StaticFile.Link(url: url("\(folder)/\(BundleRequests.stem).xml"), isFile: true)
        case .each:
            needsDispatcher = true
            return StaticFile.Link(url: "\(hosting.bin ?? "")?p=\(folder)", isFile: false)
        }
    }

    private func url(_ path: String) -> String { "\(base)/\(path)" }

    // MARK: growth

    /// At the step that takes the most files.
    private func tooMany() -> Refused {
        var files: [Int: Int] = [:]
        for arrival in arrivals {
            files[arrival.point.wait.operation, default: 0] += arrival.requests.files.count
        }
        let largest = files.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? program.program.entry
        let points = arrivals.map(\.point).filter { $0.wait.operation == largest }
        var multipliers = [
            Multiplier(kind: .languages, count: Set(points.map(\.language)).count),
            Multiplier(kind: .attempts, count: Set(points.map(\.wait.attempt)).count),
            Multiplier(kind: .callers, count: Set(points.map(\.calls)).count),
            Multiplier(
                kind: .answers,
                count: arrivals.first { $0.point.wait.operation == largest }?.requests.files.count ?? 0),
        ]
        for (index, variable) in program.program.variables.enumerated() {
            let values = Set(
                points.compactMap { $0.variables.indices.contains(index) ? $0.variables[index] : nil })
            multipliers.append(Multiplier(kind: .values(of: variable.name), count: values.count))
        }
        let largestFirst = multipliers.filter { $0.count > 1 }.enumerated().sorted {
            ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
        }
        return Refused(
            operation: largest, reason: .tooMany(hosting.maxDocuments, largestFirst.prefix(4).map(\.element)))
    }
}

/// What a verb's URL can be asked with.
enum BundleRequests {
    /// The answer is the same, whatever the request brings.
    case one([(String, String)])
    /// It depends on the value of a parameter.
    case each([String], of: String)

    /// The name of the file where there is only one.
    static let stem = "next"

    /// - Parameter verb: nil asks nothing.
    init(_ verb: XMLReader.Element?) {
        switch verb?.name {
        case "Gather": self = verb.map { .each(KeyInput($0).answers, of: "Digits") } ?? .one([])
        case "Dial": self = .each(Self.dialled, of: "DialCallStatus")
        case "Enqueue": self = .each(Self.queued, of: "QueueResult")
        // Where nothing was recorded the document goes on by itself.
        case "Record":
            self = .one([("RecordingUrl", "https://recordings.invalid/"), ("RecordingDuration", "1")])
        default: self = .one([])
        }
    }

    /// The provider's words, and none (reference: `<Dial>`, `DialCallStatus`; `<Enqueue>`, `QueueResult`).
    private static let dialled = ["", "answered", "busy", "canceled", "completed", "failed", "no-answer"]
    private static let queued = [
        "", "bridged", "bridging-in-process", "error", "hangup", "leave", "queue-full", "redirected",
        "redirected-from-bridged", "system-error",
    ]

    var files: [(stem: String, parameters: [(String, String)])] {
        switch self {
        case .one(let parameters): [(Self.stem, parameters)]
        case .each(let values, let name): values.map { (fileStem(of: $0), [(name, $0)]) }
        }
    }
}
