internal import TwiML

// What is heard beside the call: in a queue or a conference, and by one who is called, before they are connected.

extension Phone {
    /// The `<Enqueue>` that the call waits in.
    var queue: XMLReader.Element? {
        if case .queueing(let enqueue) = state { return enqueue }
        return side?.verb.name == "Enqueue" ? side?.verb : nil
    }

    /// The `<Dial>` that the call is in.
    var dialled: XMLReader.Element? {
        if case .dialling(let dial) = state { return dial }
        return side?.verb.name == "Dial" ? side?.verb : nil
    }

    // MARK: waiting

    /// The provider asks for what is heard while waiting, as it does at the beginning and at each end.
    mutating func wait(_ given: [PhoneRequest.Parameter]) -> Reaction {
        guard side == nil else { return nobody("the present document isn't over") }
        switch state {
        case .queueing(let enqueue):
            guard let url = enqueue.attribute("waitUrl"), !url.isEmpty else {
                return nobody("the provider's music plays")
            }
            return begin(Waiting(verb: enqueue, url: url, parameters: figures(given)))
        case .dialling(let dial):
            guard let url = dial.children.lazy.compactMap({ $0.attribute("waitUrl") }).first, !url.isEmpty
            else { return nobody("nobody waits") }
            return begin(Waiting(verb: dial, url: url, parameters: given))
        case .idle, .asking, .listening, .recording, .connected: return nobody("nobody waits")
        }
    }

    private struct Waiting {
        var verb: XMLReader.Element
        var url: String
        var parameters: [PhoneRequest.Parameter]
        var leg: Leg?
    }

    private mutating func begin(_ waiting: Waiting) -> Reaction {
        guard let call, let url = resolve(waiting.url, against: call.documentURL) else {
            lines.append("error 11100: \(oneLine(waiting.url))")
            return end()
        }
        guard haveSameOrigin(settings.base, url) else {
            lines.append("hears \(oneLine(url))")
            return finish()
        }
        side = Side(verb: waiting.verb, leg: waiting.leg, url: url, documentURL: url)
        return ask(url, .post, waiting.parameters, for: .document)
    }

    /// What the provider says of a queue (twiml.yaml, Enqueue.waitUrl).
    private mutating func figures(_ given: [PhoneRequest.Parameter]) -> [PhoneRequest.Parameter] {
        let standard: [PhoneRequest.Parameter] = [
            .init("QueuePosition", "1"), .init("QueueSid", nextSid("QU")), .init("QueueTime", "0"),
            .init("AvgQueueTime", "0"), .init("CurrentQueueSize", "1"), .init("MaxQueueSize", "1000"),
        ]
        return standard.filter { one in !given.contains { $0.name == one.name } } + given
    }

    /// `<Leave>`
    mutating func leaveSide() -> Reaction {
        guard let enqueue = queue else {
            side = nil
            return nobody("nobody waits in a queue")
        }
        lines.append("leave the queue")
        side = nil
        return act(on: enqueue, queueResult("leave", 30))
    }

    func isStartOfSide(_ reference: String) -> Bool {
        guard let side else { return false }
        return resolve(reference, against: side.documentURL) == side.url
    }

    /// The end of the document: one who waits would hear it again, one who is called is connected.
    mutating func endSide() -> Reaction {
        guard let side else { return end() }
        self.side = nil
        if let leg = side.leg { return connect(leg, side.verb) }
        lines.append("(it is played again)")
        return wait(side.verb.name == "Enqueue" ? .queueing(side.verb) : .dialling(side.verb))
    }

    // MARK: being called

    /// Somebody who is called answers.
    mutating func answer(_ place: Int) -> Reaction {
        guard case .dialling(let dial) = state, leg?.isConnected != true else {
            return nobody("nobody is dialled")
        }
        let called = dial.children.isEmpty ? [dial] : dial.children
        guard called.indices.contains(place - 1) else { return nobody("only \(called.count) are called") }
        let noun = called[place - 1]
        let leg = leg(of: noun, in: dial)
        self.leg = leg
        lines.append("(\(leg.name) answers)")
        guard let url = noun.attribute("url"), !url.isEmpty else { return connect(leg, dial) }
        return begin(Waiting(verb: dial, url: url, parameters: [], leg: leg))
    }

    private mutating func connect(_ leg: Leg, _ dial: XMLReader.Element) -> Reaction {
        self.leg = leg
        self.leg?.isConnected = true
        lines.append("(connected)")
        return wait(.dialling(dial))
    }

    /// `<Hangup>` in a whisper. Where nobody else is called, that is how the `<Dial>` ends; the provider's word for it isn't documented.
    mutating func declineSide() -> Reaction {
        guard let side, let leg = side.leg else { return end() }
        self.side = nil
        lines.append("(\(leg.name) hangs up)")
        state = .dialling(side.verb)
        return side.verb.children.count > 1 ? finish() : finishDial(.noAnswer, nil)
    }

    private mutating func leg(of noun: XMLReader.Element, in dial: XMLReader.Element) -> Leg {
        func value(_ name: String, _ standard: String) -> String {
            call?.given.last { $0.name == name }?.value ?? standard
        }
        let sid = nextSid("CA")
        let from = dial.attribute("callerId") ?? value("From", settings.from)
        let to = noun.name == "Client" ? "client:\(noun.text)" : noun.text
        var parameters: [PhoneRequest.Parameter] = [
            .init("CallSid", sid), .init("AccountSid", settings.accountSid), .init("From", from),
            .init("To", to), .init("CallStatus", "in-progress"), .init("ApiVersion", "2010-04-01"),
            .init("Direction", noun.name == "Queue" ? "inbound" : "outbound-dial"),
            .init("Caller", from), .init("Called", to),
        ]
        if noun.name == "Queue" {
            parameters += [
                .init("QueueSid", nextSid("QU")), .init("QueueTime", "30"),
                .init("DequeingCallSid", call?.sid ?? ""),
            ]
        } else {
            parameters.append(.init("ParentCallSid", call?.sid ?? ""))
        }
        return Leg(
            sid: sid, name: noun.name == "Client" ? "client \(oneLine(noun.text))" : oneLine(noun.text),
            parameters: parameters)
    }
}
