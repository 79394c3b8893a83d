import Crypto
import FlowProgram

/// `fetch`: what is asked for, and where its answer leads.
extension Walk {
    mutating func perform(_ fetch: Fetch) -> Step {
        guard !isHandlingFault else { return .end(.fault(.errorHandlerFailed)) }
        guard fetches < Limits.fetchesPerTurn else { return .end(.fault(.tooManyFetches)) }
        let first = fetches
        var triesLeft = fetch.tries - 1
        if mustWait(fetch, tries: triesLeft + 1) { return redirect(.redirect) }
        if let allowed = fetch.allowed {
            let url = template(fetch.url)
            guard allowed.contains(where: { url.starts(with: $0.utf8) }) else {
                return .go(fail(fetch, .refused))
            }
        }
        fetchMilliseconds += fetch.worstCase
        while true {
            guard answers.indices.contains(fetches) else {
                return .end(
                    .needs(
                        Effect(
                            index: fetches, request: request(for: fetch, index: first), once: fetch.once)))
            }
            let answer = answers[fetches]
            fetches += 1
            guard triesLeft > 0, answer.mayBeTriedAgain, fetches < Limits.fetchesPerTurn else {
                return .go(take(answer, for: fetch))
            }
            triesLeft -= 1
        }
    }

    /// Whether a fetch has to be left to the next turn, so that this one is answered in time even if every try takes as long as
    /// it may. A text is answered at once, and nobody waits for the answer when the call is over.
    private func mustWait(_ fetch: Fetch, tries: Int) -> Bool {
        guard fetches > 0, program.program.channel == .voice, !event.callIsOver, waits.isEmpty,
            handling == nil
        else {
            return false
        }
        return fetches + tries > Limits.fetchesPerTurn
            || fetchMilliseconds + fetch.timeout * tries > Limits.fetchMillisecondsPerTurn
    }

    private mutating func take(_ answer: FetchAnswer, for fetch: Fetch) -> Int {
        switch answer {
        case .failure(let reason): return fail(fetch, reason)
        case .response(let status, let body):
            if let named = fetch.statuses.first(where: { $0.code == status }) {
                context.failure = (FetchAnswer.Reason.status.rawValue, status)
                return named.target
            }
            guard (200..<300).contains(status) else {
                return fail(fetch, .status, status: status)
            }
            guard let type = fetch.returns else { return fetch.next }
            switch decodeJSON(body, as: type) {
            case .success(let value):
                if let variable = fetch.into { set(variable, to: value) }
                return fetch.next
            case .failure(let fault):
                return fail(fetch, .malformed, status: status, detail: fault.description)
            }
        }
    }

    private mutating func fail(
        _ fetch: Fetch, _ reason: FetchAnswer.Reason, status: Int? = nil, detail: String? = nil
    ) -> Int {
        context.failure = (reason.rawValue, status)
        failedFetches.append(
            FailedFetch(operation: operation, reason: reason, status: status, detail: detail))
        return fetch.failed
    }

    /// - Parameter index: of the first try: a service that honours the key sees all tries as one.
    private func request(for fetch: Fetch, index: Int) -> FetchRequest {
        var headers = fetch.headers.compactMap { header -> FetchRequest.Header? in
            shown(header.value).map { FetchRequest.Header(header.name, singleLine($0)) }
        }
        if let credentials = fetch.credentials {
            let pair = "\(shown(credentials.user) ?? ""):\(shown(credentials.password) ?? "")"
            let code = String(decoding: base64(Array(pair.utf8)), as: UTF8.self)
            headers.append(FetchRequest.Header("Authorization", "Basic \(code)"))
        }
        if fetch.method != "GET" {
            headers.append(FetchRequest.Header("Idempotency-Key", idempotencyKey(index: index)))
        }
        let body = body(of: fetch, headers: &headers)
        return FetchRequest(
            method: fetch.method, url: url(of: fetch), headers: headers, body: body, timeout: fetch.timeout)
    }

    private func body(of fetch: Fetch, headers: inout [FetchRequest.Header]) -> [UInt8] {
        let type: String
        let body: [UInt8]
        switch fetch.body {
        case .nothing: return []
        case .json(let template):
            type = "application/json"
            body = Array(json(template).utf8)
        case .form(let fields):
            type = "application/x-www-form-urlencoded"
            body = encodedFields(fields)
        }
        let isNamed = headers.contains { $0.name.utf8.map(lowercased).elementsEqual("content-type".utf8) }
        if !isNamed { headers.append(FetchRequest.Header("Content-Type", type)) }
        return body
    }

    private func url(of fetch: Fetch) -> String {
        var url = template(fetch.url)
        if let fragment = url.firstIndex(of: UInt8(ascii: "#")) { url.removeSubrange(fragment...) }
        let query = encodedFields(fetch.query)
        if !query.isEmpty {
            if let last = url.last, url.contains(UInt8(ascii: "?")) {
                if last != UInt8(ascii: "?"), last != UInt8(ascii: "&") { url.append(UInt8(ascii: "&")) }
            } else {
                url.append(UInt8(ascii: "?"))
            }
            url.append(contentsOf: query)
        }
        return String(decoding: url, as: UTF8.self)
    }

    /// Every hole is percent-encoded but one at the very beginning, which brings scheme and host.
    private func template(_ template: TextTemplate) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, segment) in template.segments.enumerated() {
            switch segment {
            case .literal(let text): bytes.append(contentsOf: text.utf8)
            case .hole(let expression):
                let text = shown(expression) ?? ""
                bytes.append(contentsOf: (index == 0 ? text : percentEncoded(text)).utf8)
            }
        }
        return bytes
    }

    /// `name=value&…`; what is `none` is left out.
    private func encodedFields(_ fields: [NamedExpression]) -> [UInt8] {
        var bytes: [UInt8] = []
        for field in fields {
            guard let value = shown(field.value) else { continue }
            if !bytes.isEmpty { bytes.append(UInt8(ascii: "&")) }
            bytes.append(contentsOf: percentEncoded(field.name).utf8)
            bytes.append(UInt8(ascii: "="))
            bytes.append(contentsOf: percentEncoded(value).utf8)
        }
        return bytes
    }

    func json(_ template: JSONTemplate) -> String {
        switch template {
        case .value(let expression):
            jsonText(evaluate(expression, in: context), type: program.type(of: expression))
        case .list(let elements): "[" + elements.map(json).joined(separator: ",") + "]"
        case .object(let fields):
            "{" + fields.map { "\"\(jsonEscaped($0.name))\":" + json($0.value) }.joined(separator: ",") + "}"
        }
    }

    /// Of session, birth, turn and effect (turn.md rule 11): the same after a crash, another one for any other call.
    private func idempotencyKey(index: Int) -> String {
        var bytes: [UInt8] = []
        bytes.append(counted: event.key.bytes)
        bytes.append(counted: birth)
        bytes.append(count: turn)
        bytes.append(count: index)
        if case .notice(let kind) = event.kind {
            // Several may come between two turns.
            bytes.append(countedText: kind.rawValue)
            bytes.append(counted: event.notice?.sid ?? [])
            bytes.append(counted: event.notice?.status ?? [])
        }
        return hexadecimal(SHA256.hash(data: bytes))
    }
}

extension FetchAnswer {
    /// Nobody answered, or a service that may answer another time.
    fileprivate var mayBeTriedAgain: Bool {
        switch self {
        case .failure(.timeout), .failure(.unreachable): true
        case .failure: false
        case .response(let status, _): status == 429 || status >= 500
        }
    }
}

/// A header ends where its line ends: control characters can't come from a value.
private func singleLine(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where scalar.value >= 0x20 && scalar.value != 0x7F {
        scalars.append(scalar)
    }
    return String(scalars)
}

private func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}

/// Lower-case hexadecimal digits.
private func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
