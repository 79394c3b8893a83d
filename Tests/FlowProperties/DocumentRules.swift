public import FlowProgram

/// What the provider takes, for the verbs in use: a table of its own, beside the writer's types.
public struct DocumentRules {
    private struct Rule {
        var attributes: [String: @Sendable (String) -> Bool] = [:]
        var children: Set<String> = []
        var text: Text = .none
        var mostChildren = Int.max
    }

    private enum Text {
        case none
        case any
        case required
    }

    /// What is wrong with a document, or nil.
    public static func problem(in bytes: [UInt8], of channel: Channel) -> String? {
        guard bytes.count <= 64_000 else { return "\(bytes.count) bytes" }
        do {
            let root = try XMLElement.read(bytes)
            guard root.name == "Response", root.attributes.isEmpty else { return "the root is \(root.name)" }
            if channel == .sms, root.children.filter({ $0.name == "Message" }).count > 10 {
                return "11 messages"
            }
            return problem(in: root, rules: channel == .voice ? voice : messaging)
                ?? unreachable(root.children.map(\.name))
        } catch {
            return error.description
        }
    }

    private static func problem(in element: XMLElement, rules: [String: Rule]) -> String? {
        guard let rule = rules[element.name] else { return "<\(element.name)> isn't known here" }
        for (name, value) in element.attributes {
            guard let isValid = rule.attributes[name] else { return "\(element.name).\(name) isn't known" }
            guard isValid(value) else { return "\(element.name).\(name) is '\(value.prefix(60))'" }
        }
        let hasText = element.text.unicodeScalars.contains { !$0.properties.isWhitespace }
        switch rule.text {
        case .none where hasText && element.children.isEmpty: return "<\(element.name)> holds text"
        case .required where !hasText && element.children.isEmpty: return "<\(element.name)> is empty"
        default: break
        }
        guard element.children.count <= rule.mostChildren else { return "<\(element.name)> holds too many" }
        if element.name == "Say", let problem = tooLong(element) { return problem }
        if element.name == "Message" || element.name == "Body", element.text.utf16.count > 1_600 {
            return "a message of \(element.text.utf16.count) units"
        }
        for child in element.children {
            guard rule.children.contains(child.name) else { return "<\(child.name)> in <\(element.name)>" }
            if let problem = problem(in: child, rules: rules) { return problem }
        }
        return nil
    }

    /// Nothing stands behind what ends a document.
    private static func unreachable(_ names: [String]) -> String? {
        let ends: Set<String> = ["Hangup", "Reject", "Redirect"]
        guard let end = names.firstIndex(where: { ends.contains($0) }), end + 1 < names.count else {
            return nil
        }
        return "<\(names[end + 1])> behind <\(names[end])>"
    }

    private static func tooLong(_ say: XMLElement) -> String? {
        let voice = say.attribute("voice") ?? ""
        let most = voice.hasPrefix("Polly.") ? 3_000 : voice.hasPrefix("Google.") ? 5_000 : 4_096
        return say.text.utf8.count > most ? "a <Say> of \(say.text.utf8.count) bytes" : nil
    }

    private static let spoken: Set<String> = [
        "break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w",
    ]

    private static let voice: [String: Rule] = [
        "Response": Rule(children: [
            "Say", "Play", "Pause", "Gather", "Record", "Dial", "Enqueue", "Hangup", "Reject", "Redirect",
        ]),
        // A hole may have nothing to say: the provider warns (13520) and goes on.
        "Say": Rule(
            attributes: ["voice": isWord, "language": isWord, "loop": number(0...1_000)], children: spoken,
            text: .required),
        "Play": Rule(
            attributes: ["loop": number(0...1_000), "digits": consists(of: "0123456789ABCDWw#*")], text: .any),
        "Pause": Rule(attributes: ["length": number(1...Int.max)]),
        "Gather": Rule(
            attributes: [
                "action": isURL, "method": isMethod, "input": isOne(of: "dtmf", "speech", "dtmf speech"),
                "timeout": number(1...Int.max), "speechTimeout": { $0 == "auto" || number(1...Int.max)($0) },
                "finishOnKey": { $0.utf8.count <= 1 && consists(of: "0123456789#*")($0) },
                "numDigits": number(1...Int.max), "actionOnEmptyResult": isFlag, "language": isWord,
                "hints": { $0.split(separator: ",").count <= 500 }, "speechModel": { !$0.isEmpty },
                "profanityFilter": isFlag,
            ], children: ["Say", "Play", "Pause"]),
        "Record": Rule(attributes: [
            "action": isURL, "method": isMethod, "timeout": number(0...Int.max),
            "finishOnKey": consists(of: "0123456789#*"), "maxLength": number(2...14_400), "playBeep": isFlag,
            "transcribe": isFlag, "transcribeCallback": isURL, "recordingStatusCallback": isURL,
        ]),
        "Dial": Rule(
            attributes: [
                "action": isURL, "method": isMethod, "timeout": number(5...600),
                "timeLimit": number(1...14_400),
                "callerId": { !$0.isEmpty }, "sequential": isFlag,
            ], children: ["Number", "Client", "Sip", "Queue", "Conference"], text: .required, mostChildren: 10
        ),
        "Number": Rule(attributes: ["sendDigits": consists(of: "0123456789ABCDWw#*")], text: .required),
        "Client": Rule(text: .required), "Sip": Rule(text: .required), "Queue": Rule(text: .required),
        "Conference": Rule(text: .required),
        "Enqueue": Rule(
            attributes: ["action": isURL, "method": isMethod, "workflowSid": { $0.utf8.count == 34 }],
            children: ["Task"], text: .any, mostChildren: 1),
        "Task": Rule(
            attributes: ["priority": number(0...Int.max), "timeout": number(1...Int.max)], text: .any),
        "Redirect": Rule(attributes: ["method": isMethod], text: .required),
        "Reject": Rule(attributes: ["reason": isOne(of: "rejected", "busy")]), "Hangup": Rule(),
        "break": Rule(attributes: ["time": { !$0.isEmpty }, "strength": { !$0.isEmpty }]),
        "emphasis": Rule(attributes: ["level": isOne(of: "strong", "moderate", "reduced")], text: .any),
        "lang": Rule(attributes: ["xml:lang": isWord], children: spoken, text: .any),
        "say-as": Rule(attributes: ["interpret-as": isWord, "format": { !$0.isEmpty }], text: .any),
    ]

    private static let messaging: [String: Rule] = [
        "Response": Rule(children: ["Message", "Redirect"]),
        "Message": Rule(children: ["Body", "Media"], text: .required), "Body": Rule(text: .required),
        "Media": Rule(text: .required), "Redirect": Rule(attributes: ["method": isMethod], text: .required),
    ]

    private static let isFlag = isOne(of: "true", "false")
    private static let isMethod = isOne(of: "GET", "POST")

    private static let isURL: @Sendable (String) -> Bool = { text in
        text.hasPrefix("https://") && !text.unicodeScalars.contains { $0.properties.isWhitespace }
    }

    private static let isWord: @Sendable (String) -> Bool = { text in
        !text.isEmpty && text.utf8.allSatisfy { $0 > 0x2C && $0 < 0x7F }
    }

    private static func isOne(of words: String...) -> @Sendable (String) -> Bool {
        { words.contains($0) }
    }

    private static func consists(of characters: String) -> @Sendable (String) -> Bool {
        { $0.utf8.allSatisfy { characters.utf8.contains($0) } }
    }

    private static func number(_ range: ClosedRange<Int>) -> @Sendable (String) -> Bool {
        { text in
            guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text) else {
                return false
            }
            return range.contains(number)
        }
    }
}
