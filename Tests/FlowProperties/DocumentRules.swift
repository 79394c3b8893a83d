public import FlowProgram

/// What the provider takes, held against `TwiMLFacts`.
public struct DocumentRules {
    /// What is wrong with a document, or nil.
    ///
    /// - Parameter context: where it is played, if that isn't a call.
    public static func problem(
        in bytes: [UInt8], of channel: Channel, in context: TwiMLFacts.Context? = nil
    ) -> String? {
        guard bytes.count <= 64_000 else { return "\(bytes.count) bytes" }
        do {
            let root = try XMLElement.read(bytes)
            guard root.name == "Response" else { return "the root is \(root.name)" }
            if let context, let verb = root.children.first(where: { !context.verbs.contains($0.name) }) {
                return "<\(verb.name)> in \(context)"
            }
            if channel == .sms, root.children.filter({ $0.name == "Message" }).count > 10 {
                return "11 messages"
            }
            return problem(in: root, of: "", channel) ?? unreachable(root.children.map(\.name))
        } catch {
            return error.description
        }
    }

    private static func problem(in element: XMLElement, of parent: String, _ channel: Channel) -> String? {
        let name = element.name
        guard let facts = TwiMLFacts.element(name, in: parent, isMessaging: channel == .sms) else {
            return "<\(name)> in <\(parent)>"
        }
        for (key, value) in element.attributes {
            guard let attribute = facts.attributes[key] else { return "\(name).\(key) isn't known" }
            guard attribute.values.contains(value) else { return "\(name).\(key) is '\(value.prefix(60))'" }
        }
        for (key, attribute) in facts.attributes where attribute.isRequired && element.attribute(key) == nil {
            return "\(name) has no \(key)"
        }
        let hasText = element.text.unicodeScalars.contains { !$0.properties.isWhitespace }
        switch facts.text {
        case .none where hasText && element.children.isEmpty: return "<\(name)> holds text"
        case .required where !hasText && element.children.isEmpty: return "<\(name)> is empty"
        default: break
        }
        return tooMuch(in: element)
            ?? element.children.lazy.compactMap { problem(in: $0, of: name, channel) }.first
    }

    private static func tooMuch(in element: XMLElement) -> String? {
        for child in element.children {
            let count = element.children.count { $0.name == child.name }
            let most = TwiMLFacts.elements.first { $0.tag == child.name && $0.parents.contains(element.name) }
            if let most, count > most.atMost { return "\(count) <\(child.name)> in <\(element.name)>" }
        }
        switch element.name {
        case "Say":
            let voice = element.attribute("voice") ?? ""
            let most = voice.hasPrefix("Polly.") ? 3_000 : voice.hasPrefix("Google.") ? 5_000 : 4_096
            return element.text.utf8.count > most ? "a <Say> of \(element.text.utf8.count) bytes" : nil
        // With media the text stands in a `<Body>`.
        case "Message" where !element.children.isEmpty: return nil
        case "Message", "Body":
            let count = element.text.utf16.count
            return count > 1_600 ? "a message of \(count) units" : nil
        case "Dial": return element.children.count > 10 ? "more than 10 are called" : nil
        case "Connect", "Start", "Stop", "Enqueue", "Refer":
            return element.children.count > 1 ? "<\(element.name)> holds several" : nil
        default: return nil
        }
    }

    /// Nothing stands behind what ends a document.
    private static func unreachable(_ names: [String]) -> String? {
        let ends: Set<String> = ["Hangup", "Reject", "Redirect", "Leave"]
        guard let end = names.firstIndex(where: { ends.contains($0) }), end + 1 < names.count else {
            return nil
        }
        return "<\(names[end + 1])> behind <\(names[end])>"
    }
}

extension TwiMLFacts.Values {
    func contains(_ value: String) -> Bool {
        let bytes = value.utf8
        switch self {
        case .text(let most): return value.unicodeScalars.count <= most
        case .word: return !bytes.isEmpty && bytes.allSatisfy { $0 > 0x2C && $0 < 0x7F }
        case .flag: return value == "true" || value == "false"
        case .url(let orNothing):
            return orNothing && bytes.isEmpty || isURL(value, of: ["https://", "http://"])
        case .webSocket: return isURL(value, of: ["wss://"])
        case .one(let words): return words.contains(value)
        case .some(let words):
            let parts = value.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            return Set(parts).count == parts.count && parts.allSatisfy { words.contains($0) }
        case .number(let range, let orAuto):
            return orAuto && value == "auto" || number(value).map { range.contains($0) } ?? false
        case .characters(let characters, let most):
            return bytes.count <= most && bytes.allSatisfy { characters.utf8.contains($0) }
        // What a hole brings may be no such thing: the provider says so to the action, and the flow's `failed` follows.
        case .sid: return value.unicodeScalars.count <= 64
        case .decimal:
            let parts = value.split(separator: ".", omittingEmptySubsequences: false)
            return parts.count <= 2 && parts.allSatisfy { number(String($0)) != nil }
        case .numbers:
            let parts = value.split(separator: " ", omittingEmptySubsequences: false)
            return parts.allSatisfy { number(String($0)) != nil }
        case .list:
            let items = value.split(separator: ",", omittingEmptySubsequences: false)
            return items.count <= 500 && items.allSatisfy { $0.unicodeScalars.count <= 100 }
        case .pause:
            let unit = value.hasSuffix("ms") ? 2 : 1
            return value.hasSuffix("s") && number(String(value.dropLast(unit))) != nil
        }
    }

    private func isURL(_ text: String, of schemes: [String]) -> Bool {
        schemes.contains { text.hasPrefix($0) }
            && !text.unicodeScalars.contains { $0.properties.isWhitespace }
    }

    private func number(_ text: String) -> Int? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }
}
