import FlowCompiler
import FlowLang
import FlowProgram
import FlowRuntime
import Testing
import TwiML

@testable import FlowWebhook

/// Requests that somebody made up, or changed on their way: hundreds, on every route. Each is refused, and nothing has changed when the
/// provider goes on.
@Suite struct ForgeryTests {
    private static let origin = "https://flows.example.com"
    private static let call = "CA00000000000000000000000000000002"
    private static let form = [
        ("CallSid", call), ("AccountSid", "AC00000000000000000000000000000001"), ("From", "+15555550123"),
        ("To", "+15555550100"), ("RecordingStatus", "completed"),
        ("RecordingSid", "RE00000000000000000000000000000003"), ("MessageStatus", "delivered"),
        ("MessageSid", "SM00000000000000000000000000000004"), ("Digits", "1"), ("Body", "1"),
        ("TaskAttributes", #"{"call_sid":"\#(call)"}"#),
    ]

    @Test(arguments: [
        "/voice/test", "/voice/test/1.0", "/voice/test/1.0?run=b", "/sms/test", "/status/test",
        "/recording/test", "/transcription/test", "/message/test?call=\(call)", "/fallback/test",
        "/assignment/test", "/voice/test/\(call)/1.0.0", "/voice/test/\(call)/1.0.0/1.0",
    ])
    func `what isn't signed for this very request is refused, and nothing moves`(route: String) async throws {
        let line = try SignedLine()
        #expect(await line.status(of: Self.signed("/voice/test")) == 200)
        let before = line.store.count
        let row = line.row
        var random = Dice(state: UInt64(route.utf8.count))
        let good = Self.signed(route)
        var refused = 0
        for _ in 0..<60 {
            let forged = Self.forged(good, route, &random)
            // `%2b` is `%2B`.
            guard forged != good, forged.means != good.means else { continue }
            let status = await line.status(of: forged)
            #expect([400, 403, 404].contains(status), "\(status) for \(forged)")
            if status == 403 { refused += 1 }
        }
        #expect(refused > 30)
        #expect(line.store.count == before)
        #expect(line.row == row)
        // The provider's own goes on.
        #expect([200, 204, 404].contains(await line.status(of: good)))
    }

    private static func signed(
        _ target: String, token: String = "12345", origin: String = origin
    ) -> SignedRequest {
        let phone = PhoneRequest(
            method: .post, url: origin + target, parameters: form.map { .init($0, $1) })
        return SignedRequest(
            target: Array(target.utf8), body: phone.body,
            signature: Array(signature(of: phone, token: token).utf8))
    }

    private static func forged(_ good: SignedRequest, _ route: String, _ random: inout Dice) -> SignedRequest
    {
        var forged = good
        switch random.pick(9) {
        case 0: forged.body.flip(random.pick(good.body.count), random.pick(7))
        case 1: forged.target.flip(1 + random.pick(good.target.count - 1), random.pick(7))
        case 2: forged.signature.flip(random.pick(27), random.pick(7))
        case 3: forged.signature = []
        case 4: forged.body += Array("&X\(random.pick(100))=\(random.pick(100))".utf8)
        case 5: forged.body.removeLast(1 + random.pick(good.body.count - 1))
        case 6: forged = signed(route, token: "\(random.pick(10_000))")
        case 7: forged = signed(route, origin: "https://flows\(random.pick(99)).example.com")
        default:
            // One that was made for another page.
            forged = signed(route + (route.contains("?") ? "&" : "?") + "a=\(random.pick(99))")
            forged.target = good.target
        }
        return forged
    }
}

private struct SignedRequest: Equatable {
    var target: [UInt8]
    var body: [UInt8]
    var signature: [UInt8]

    /// What is signed, and by whom.
    var means: [[UInt8]] {
        let form = (try? FormBytes(decoding: body[...])).map { Array(CanonicalParameters($0).bytes) }
        return [target, form ?? body, signature]
    }
}

/// A flow behind a webhook that checks signatures, and its store.
private struct SignedLine {
    let store = MemoryStore()
    private let webhook: Webhook

    init() throws {
        let flow = """
            flow: test
            channel: [voice, sms]
            steps:
              - menu: "Press or text 1 or 2."
                choices: {1: [say: One., end], 2: [say: Two., end]}
                otherwise: end
            """
        let source = SourceFile(id: 0, name: "test.yaml", bytes: Array(flow.utf8))
        let compilation = compile([source], options: CompilerOptions(knowsTimezone: { _ in true }))
        let conversation = Conversation(
            deployment: try Deployment(compilation.programs, environment: [:]), store: store,
            fetcher: NoFetches(), baseURL: "https://flows.example.com")
        webhook = Webhook(
            conversation: conversation,
            configuration: try Webhook.Configuration(
                tokens: ["12345"], publicURL: "https://flows.example.com"))
    }

    /// Of the call.
    var row: [UInt8]? {
        let account = Array("AC00000000000000000000000000000001".utf8)
        let call = Array("CA00000000000000000000000000000002".utf8)
        return store.readNow(
            SessionKey(
                channel: .voice, account: account[...], place: [call[...]], flow: Array("test".utf8), run: [])
        )?
        .row
    }

    func status(of request: SignedRequest) async -> Int {
        let headers = [
            (name: "Content-Type", value: "application/x-www-form-urlencoded"),
            (name: "X-Twilio-Signature", value: String(decoding: request.signature, as: UTF8.self)),
        ]
        return await webhook.answer(
            WebhookRequest(
                method: "POST", target: String(decoding: request.target, as: UTF8.self), headers: headers,
                body: request.body)
        ).status
    }
}

private struct NoFetches: Fetcher {
    func fetch(_ request: FetchRequest) async -> FetchAnswer { .failure(.unreachable) }
}

extension [UInt8] {
    fileprivate mutating func flip(_ index: Int, _ bit: Int) { self[index % count] ^= 1 << UInt8(bit) }
}

private struct Dice {
    var state: UInt64

    mutating func pick(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(Swift.max(1, count)))
    }
}
