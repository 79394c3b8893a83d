/// A verb of a document that answers a call.
public enum VoiceVerb: Hashable, Sendable {
    case say(Say)
    case play(Play)
    case pause(Pause)
    indirect case gather(Gather)
    indirect case record(Record)
    indirect case dial(Dial)
    indirect case enqueue(Enqueue)
    case hangup
    case reject(Reject)
    case redirect(Redirect)
    /// `<Connect>`, `<Start>`, `<Stop>`, `<Pay>`, `<Refer>`.
    indirect case element(Element)

    /// The verb as XML, in runs between its placeholders.
    public var written: [WrittenPart] {
        var writer = XMLWriter()
        write(to: &writer)
        return writer.finish()
    }

    /// What the provider would object to in this verb.
    public var problems: [Problem] {
        switch self {
        case .say(let say): say.problems
        case .play(let play): play.problems
        case .pause(let pause): pause.problems
        case .gather(let gather): gather.problems
        case .record(let record): record.problems
        case .dial(let dial): dial.problems
        case .enqueue(let enqueue): enqueue.problems
        case .element(let element): element.problems
        case .hangup, .reject, .redirect: []
        }
    }

    /// The same without looking for voices in their catalogue.
    package var problemsBesideVoices: [Problem] {
        switch self {
        case .say(let say): say.problems(byVoices: false)
        case .gather(let gather): gather.problems(byVoices: false)
        default: problems
        }
    }

    package func write(to writer: inout XMLWriter) {
        switch self {
        case .say(let say): say.write(to: &writer)
        case .play(let play): play.write(to: &writer)
        case .pause(let pause): pause.write(to: &writer)
        case .gather(let gather): gather.write(to: &writer)
        case .record(let record): record.write(to: &writer)
        case .dial(let dial): dial.write(to: &writer)
        case .enqueue(let enqueue): enqueue.write(to: &writer)
        case .hangup: writer.element("Hangup")
        case .reject(let reject): reject.write(to: &writer)
        case .redirect(let redirect): redirect.write(to: &writer)
        case .element(let element): element.write(to: &writer)
        }
    }
}

/// How a URL is requested.
public enum HTTPMethod: String, Hashable, Sendable, CaseIterable {
    case get = "GET"
    case post = "POST"
}
