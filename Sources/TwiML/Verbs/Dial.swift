/// `<Dial>`: calls somebody and connects the caller.
///
/// With `action` that is requested afterwards and nothing behind it runs; without, the next verb runs.
public struct Dial: Hashable, Sendable {
    /// Who is called.
    public var target: Target
    /// What is requested afterwards.
    public var action: Text?
    /// How `action` is requested; POST if left out.
    public var method: HTTPMethod?
    /// Seconds of ringing; 30 if left out.
    public var timeout: Int?
    /// The number or the name that is shown; the caller's if left out.
    public var callerId: Text?
    /// Seconds of the longest talk; 4 hours if left out.
    public var timeLimit: Int?
    /// Nouns ring one after another instead of at once.
    public var sequential: Bool?
    /// Attributes that this type doesn't know.
    public var others: [Element.Attribute]

    /// Who is called.
    public enum Target: Hashable, Sendable {
        /// One number, written as the verb's text.
        case number(Text)
        /// Elements inside the verb.
        case nouns([Noun])
    }

    /// An element inside the `<Dial>`.
    public enum Noun: Hashable, Sendable {
        case number(Number)
        /// The identity of a browser or an app.
        case client(Text)
        /// A `sip:` address.
        case sip(Text)
        /// The first who waits in a queue.
        case queue(Text)
        /// A room.
        case conference(Text)
        /// One with attributes or elements of its own.
        case element(Element)
    }

    /// `<Number>`
    public struct Number: Hashable, Sendable {
        /// E.164.
        public var number: Text
        /// Tones played after the answer.
        public var sendDigits: Text?

        /// A number to call.
        public init(_ number: Text, sendDigits: Text? = nil) {
            self.number = number
            self.sendDigits = sendDigits
        }
    }

    /// Calls a target.
    public init(
        _ target: Target, action: Text? = nil, method: HTTPMethod? = nil, timeout: Int? = nil,
        callerId: Text? = nil, timeLimit: Int? = nil, sequential: Bool? = nil,
        others: [Element.Attribute] = []
    ) {
        self.target = target
        self.action = action
        self.method = method
        self.timeout = timeout
        self.callerId = callerId
        self.timeLimit = timeLimit
        self.sequential = sequential
        self.others = others
    }

    func write(to writer: inout XMLWriter) {
        let attributes: [XMLWriter.Attribute] = [
            .init("action", action), .init("method", word: method), .init("timeout", timeout),
            .init("callerId", callerId), .init("timeLimit", timeLimit), .init("sequential", sequential),
        ]
        writer.element("Dial", attributes, and: others) { writer in
            switch target {
            case .number(let number): writer.text(number)
            case .nouns(let nouns): for noun in nouns { noun.write(to: &writer) }
            }
        }
    }
}

extension Dial {
    /// What the provider would object to.
    public var problems: [Problem] {
        var problems: [Problem] = []
        problems.check(timeout, in: Limits.dialTimeout, .dialTimeout, at: "Dial.timeout")
        problems.check(timeLimit, in: Limits.dialTimeLimit, .dialTimeLimit, at: "Dial.timeLimit")
        if let callerId, callerId.isEmpty {
            problems.append(Problem(.dialCallerID, at: "Dial.callerId", "no caller id"))
        }
        switch target {
        case .number(let number): problems += Dial.problems(ofNumber: number, at: "Dial")
        case .nouns(let nouns): problems += Dial.problems(of: nouns)
        }
        return problems
    }

    private static func problems(of nouns: [Noun]) -> [Problem] {
        var problems = nouns.flatMap(\.problems)
        if nouns.isEmpty {
            problems.append(Problem(.dialNested, at: "Dial", "nobody to call"))
        }
        if nouns.count > Limits.maxDialNouns {
            problems.append(
                Problem(.dialNested, at: "Dial", "more than \(Limits.maxDialNouns) to call"))
        }
        if nouns.count > 1, nouns.contains(where: \.isConference) {
            problems.append(Problem(.conferenceMixed, at: "Dial", "a conference stands alone"))
        }
        if nouns.count > 1, nouns.contains(where: \.isQueue) {
            problems.append(Problem(.dialNested, at: "Dial", "a queue stands alone"))
        }
        return problems
    }

    /// E.164, or the forms that people in the USA write: digits, blanks, parentheses, hyphens and points.
    fileprivate static func problems(ofNumber number: Text, at place: String) -> [Problem] {
        guard let literal = number.literal else { return [] }
        let digits = literal.utf8.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let isPlausible = literal.utf8.allSatisfy { "0123456789+ ()-.".utf8.contains($0) }
        if isPlausible, (1...15).contains(digits) { return [] }
        return [Problem(.numberFormat, at: place, "not a phone number")]
    }
}

extension Dial.Noun {
    fileprivate var isConference: Bool {
        switch self {
        case .conference: true
        case .element(let element): element.name == "Conference"
        default: false
        }
    }

    fileprivate var isQueue: Bool {
        switch self {
        case .queue: true
        case .element(let element): element.name == "Queue"
        default: false
        }
    }

    var problems: [Problem] {
        var problems: [Problem] = []
        switch self {
        case .number(let number):
            problems = Dial.problems(ofNumber: number.number, at: "Number")
            if let tones = number.sendDigits?.literal, !isTones(tones) {
                problems.append(
                    Problem(
                        .sendDigits, at: "Number.sendDigits",
                        "tones are written with 0-9, A-D, *, #, w and W"))
            }
        case .client(let identity):
            problems.checkLength(
                of: identity, in: Limits.clientIdentity, short: .dialNested, long: .dialNested, at: "Client")
        case .sip(let address):
            if let literal = address.literal, !literal.utf8.starts(with: "sip:".utf8) {
                problems.append(Problem(.sipAddress, at: "Sip", "an address begins with sip:"))
            }
            let withoutHeaders = address.literalParts.unicodeScalars.prefix { $0 != "?" }
            if withoutHeaders.count > Limits.maxSIPAddress {
                problems.append(
                    Problem(.sipAddress, at: "Sip", "longer than \(Limits.maxSIPAddress) characters"))
            }
        case .queue(let name):
            problems.checkLength(
                of: name, in: Limits.queueName, short: .dialledQueueNameTooShort,
                long: .dialledQueueNameTooLong, at: "Queue")
        case .conference(let name):
            problems.checkLength(
                of: name, in: Limits.conferenceName, short: .conferenceName, long: .conferenceName,
                at: "Conference")
        case .element(let element): problems = element.problems
        }
        return problems
    }

    func write(to writer: inout XMLWriter) {
        switch self {
        case .number(let number):
            writer.element("Number", [.init("sendDigits", number.sendDigits)]) { $0.text(number.number) }
        case .client(let identity): writer.element("Client") { $0.text(identity) }
        case .sip(let address): writer.element("Sip") { $0.text(address) }
        case .queue(let name): writer.element("Queue") { $0.text(name) }
        case .conference(let name): writer.element("Conference") { $0.text(name) }
        case .element(let element): element.write(to: &writer)
        }
    }
}
