/// One function of the language. Checker, evaluator, docs and tests read the same row.
package struct FunctionRow: Sendable {
    package typealias Body = @Sendable ([Value], FunctionContext) -> Value

    package var name: FunctionName
    /// The ways in which it can be called, tried in this order.
    package var signatures: [FunctionSignature]
    /// One line of documentation.
    package var summary: String
    package var example: FunctionExample
    /// Pure and total.
    package var body: Body

    init(
        _ name: FunctionName, _ signatures: [FunctionSignature], _ summary: String,
        example: FunctionExample, body: @escaping Body
    ) {
        self.name = name
        self.signatures = signatures
        self.summary = summary
        self.example = example
        self.body = body
    }
}

/// One way of calling a function.
package struct FunctionSignature: Sendable {
    /// As the docs show it: `first(list: [T]) → T?`.
    package var display: String
    package var parameters: [ParameterRule]
    /// The last parameter may be given several times.
    package var isVariadic: Bool
    /// The result depends on the civil time of an instant.
    package var readsZone: Bool
    /// The type of the result; nil if the arguments don't go together.
    package var result: @Sendable ([Operand]) -> ValueType?

    init(
        _ display: String, _ parameters: [ParameterRule], variadic: Bool = false, readsZone: Bool = false,
        result: @escaping @Sendable ([Operand]) -> ValueType?
    ) {
        self.display = display
        self.parameters = parameters
        isVariadic = variadic
        self.readsZone = readsZone
        self.result = result
    }

    init(
        _ display: String, _ parameters: [ParameterRule], readsZone: Bool = false, gives result: ValueType
    ) {
        self.init(display, parameters, readsZone: readsZone) { _ in result }
    }

    package func takes(count: Int) -> Bool {
        isVariadic ? count >= parameters.count : count == parameters.count
    }

    package func rule(at index: Int) -> ParameterRule? {
        parameters.indices.contains(index) ? parameters[index] : isVariadic ? parameters.last : nil
    }
}

/// What an argument may be.
package enum ParameterRule: Sendable, Hashable {
    case text
    case bool
    case integer
    case number
    case date
    case time
    case datetime
    /// Numbers, dates, times, instants, durations, money.
    case ordered
    case list
    case textList
    /// Numbers, durations, money.
    case amount
    case any

    package func accepts(_ operand: Operand) -> Bool {
        switch self {
        case .text: operand.type.isText
        case .bool: operand.type == .bool
        case .integer: operand.type == .integer
        case .number: operand.type.isNumeric
        case .date: operand.type == .date
        case .time: operand.type == .time
        case .datetime: operand.type == .datetime
        case .ordered: operand.type.isOrdered
        case .list: operand.type.element != nil
        case .textList: operand.type.element.map { $0.isText || $0 == .none } ?? false
        case .amount: operand.type.isNumeric || operand.type == .duration || operand.type.isMoney
        case .any: true
        }
    }

    /// What was expected, in the author's words.
    package var display: String {
        switch self {
        case .text: "a text"
        case .bool: "a bool"
        case .integer: "an integer"
        case .number: "a number"
        case .date: "a date"
        case .time: "a time"
        case .datetime: "a datetime"
        case .ordered: "a number, a date, a time, a datetime, a duration or money"
        case .list: "a list"
        case .textList: "a list of texts"
        case .amount: "a number, a duration or money"
        case .any: "a value"
        }
    }
}

extension ValueType {
    /// Of a list.
    package var element: ValueType? {
        if case .list(let element, _) = self { return element }
        return nil
    }

    package var isMoney: Bool {
        if case .money = self { return true }
        return false
    }
}

/// What functions may look at besides their arguments.
package struct FunctionContext: Sendable {
    /// A BCP-47 tag.
    package var language: String
    package var clock: CivilClock

    package init(language: String, clock: CivilClock) {
        self.language = language
        self.clock = clock
    }
}

/// A call as the docs show it, and what it gives.
package struct FunctionExample: Sendable {
    package indirect enum Argument: Sendable {
        case literal(Value)
        case call(FunctionName, [Argument])

        package static func text(_ text: String) -> Argument { .literal(.text(text)) }
        package static func integer(_ value: Int64) -> Argument { .literal(.integer(value)) }
        package static func number(_ value: Double) -> Argument { .literal(.number(value)) }
        package static func bool(_ value: Bool) -> Argument { .literal(.bool(value)) }
        package static func texts(_ texts: [String]) -> Argument { .literal(.list(texts.map(Value.text))) }
        package static func date(_ text: String) -> Argument { .call(.date, [.text(text)]) }

        /// As an author writes it.
        package var source: String {
            switch self {
            case .literal(let value): value.source
            case .call(let name, let arguments):
                "\(name.rawValue)(\(arguments.map(\.source).joined(separator: ", ")))"
            }
        }
    }

    package var call: Argument
    package var result: Value

    init(_ name: FunctionName, _ arguments: [Argument], gives result: Value) {
        call = .call(name, arguments)
        self.result = result
    }
}

extension Value {
    /// As an expression's literal where there is one, else as text.
    package var source: String {
        switch self {
        case .none: "none"
        case .text(let text): "'\(text)'"
        case .list(let values): "[\(values.map(\.source).joined(separator: ", "))]"
        default: plainText
        }
    }
}
