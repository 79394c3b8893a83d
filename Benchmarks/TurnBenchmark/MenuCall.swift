import BenchmarkSupport
import FlowProgram
import FlowRuntime

/// A call to the menu flow, in several ways: it comes in, hears the menu twice in each language, and is put through.
final class MenuCall {
    /// The first request has none.
    static let keys = ["", "*", "9", "*", "1"]

    private let program: ExecutableProgram
    private let config: [Value]
    private let conversation: Conversation
    private let zones = SystemZoneRules()
    private let fingerprint = [UInt8](repeating: 7, count: 16)
    private let sid = Array("CA00000000000000000000000000000001".utf8)
    private let flow = Array("main-menu".utf8)
    private let requests: [Parameters]
    private let key: SessionKey
    private var lastCall = 0

    init() throws {
        let deployment = try MenuFlow.deployment()
        guard let entry = deployment.entries.first else { throw Different(turn: 0) }
        program = entry.executable
        config = entry.config
        conversation = MenuFlow.conversation(deployment)
        requests = MenuCall.keys.map {
            MenuFlow.parameters(sid: "CA00000000000000000000000000000001", key: $0)
        }
        key = SessionKey(channel: .voice, account: [], place: [sid[...]], flow: flow, run: [])
    }

    /// The ways give the same bytes.
    func checkDocuments() throws {
        var menu = HandWrittenMenu(isOpen: true)
        var session: Session?
        for (index, key) in MenuCall.keys.enumerated() {
            guard let turn = turn(index, of: session) else { throw Different(turn: index) }
            session = turn.session
            let ours = render(turn)
            guard ours == Array(menu.document(key: key).utf8) else {
                print(String(decoding: ours, as: UTF8.self))
                throw Different(turn: index)
            }
        }
    }

    func playByHand() -> Int {
        var menu = HandWrittenMenu(isOpen: true)
        return MenuCall.keys.reduce(0) { $0 + menu.document(key: $1).utf8.count }
    }

    func playMachine() -> Int {
        var session: Session?
        var bytes = 0
        for index in requests.indices {
            guard let turn = turn(index, of: session) else { return 0 }
            session = turn.session
            bytes += render(turn).count
        }
        return bytes
    }

    func playMachineWithRows() -> Int {
        var row: [UInt8]?
        var bytes = 0
        for index in requests.indices {
            guard let turn = turn(index, of: row.flatMap { try? Session(decoding: $0) }) else { return 0 }
            row = turn.session.encoded
            bytes += render(turn).count
        }
        return bytes
    }

    /// Each a call of its own: a sid is answered once.
    func playConversation() -> Int {
        lastCall += 1
        let run = Array("\(lastCall)".utf8)
        var bytes = 0
        for index in requests.indices {
            let request = Conversation.Request(
                channel: .voice, flow: flow, position: index == 0 ? nil : Position(turn: index, wait: 0),
                run: run, parameters: requests[index], fingerprint: fingerprint)
            guard case .document(let document) = conversation.answerNow(request) else { return 0 }
            bytes += document.count
        }
        return bytes
    }

    private func turn(_ index: Int, of session: Session?) -> Turn? {
        let kind =
            session.map {
                Event.Kind(at: 0, of: $0, in: program.program, parameters: requests[index])
            } ?? .start
        let event = Event(
            kind: kind, parameters: requests[index], key: key, sid: sid, fingerprint: fingerprint,
            now: MenuFlow.now, zones: zones, config: config)
        guard case .done(let turn) = walk(program, session: session, event: event) else { return nil }
        return turn
    }

    private func render(_ turn: Turn) -> [UInt8] {
        renderDocument(
            turn.answer, of: program,
            at: DocumentAddress(
                root: root, flow: flow, turn: turn.session.turn, overrides: overrides,
                hasTimeouts: true))
    }

    private let root = Array("\(MenuFlow.baseURL)/".utf8)
    private let overrides = Array("#rc=2&amp;rp=all".utf8)
}

/// The hand-written documents aren't those of the flow.
struct Different: Error {
    var turn: Int
}
