import FlowProgram
import FlowRuntime
import Testing

@Suite struct SessionCodingTests {
    static let full: Session = {
        var answer = AnswerPieces()
        answer.append(fixed: 3)
        answer.append(slot: 0)
        answer.append(bytes: "<Hangup/>".utf8)
        return Session(
            status: .open, birth: Array("CA1".utf8), programHash: Array(repeating: 7, count: 32), turn: 300,
            firstTurn: 2, hasFailed: true, language: 1,
            variables: [
                .none, .bool(true), .bool(false), .integer(-5), .integer(.max), .number(-0.25), .text("né€😀"),
                .date(CivilDate(days: -3)), .time(CivilTime(seconds: 86_399)), .datetime(1_795_000_000_000),
                .duration(-1), .money(.min), .list([.integer(1), .list([])]), .record([.none, .text("")]),
            ],
            calls: [9, 70_000],
            waits: [
                .init(operation: 12, attempt: 2), .init(kind: .redirect, operation: 70_000, attempt: 1),
                .init(kind: .silence, operation: 0, attempt: 9),
            ],
            answer: answer, fingerprint: Array(0..<16),
            messages: [
                .init(sid: Array("SM1".utf8), answer: answer), .init(sid: [], answer: AnswerPieces()),
            ],
            sideArguments: [[.text("Ann"), .none], []],
            side: SideState(
                place: .queueWait, result: .left("message"),
                queue: QueueFigures(position: 3, size: 5, time: 61, average: 90)),
            fallbacks: Session.Fallbacks(count: 2, turn: 299, fingerprint: Array(16..<32)),
            began: 1_795_000_000_000, moved: 1_795_000_012_345)
    }()

    @Test func `a session comes back from its row as it was`() throws {
        #expect(try Session(decoding: Self.full.encoded) == Self.full)
    }

    @Test func `a plain session takes few bytes`() {
        var answer = AnswerPieces()
        for index in 0..<5 {
            answer.append(fixed: index)
            answer.append(slot: index)
        }
        #expect(answer.code.count == 10)
        let session = Session(
            status: .open, birth: Array(callSid.utf8), programHash: Array(repeating: 7, count: 32), turn: 2,
            variables: [.none, .integer(3)], waits: [.init(operation: 4)], answer: answer,
            fingerprint: Array(0..<16), began: 1_795_000_000_000, moved: 1_795_000_012_345)
        #expect(session.encoded.count < 130)
    }

    @Test func `a row of format 1 is read, which knew no calls`() throws {
        var session = Self.full
        session.calls = []
        session.sideArguments = []
        session.side = nil
        session.fallbacks = nil
        var row = session.encoded
        row[0] = 1
        row.removeLast(2)
        // Which parts the row has.
        row.remove(at: 1)
        // The count of calls stands behind the variables, before the answer.
        let answer = [UInt8(session.answer.code.count)] + session.answer.code
        let place = try #require(row.indices.first { row[$0...].starts(with: [0] + answer) })
        row.remove(at: place)
        #expect(try Session(decoding: row) == session)
    }

    @Test func `a row of format 2 is read, which knew nothing that is heard beside a call`() throws {
        var session = Self.full
        session.sideArguments = []
        session.side = nil
        session.fallbacks = nil
        var row = session.encoded
        row[0] = 2
        row.removeLast(2)
        // Which parts the row has.
        row.remove(at: 1)
        #expect(try Session(decoding: row) == session)
    }

    @Test func `a row of format 3 is read, which knew no fallbacks`() throws {
        var session = Self.full
        session.fallbacks = nil
        var row = session.encoded
        row[0] = 3
        #expect(try Session(decoding: row) == session)
        var newer = Self.full.encoded
        newer[0] = 3
        #expect(throws: SessionCodingFault.damaged) { try Session(decoding: newer) }
    }

    @Test(arguments: [
        nil, SideState(place: .whisper), SideState(place: .whisper, result: .accepted),
        SideState(place: .queueWhisper, result: .declined),
        SideState(place: .conferenceWait, result: .left(nil)),
        SideState(place: .queueWait, result: .left("")),
    ])
    func `what is heard beside a call comes back as it was`(_ side: SideState?) throws {
        var session = Self.full
        session.side = side
        #expect(try Session(decoding: session.encoded) == session)
    }

    @Test func `a newer format is refused`() {
        var row = Self.full.encoded
        row[0] = Session.format + 1
        #expect(throws: SessionCodingFault.newerFormat) { try Session(decoding: row) }
    }

    @Test func `a row that is cut anywhere is refused`() {
        let row = Self.full.encoded
        for count in row.indices {
            #expect(throws: SessionCodingFault.damaged) { try Session(decoding: Array(row[..<count])) }
        }
    }

    @Test func `a row with something behind it is refused`() {
        #expect(throws: SessionCodingFault.damaged) { try Session(decoding: Self.full.encoded + [0]) }
    }

    @Test func `any bytes are read or refused, and what is read is written as it was read`() throws {
        var random = Generator(state: 42)
        for _ in 0..<3_000 {
            var row = Self.full.encoded
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                row[Int.random(in: row.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if let session = try? Session(decoding: row) {
                #expect(try Session(decoding: session.encoded) == session)
                _ = renderDocument(session.answer, of: ExecutableProgram(MenuTests.menu(), hash: []), at: nil)
            }
            let noise = (0..<Int.random(in: 0...64, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            _ = try? Session(decoding: [1] + noise)
        }
    }

    @Test func `values that nest too deep are refused`() {
        var deep = Value.none
        for _ in 0..<80 { deep = .list([deep]) }
        let session = Session(
            status: .open, birth: [], programHash: [], turn: 1, variables: [deep], began: 0, moved: 0)
        #expect(throws: SessionCodingFault.damaged) { try Session(decoding: session.encoded) }
    }
}

/// The same numbers in every run.
struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
