internal import TwiML

// Texts and their replies.

extension Phone {
    mutating func send(_ body: String) -> Reaction {
        guard call == nil else { return nobody("the call is still on; hang up first") }
        let sid = nextSid("SM")
        let request = PhoneRequest(
            method: .post, url: settings.smsURL,
            parameters: [
                .init("MessageSid", sid), .init("SmsSid", sid), .init("SmsMessageSid", sid),
                .init("SmsStatus", "received"), .init("AccountSid", settings.accountSid),
                .init("From", settings.from), .init("To", settings.to), .init("Body", body),
                .init("NumMedia", "0"), .init("NumSegments", "1"), .init("ApiVersion", "2010-04-01"),
            ] + countries(["From": settings.from, "To": settings.to]))
        return ask(request, for: .message(request, hasReply: false))
    }

    mutating func show(_ response: PhoneResponse, to request: PhoneRequest, hasReply: Bool) -> Reaction {
        if response.status == 204 {
            if !hasReply { lines.append("(no reply)") }
            return beIdle()
        }
        switch receivedDocument(response) {
        case .failure(let fault):
            lines.append(fault.description)
            return beIdle()
        case .success(let root):
            return show(root, to: request, hasReply: hasReply)
        }
    }

    private mutating func show(
        _ root: XMLReader.Element, to request: PhoneRequest, hasReply: Bool
    ) -> Reaction {
        for verb in root.children {
            switch verb.name {
            case "Redirect":
                guard let url = resolve(verb.text, against: request.url), haveSameOrigin(settings.base, url)
                else {
                    lines.append("goes on at \(oneLine(verb.text))")
                    return beIdle()
                }
                var next = request
                next.url = url
                next.method = verb.attribute("method") == "GET" ? .get : .post
                return ask(next, for: .message(next, hasReply: hasReply || !lines.isEmpty))
            case "Message":
                lastMessage = nil
                noteCallbacks(of: verb)
                lines += heardLines(verb)
            default:
                lines.append("warning 14110: no verb <\(verb.name)> in a reply")
            }
        }
        if lines.isEmpty, !hasReply { lines.append("(no reply)") }
        return beIdle()
    }
}
