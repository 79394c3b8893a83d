import FlowProgram
import FoundationEssentials

/// What the interpreter in JavaScript knows of programs, by the names in their JSON. What it doesn't isn't exported: an operation or
/// an option that comes to the machine is refused here until the interpreter has it, too.
enum InterpreterVocabulary {
    private static let program: Set = [
        "apology", "channel", "config", "entry", "errorHandler", "expires", "fallback", "flow", "format",
        "handlers", "hours",
        "interrupts", "languages", "operations", "parameters", "pardon",
        "states", "statics", "stopsSilentWay",
        "subflows", "timezone",
        "variables",
    ]

    /// The keys of an operation, and of what it holds where that has names.
    private static let operations: [String: Set<String>] = [
        "emit": ["byLanguage"], "attach": expressions, "set": [], "setLanguage": expressions, "jump": [],
        "again": [],
        "resume": [], "return": [], "log": [],
        "branch": expressions.union(["then", "otherwise"]),
        "select": expressions.union(["cases", "otherwise"]),
        "gather": [
            "attempts", "choices", "confirms", "input", "into", "isSensitive", "next", "noInput", "noMatch",
            "otherwise",
            "prompt",
        ],
        "record": ["into", "next", "otherwise", "rendering"],
        "dial": ["answered", "busy", "canceled", "failed", "guards", "into", "noAnswer", "rendering"],
        "enqueue": ["bridged", "failed", "full", "into", "left", "rendering"],
        "connect": ["form", "into", "mayGoOn", "otherwise", "rendering", "status", "ways"],
        "call": ["next", "settings", "target"],
        "fetch": [
            "body", "credentials", "failed", "headers", "into", "method", "next", "once", "query", "retries",
            "returns",
            "statuses", "timeout", "url",
        ],
        "finish": ["end", "hangup", "redirect", "reject"],
    ]

    private static let expressions: Set = [
        "and", "arithmetic", "call", "coalesce", "compare", "concatenation", "conditional", "config",
        "contained", "context",
        "field", "index", "isOpen", "language", "list", "literal", "negate", "not", "now", "or", "today",
        "variable",
    ]

    private static let contextFields: Set = [
        "callSid", "callFrom", "callTo", "callDirection", "callCallerName", "callForwardedFrom", "messageSid",
        "messageFrom",
        "messageTo", "messageBody", "messageMedia", "contactCity", "contactState", "contactCountry",
        "contactZip", "person",
        "failureReason", "failureStatus",
    ]

    /// The first name of an operation that the interpreter doesn't know.
    static func unknownName(in operation: Operation) -> String? {
        guard
            let coded = try? JSONDecoder().decode(CodedOperation.self, from: JSONEncoder().encode(operation))
        else {
            return "?"
        }
        guard let known = operations[coded.kind] else { return coded.kind }
        if let name = coded.names.sorted().first(where: { !known.contains($0) }) { return name }
        var unknown: String?
        operation.forEachExpression { expression in
            expression.forEach { part in
                if case .context(let field) = part, !contextFields.contains(field.rawValue) {
                    unknown = field.rawValue
                }
            }
        }
        return unknown
    }

    /// What of a program as a whole it doesn't know, with the operation that it begins at.
    static func unknownParts(of program: Program) -> [(name: String, operation: Int)] {
        guard let coded = try? JSONDecoder().decode(CodedProgram.self, from: JSONEncoder().encode(program))
        else {
            return [("?", program.entry)]
        }
        return coded.names.subtracting(Self.program).sorted().map { ($0, program.entry) }
            + coded.handlers.map { ("on: \($0.event)", $0.entry) }
    }
}

/// Any name.
private struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) { nil }
}

private struct CodedOperation: Decodable {
    var kind: String
    /// Beside the operation's value, and in it.
    var names: Set<String>

    init(from decoder: any Decoder) throws {
        let whole = try decoder.container(keyedBy: Name.self)
        guard let key = whole.allKeys.first, whole.allKeys.count == 1 else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no operation"))
        }
        kind = key.stringValue
        let parts = try whole.nestedContainer(keyedBy: Name.self, forKey: key)
        names = Set(parts.allKeys.map(\.stringValue))
        if names.remove("_0") != nil,
            let inner = try? parts.nestedContainer(keyedBy: Name.self, forKey: Name(stringValue: "_0"))
        {
            names.formUnion(inner.allKeys.map(\.stringValue))
        }
    }
}

private struct CodedProgram: Decodable {
    var names: Set<String>
    var handlers: [Handler]

    struct Handler: Decodable {
        var event: String
        var entry: Int
    }

    init(from decoder: any Decoder) throws {
        let whole = try decoder.container(keyedBy: Name.self)
        names = Set(whole.allKeys.map(\.stringValue))
        handlers = try whole.decodeIfPresent([Handler].self, forKey: Name(stringValue: "handlers")) ?? []
    }
}
