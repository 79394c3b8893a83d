internal import TwiML

// How requests and reactions are made.

extension Phone {
    mutating func ask(
        _ url: String, _ method: HTTPMethod, _ parameters: [PhoneRequest.Parameter], for purpose: Purpose
    ) -> Reaction {
        let request = PhoneRequest(method: method, url: url, parameters: standardParameters + parameters)
        return ask(request, for: purpose)
    }

    mutating func ask(_ request: PhoneRequest, for purpose: Purpose) -> Reaction {
        state = .asking(purpose)
        let expectsDocument =
            switch purpose {
            case .document, .farewell, .message: true
            case .status, .notice: false
            }
        return Reaction(lines: lines, request: request, expectsDocument: expectsDocument)
    }

    mutating func wait(_ wait: State) -> Reaction {
        state = wait
        return finish()
    }

    func finish() -> Reaction {
        Reaction(lines: lines, request: nil)
    }

    func nobody(_ reason: String) -> Reaction {
        Reaction(lines: ["(\(reason))"], request: nil)
    }

    /// What comes with every request of a call, in the provider's words.
    private var standardParameters: [PhoneRequest.Parameter] {
        guard let call else { return [] }
        func value(_ name: String, _ standard: String) -> String {
            call.given.last { $0.name == name }?.value ?? standard
        }
        if let leg = side?.leg { return leg.parameters }
        let from = value("From", settings.from)
        let to = value("To", settings.to)
        let standard: [PhoneRequest.Parameter] =
            [
                .init("CallSid", call.sid), .init("AccountSid", settings.accountSid), .init("From", from),
                .init("To", to), .init("CallStatus", call.status), .init("ApiVersion", "2010-04-01"),
                .init("Direction", value("Direction", "inbound")), .init("Caller", value("Caller", from)),
                .init("Called", value("Called", to)),
            ] + countries(["From": from, "To": to, "Caller": from, "Called": to])
        let names = Set(call.given.map(\.name))
        let placed = ["From", "To", "Direction", "Caller", "Called"]
        return standard.filter { !names.contains($0.name) || placed.contains($0.name) }
            + call.given.filter { !placed.contains($0.name) }
    }

    mutating func nextSid(_ prefix: String) -> String {
        serial += 1
        return prefix + sixteenDigits(settings.identity) + sixteenDigits(serial)
    }
}

/// The look-up of places, as far as a number says it: the country of a number that begins with +1.
func countries(_ numbers: KeyValuePairs<String, String>) -> [PhoneRequest.Parameter] {
    numbers.filter { $0.value.hasPrefix("+1") }.map { .init($0.key + "Country", "US") }
}

/// Whether a parameter is about the call, and therefore comes with every request. What an app adds comes with the first only.
func isAboutTheCall(_ name: String) -> Bool {
    let names = [
        "From", "To", "Caller", "Called", "Direction", "ForwardedFrom", "CallerName", "ParentCallSid",
        "CallToken",
        "StirVerstat", "AnsweredBy",
    ]
    let places = ["City", "State", "Zip", "Country"]
    return names.contains(name)
        || ["From", "To", "Caller", "Called"].contains { side in places.contains { side + $0 == name } }
}

private func sixteenDigits(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
}
