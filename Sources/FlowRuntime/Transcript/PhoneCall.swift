internal import TwiML

// How a call runs: documents are played until something must be waited for, or the call is over.

extension Phone {
    mutating func place(_ parameters: [PhoneRequest.Parameter]) -> Reaction {
        guard call == nil else { return nobody("the call is still on; hang up first") }
        return place(parameters, at: settings.voiceURL, settings.statusURL)
    }

    /// A call that the provider was asked to place is answered.
    mutating func answer(_ outgoing: OutgoingCall, _ parameters: [PhoneRequest.Parameter]) -> Reaction {
        lines = []
        guard call == nil else { return nobody("the call is still on; hang up first") }
        let given: [PhoneRequest.Parameter] = [
            .init("From", outgoing.from), .init("To", outgoing.to), .init("Direction", "outbound-api"),
        ]
        func plain(_ url: String) -> String { String(url.prefix { $0 != "#" }) }
        return place(given + parameters, at: plain(outgoing.url), plain(outgoing.statusCallback))
    }

    private mutating func place(
        _ parameters: [PhoneRequest.Parameter], at url: String, _ statusURL: String
    ) -> Reaction {
        let given = parameters.filter { isAboutTheCall($0.name) }
        side = nil
        call = Call(sid: nextSid("CA"), given: given, statusURL: statusURL, documentURL: url)
        return ask(url, .post, parameters.filter { !isAboutTheCall($0.name) }, for: .document)
    }

    mutating func play(_ response: PhoneResponse) -> Reaction {
        switch receivedDocument(response) {
        case .failure(let fault):
            lines.append(fault.description)
            return end()
        case .success(let root):
            call?.status = "in-progress"
            verbs = root.children[...]
            return playOn()
        }
    }

    /// Plays until something must be waited for.
    mutating func playOn() -> Reaction {
        while let verb = verbs.popFirst() {
            noteCallbacks(of: verb)
            switch verb.name {
            case "Gather":
                lines += heardLines(verb)
                return wait(.listening(verb))
            case "Record":
                lines += heardLines(verb)
                return wait(.recording(verb))
            case "Dial":
                leg = nil
                lines += heardLines(verb)
                return wait(.dialling(verb))
            case "Enqueue":
                lines += heardLines(verb)
                return wait(.queueing(verb))
            case "Connect", "Pay", "Refer":
                lines += heardLines(verb)
                return wait(.connected(verb))
            case "Leave" where side != nil:
                return leaveSide()
            case "Redirect" where isStartOfSide(verb.text):
                return endSide()
            case "Redirect":
                return follow(verb.text, verb, [])
            case "Hangup" where side?.leg != nil:
                return declineSide()
            case "Hangup":
                return end()
            case "Reject":
                lines += heardLines(verb)
                return end(verb.attribute("reason") == "busy" ? "busy" : "no-answer")
            default:
                lines += heardLines(verb)
            }
        }
        return side == nil ? end() : endSide()
    }

    /// Requests a verb's action. A `<Dial>` or `<Enqueue>` without one just goes on.
    mutating func act(
        on verb: XMLReader.Element, _ parameters: [PhoneRequest.Parameter], for purpose: Purpose = .document
    ) -> Reaction {
        follow(verb.attribute("action") ?? "", verb, parameters, for: purpose)
    }

    mutating func follow(
        _ reference: String, _ verb: XMLReader.Element, _ parameters: [PhoneRequest.Parameter],
        for purpose: Purpose = .document
    ) -> Reaction {
        guard let call, let url = resolve(reference, against: side?.documentURL ?? call.documentURL) else {
            lines.append("error 11100: \(oneLine(reference))")
            return end()
        }
        guard haveSameOrigin(settings.base, url) else {
            lines.append("goes on at \(oneLine(url))")
            return beIdle()
        }
        if side == nil { self.call?.documentURL = url } else { side?.documentURL = url }
        return ask(url, verb.attribute("method") == "GET" ? .get : .post, parameters, for: purpose)
    }

    mutating func hangUp(after seconds: Int?) -> Reaction {
        guard call != nil else { return nobody("there is no call") }
        call?.status = "completed"
        if let enqueue = queue { state = .queueing(enqueue) }
        side = nil
        switch state {
        case .recording(let record):
            let parameters = recording(seconds ?? 5, of: record, endedBy: "hangup")
            return act(on: record, parameters, for: .farewell)
        case .queueing(let enqueue) where enqueue.attribute("action") != nil:
            return act(on: enqueue, queueResult("hangup", seconds ?? 30), for: .farewell)
        case .idle, .asking, .listening, .dialling, .queueing, .connected:
            return reportEnd()
        }
    }

    /// The call ends from the flow's side.
    mutating func end(_ status: String = "completed") -> Reaction {
        side = nil
        lines.append("end of call")
        call?.status = status
        return reportEnd()
    }

    mutating func reportEnd() -> Reaction {
        guard settings.sendsStatus, let call else { return beIdle() }
        return ask(
            call.statusURL, .post,
            [
                .init("CallDuration", String(call.seconds)), .init("CallbackSource", "call-progress-events"),
                .init("SequenceNumber", "0"),
            ], for: .status)
    }

    mutating func beIdle() -> Reaction {
        call = nil
        verbs = []
        state = .idle
        return finish()
    }
}
