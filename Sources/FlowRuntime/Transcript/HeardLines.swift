internal import TwiML

/// What a person hears or sees of a verb, as lines of a transcript. A line never holds a control character.
func heardLines(_ verb: XMLReader.Element) -> [String] {
    switch verb.name {
    case "Say": ["say \(languageTag(verb))\(spokenText(verb))\(repeated(verb))"]
    case "Play":
        if let digits = verb.attribute("digits") {
            ["play keys \(oneLine(digits))\(repeated(verb))"]
        } else {
            ["play \(oneLine(verb.text))\(repeated(verb))"]
        }
    case "Pause": ["pause \(oneLine(verb.attribute("length") ?? "1"))s"]
    case "Gather": ["listen \(listensTo(verb))"] + verb.children.flatMap(heardLines).map { "  " + $0 }
    case "Record": [verb.attribute("maxLength").map { "record up to \(oneLine($0))s" } ?? "record"]
    case "Dial": ["dial \(dialled(verb))"]
    case "Enqueue": ["enqueue \(queue(verb))"]
    case "Reject": ["reject \(oneLine(verb.attribute("reason") ?? "rejected"))"]
    case "Message": messageLines(verb)
    case "Connect", "Start", "Stop", "Pay", "Refer": [handover(verb)]
    default: ["warning \(ErrorCode.schema.rawValue): this phone doesn't know <\(verb.name)>"]
    }
}

/// `[es-MX] `, or nothing if neither language nor voice say it.
private func languageTag(_ say: XMLReader.Element) -> String {
    let language = say.attribute("language") ?? say.attribute("voice").flatMap(Voice.language(ofVoice:))
    return language.map { "[\(oneLine($0))] " } ?? ""
}

private func repeated(_ verb: XMLReader.Element) -> String {
    switch verb.attribute("loop") {
    case nil, "1": ""
    case "0": " (until the end)"
    case let loop?: " (\(oneLine(loop)) times)"
    }
}

/// The text with what its markup does to it. It recurses as deep as the reader lets a document be.
private func spokenText(_ element: XMLReader.Element) -> String {
    let whole = element.content.reduce(into: "") { whole, content in
        switch content {
        case .text(let text): whole += text
        case .element(let child):
            switch child.name {
            case "break": whole += " (pause\(child.attribute("time").map { " " + $0 } ?? "")) "
            case "emphasis": whole += "*\(spokenText(child))*"
            case "lang": whole += "[\(child.attribute("xml:lang") ?? "")] \(spokenText(child))"
            default: whole += spokenText(child)
            }
        }
    }
    return oneLine(whole)
}

private func listensTo(_ gather: XMLReader.Element) -> String {
    let input = GatherInput(gather)
    return [input.hearsKeys ? "keys" : nil, input.hearsSpeech ? "speech" : nil].compactMap(\.self)
        .joined(separator: ", ")
}

private func dialled(_ dial: XMLReader.Element) -> String {
    let nouns = dial.children.map { noun in
        switch noun.name {
        case "Number", "Sip": oneLine(noun.text)
        case "Client": "client \(oneLine(noun.text))"
        case "Queue": "queue \(oneLine(noun.text))"
        case "Conference": "conference \(oneLine(noun.text))"
        default: "<\(noun.name)>"
        }
    }
    let separator = dial.attribute("sequential") == "true" ? ", then " : ", "
    let target = nouns.isEmpty ? oneLine(dial.text) : nouns.joined(separator: separator)
    return target + (dial.attribute("callerId").map { " as \(oneLine($0))" } ?? "")
}

/// `connect Stream url=wss://…`: the verb, then what stands in it with its attributes.
private func handover(_ verb: XMLReader.Element) -> String {
    ([verb.name.lowercased()] + attributes(verb) + verb.children.flatMap(words)).joined(separator: " ")
}

/// It recurses as deep as the reader lets a document be.
private func words(_ element: XMLReader.Element) -> [String] {
    let text = element.text.isEmpty ? [] : [oneLine(element.text)]
    return [element.name] + text + attributes(element) + element.children.flatMap(words)
}

private func attributes(_ element: XMLReader.Element) -> [String] {
    element.attributes.filter { $0.name != "action" && $0.name != "recordingStatusCallback" }.map {
        "\($0.name)=\(oneLine($0.value))"
    }
}

private func queue(_ enqueue: XMLReader.Element) -> String {
    guard let workflow = enqueue.attribute("workflowSid") else { return oneLine(enqueue.text) }
    let task = enqueue.children.first { $0.name == "Task" }.map { " " + oneLine($0.text) } ?? ""
    return "workflow \(oneLine(workflow))\(task)"
}

/// The first line of a message stands behind `message`, the others behind bars, as they are.
private func messageLines(_ message: XMLReader.Element) -> [String] {
    let bodies = message.children.filter { $0.name == "Body" }
    let body = bodies.isEmpty ? message.text : bodies.map(\.text).joined()
    let media = message.children.filter { $0.name == "Media" }.map { "media \(oneLine($0.text))" }
    guard !withoutOuterBlanks(body).isEmpty else { return media.isEmpty ? ["message"] : media }
    let lines = withoutOuterBlanks(body).unicodeScalars.split(
        separator: "\n", omittingEmptySubsequences: false
    )
    .map { oneLine(String($0)) }
    let rest = lines.dropFirst().map { $0.isEmpty ? "  |" : "  | \($0)" }
    return ["message \(lines.first ?? "")"] + rest + media
}

/// What a `<Gather>` of a document listens for.
struct GatherInput {
    var hearsKeys: Bool
    var hearsSpeech: Bool
    /// Empty for none.
    var finishKey: String
    /// nil for any number.
    var numDigits: Int?
    var requestsWhenEmpty: Bool

    init(_ gather: XMLReader.Element) {
        let kinds = words(gather.attribute("input") ?? "dtmf")
        hearsKeys = kinds.contains("dtmf")
        hearsSpeech = kinds.contains("speech")
        finishKey = gather.attribute("finishOnKey") ?? "#"
        numDigits = gather.attribute("numDigits").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        requestsWhenEmpty = gather.attribute("actionOnEmptyResult") == "true"
    }
}
