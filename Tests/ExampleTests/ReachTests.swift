import FlowLang
import FlowProperties
import Testing

/// What TwiML can do, against what the verb table lets authors say.
@Suite("Reach of the language")
struct ReachTests {
    /// The elements and attributes that options and kinds of objects stand for.
    private static let reached: Set<String> = {
        let kinds = VerbTable.rows.flatMap(OptionOfTwiML.objects)
        return Set(OptionOfTwiML.all.compactMap(\.row.source) + kinds.compactMap(\.source))
    }()

    /// Attributes without an option of their own, and why; `*` is any element.
    private static let others: [String: String] = [
        "* action": "the runtime's: where the flow goes on",
        "* method": "of URLs of the runtime's",
        "* recordingStatusCallback": "the runtime's, for `on: recording`",
        "* recordingStatusCallbackMethod": "the same",
        "Record transcribeCallback": "the runtime's, for `on: transcription`",
        "Conference waitMethod": "of a URL of the runtime's",
        "Enqueue waitUrlMethod": "of a URL of the runtime's",
        "Gather actionOnEmptyResult": "silence goes on in the document, so nobody need be asked",
        "Gather language": "the flow's language, where somebody may speak",
        "Say language": "the flow's language, or that of `{in: …}`",
        "Pause length": "the value of `pause`",
        "Reject reason": "the value of `reject`",
        "Pay input": "it takes no other value",
        "Message to": "the person; `send` texts others",
        "Message from": "the flow's number",
    ]

    /// Elements without an option of their own, and why.
    private static let otherElements: [String: String] = [
        "Response": "the document", "Say": "a prompt", "Play": "a prompt's part, and a verb",
        "Pause": "a prompt's part, and a verb", "Gather": "menu, ask, gather", "Body": "a message with media",
        "Message": "say", "Identity": "a client with parameters", "Headers": "a SIP address with headers",
        "Application": "an application", "Leave": "leave", "Hangup": "hangup", "Reject": "reject",
        "Redirect": "redirect", "Refer": "refer", "Connect": "connect", "Start": "start", "Stop": "stop",
        "Pay": "pay",
    ]

    /// What stands within `{ssml: }`.
    private static let markup: Set = [
        "break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w",
    ]

    @Test("Every attribute of TwiML has an option, or a reason why it has none")
    func attributes() {
        for element in TwiMLFacts.elements where !Self.markup.contains(element.tag) {
            for attribute in element.attributes.keys.sorted() {
                let name = "\(element.tag) \(attribute)"
                let isPair = ["name", "value"].contains(attribute) && Self.reached.contains(element.tag)
                let isReached =
                    Self.reached.contains(name) || isPair || Self.others[name] != nil
                    || Self.others["* \(attribute)"] != nil
                if !isReached, !Self.isUnderStart(element, attribute) {
                    Issue.record("no option stands for \(name)")
                }
            }
        }
    }

    /// Nothing comes of a `<Start>`: the document goes on at once.
    private static func isUnderStart(_ element: TwiMLFacts.Element, _ attribute: String) -> Bool {
        element.tag == "Start" && element.attributes[attribute]?.isUnverified == true
    }

    @Test("Every element of TwiML is within reach")
    func elements() {
        let tags = Set(Self.reached.compactMap { $0.split(separator: " ").first.map(String.init) })
        for element in TwiMLFacts.elements where !Self.markup.contains(element.tag) {
            #expect(
                tags.contains(element.tag) || Self.otherElements[element.tag] != nil,
                "nothing stands for <\(element.tag)>")
        }
    }

    @Test("The reasons are needed")
    func reasons() {
        for name in Self.others.keys.sorted() {
            #expect(!Self.reached.contains(name), "\(name) has an option")
            let words = name.split(separator: " ").map(String.init)
            let isThere = TwiMLFacts.elements.contains {
                (words[0] == "*" || $0.tag == words[0]) && $0.attributes[words[1]] != nil
            }
            #expect(isThere, "TwiML has no \(name)")
        }
    }

    @Test("An option's source is what it says: each is there in TwiML")
    func sources() {
        for source in Self.reached.sorted() {
            let words = source.split(separator: " ").map(String.init)
            let elements = TwiMLFacts.elements.filter { $0.tag == words[0] }
            #expect(!elements.isEmpty, "TwiML has no <\(words[0])>")
            guard words.count > 1 else { continue }
            #expect(elements.contains { $0.attributes[words[1]] != nil }, "TwiML has no \(source)")
        }
    }
}
