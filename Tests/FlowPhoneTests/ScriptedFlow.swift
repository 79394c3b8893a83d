import FlowRuntime
import Synchronization

/// A flow that answers with what a test says, one response after another, and remembers what it was asked.
final class ScriptedFlow: Sendable {
    private let state: Mutex<(responses: [PhoneResponse], requests: [PhoneRequest])>

    init(_ responses: [PhoneResponse]) {
        state = Mutex((responses, []))
    }

    /// Documents of these verbs.
    convenience init(_ verbs: String...) {
        self.init(verbs.map { .document($0) })
    }

    var requests: [PhoneRequest] { state.withLock { $0.requests } }

    var transport: PhoneTransport {
        { request in
            try self.state.withLock { state in
                state.requests.append(request)
                if request.url.contains("/status/") {
                    return PhoneResponse(status: 204, contentType: nil, body: [])
                }
                guard !state.responses.isEmpty else { throw NothingLeft() }
                return state.responses.removeFirst()
            }
        }
    }

    struct NothingLeft: Error {}
}

extension PhoneResponse {
    static func document(_ verbs: String) -> PhoneResponse {
        PhoneResponse(
            status: 200, contentType: "text/xml; charset=utf-8",
            body: Array("<Response>\(verbs)</Response>".utf8))
    }
}

extension PhoneRequest {
    func parameter(_ name: String) -> String? {
        parameters.first { $0.name == name }?.value
    }
}

/// Plays a script against a flow; a script with problems gives those.
func play(_ text: String, _ flow: ScriptedFlow, _ settings: PhoneSettings = PhoneSettings(flow: "menu")) async
    -> String
{
    let (script, problems) = TranscriptScript.parse(text)
    guard problems.isEmpty else { return problems.map(\.description).joined(separator: "\n") }
    return await Transcript.play(script, phone: settings, transport: flow.transport)
}
