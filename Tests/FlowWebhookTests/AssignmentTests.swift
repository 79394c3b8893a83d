import FlowProgram
import FlowRuntime
import Testing

@testable import FlowWebhook

/// `/assignment/{flow}`: what TaskRouter is told that has found a worker for a call.
@Suite struct AssignmentTests {
    private func flow(_ instruction: String) throws -> CompiledFlow {
        try CompiledFlow(
            """
            flow: desk
            channel: voice
            config:
              wrap_up: text(34)
            steps:
              - ask: Your order?
                as: digits(4)
                into: order
                otherwise: hangup
              - enqueue: {workflow: WW0123456789abcdef0123456789abcdef, task: {order: "${order}"}\(instruction)}
                otherwise: hangup
            """, environment: ["WRAP_UP": "WA0123456789abcdef0123456789abcdef"])
    }

    private func task(_ call: String) -> String {
        "TaskAttributes=" + percentEncoded(#"{"order":"1234","call_sid":"\#(call)","from":"+15555550123"}"#)
    }

    private let call = "CA" + String(repeating: "0", count: 32)

    @Test(arguments: [
        ("", "{}"), (", instruction: dequeue", #"{"instruction":"dequeue"}"#),
        (
            #", instruction: {dequeue: {post_work_activity_sid: "${config.wrap_up}", timeout: 30}}"#,
            #"{"instruction":"dequeue","post_work_activity_sid":"WA0123456789abcdef0123456789abcdef","timeout":30}"#
        ),
        (
            #", instruction: {call: {from: "+15555550100", url: "https://example.com/${order}?${call.from}"}}"#,
            #"{"instruction":"call","from":"+15555550100","url":"https://example.com/1234?+15555550123"}"#
        ),
    ])
    func `a call in the queue is told of as its step says`(written: String, json: String) async throws {
        let flow = try flow(written)
        _ = await flow.answer("")
        let before = await flow.post("/assignment/desk", task(call))
        #expect(before.status == 404)
        _ = await flow.answer("Digits=1234", at: "1.0")
        for _ in 0..<2 {
            let answer = await flow.post("/assignment/desk", task(call))
            #expect(answer.status == 200)
            #expect(String(decoding: answer.body, as: UTF8.self) == json)
            #expect(answer.headers.contains { $0.name == "Content-Type" && $0.value == "application/json" })
        }
        // The call is bridged, and over.
        _ = await flow.answer("QueueResult=bridged", at: "2.0")
        #expect(await flow.post("/assignment/desk", task(call)).status == 404)
    }

    @Test(arguments: [
        ("", 400), ("TaskAttributes=", 400), ("TaskAttributes=%7B", 400), ("TaskAttributes=%5B%5D", 400),
        (#"TaskAttributes={"call_sid":"CA1"}"#, 400), (#"TaskAttributes={"call_sid":1}"#, 400),
        (#"TaskAttributes={"call_sid":"CA00000000000000000000000000000009"}"#, 404),
        (#"TaskAttributes={}&TaskAttributes={"call_sid":"CA00000000000000000000000000000000"}"#, 400),
    ])
    func `a task without a call of ours is somebody else's`(form: String, status: Int) async throws {
        let flow = try flow(", instruction: accept")
        _ = await flow.answer("")
        _ = await flow.answer("Digits=1234", at: "1.0")
        #expect(await flow.post("/assignment/desk", form).status == status)
        #expect(await flow.post("/assignment/other", task(call)).status == 404)
    }

    @Test func `it is signed as every webhook`() throws {
        let webhook = Webhook(
            conversation: Unasked(),
            configuration: try Webhook.Configuration(tokens: ["12345"], publicURL: "https://example.com"))
        let answer = webhook.answerNow(
            WebhookRequest(
                method: "POST", target: "/assignment/desk",
                headers: [(name: "Content-Type", value: "application/x-www-form-urlencoded")],
                body: Array("AccountSid=AC00000000000000000000000000000001&\(task(call))".utf8)))
        #expect(answer?.status == 403)
    }
}

private struct Unasked: ConversationAnswering {
    func answer(_ request: Conversation.Request) async -> Conversation.Answer {
        Issue.record("asked")
        return .busy
    }

    func answerNow(_ request: Conversation.Request) -> Conversation.Answer? {
        Issue.record("asked")
        return .busy
    }
}
