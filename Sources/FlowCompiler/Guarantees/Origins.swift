import FlowProgram

/// Where a value comes from, as far as it matters to the promises: what a caller can choose, and what nobody may see.
struct Origins: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    /// A text of a caller's, such as a message.
    static let callerText = Origins(rawValue: 1)
    /// A number or an address of a caller's.
    static let callerNumber = Origins(rawValue: 2)
    /// The other side of the conversation, as a whole.
    static let person = Origins(rawValue: 4)
    static let secret = Origins(rawValue: 8)

    /// What whoever calls, texts or starts the flow can choose.
    static let caller: Origins = [.callerText, .callerNumber, .person]

    /// How many there are.
    static let count = 4

    /// Of a value that was made of one of these: no longer the person's own address.
    var mixed: Origins { contains(.person) ? subtracting(.person).union(.callerNumber) : self }

    /// Of a number that was found in one of these.
    var asNumber: Origins { contains(.callerText) ? subtracting(.callerText).union(.callerNumber) : self }
}

extension Program {
    /// The origins of a value.
    ///
    /// A choice among the flow's own words and a yes or no are nobody's: whoever answers picks one of a few.
    ///
    /// - Parameters:
    ///   - sensitive: variables whose values are secret whatever was put into them.
    ///   - state: the origins of a variable's value.
    func origins(
        of expression: TypedExpression, sensitive: Set<Int>, in state: (Int) -> Origins
    ) -> Origins {
        func origins(_ part: TypedExpression) -> Origins {
            switch part {
            case .literal, .language, .isOpen, .now, .today: return []
            case .not, .and, .or, .compare, .contained: return []
            case .config(let slot):
                return config.indices.contains(slot) && config[slot].type.holdsSecret ? .secret : []
            case .context(let field): return field.origins
            case .variable(let slot):
                guard let type = type(ofVariable: slot) else { return [] }
                let secret: Origins = type.holdsSecret || sensitive.contains(slot) ? .secret : []
                return type.isChoice ? secret : state(slot).union(secret)
            case .field(let base, let index): return field(base, index)
            case .index(let base, _), .negate(let base): return origins(base)
            case .list(let parts): return union(parts)
            case .concatenation(let parts): return union(parts).mixed
            case .coalesce(let left, let right), .conditional(_, let left, let right):
                return origins(left).union(origins(right))
            case .arithmetic(_, let left, let right): return origins(left).union(origins(right)).mixed
            case .call(let function, let parts):
                let parts = union(parts)
                switch function {
                case .contains, .startsWith, .endsWith, .matches, .length, .count: return []
                case .phone: return parts.asNumber
                case .number, .digitsOf: return parts.mixed.asNumber
                case .trim, .if: return parts
                default: return parts.mixed
                }
            }
        }
        func union(_ parts: [TypedExpression]) -> Origins {
            parts.reduce(Origins()) { $0.union(origins($1)) }
        }
        /// A field has the origins of its record, but not its other secrets.
        func field(_ base: TypedExpression, _ index: Int) -> Origins {
            if case .variable(let slot) = base, let form = notice(in: slot) {
                return form.fields.indices.contains(index) ? form.fields[index].origins : []
            }
            guard let type = fieldType(of: base, index) else { return origins(base) }
            var found = origins(base)
            if !isSensitive(base) { found.remove(.secret) }
            if type.isChoice { found.formIntersection(.secret) }
            return type.holdsSecret ? found.union(.secret) : found
        }
        /// Whether the whole of a record is secret, and not some field of it.
        func isSensitive(_ base: TypedExpression) -> Bool {
            switch base {
            case .variable(let slot): sensitive.contains(slot)
            case .field(let base, _), .index(let base, _): isSensitive(base)
            default: false
            }
        }
        return origins(expression)
    }

    /// The notice that a handler's variable holds.
    func notice(in variable: Int) -> ResultForm? {
        handlers.first { $0.variable == variable }?.event.form
    }

    private func type(ofVariable slot: Int) -> ValueType? {
        variables.indices.contains(slot) ? variables[slot].type : nil
    }

    private func fieldType(of base: TypedExpression, _ index: Int) -> ValueType? {
        guard case .record(let record) = type(of: base)?.unwrapped, record.fields.indices.contains(index)
        else { return nil }
        return record.fields[index].type
    }

    /// The type of a variable, a setting, or of a part of one; nil for anything else.
    private func type(of expression: TypedExpression) -> ValueType? {
        switch expression {
        case .variable(let slot): type(ofVariable: slot)
        case .config(let slot): config.indices.contains(slot) ? config[slot].type : nil
        case .field(let base, let index): fieldType(of: base, index)
        case .index(let base, _): type(of: base)?.unwrapped.element
        case .coalesce(let left, _): type(of: left)
        case .call(.first, let parts) where parts.count == 1, .call(.last, let parts) where parts.count == 1:
            parts.first.flatMap { type(of: $0)?.unwrapped.element }
        default: nil
        }
    }
}

extension ContextField {
    var origins: Origins {
        switch self {
        case .callFrom, .messageFrom, .person: .person
        case .callTo, .messageTo, .callForwardedFrom, .contactZip: .callerNumber
        case .callCallerName, .messageBody, .messageMedia, .contactCity, .contactState, .contactCountry:
            .callerText
        // The provider makes them.
        case .callSid, .callDirection, .callAnsweredBy, .messageSid, .queuePosition, .queueSize, .queueTime,
            .queueAverage,
            .failureReason, .failureStatus:
            []
        }
    }
}

extension ResultForm {
    /// Of the whole record.
    var origins: Origins { fields.reduce(Origins()) { $0.union($1.origins) } }
}

extension ResultForm.Field {
    /// What was said after the tone, and what a service or an agent hands over of what it was told; the provider makes all else.
    var origins: Origins {
        switch parameter {
        case "TranscriptionText", "HandoffData", "AgentHandoffParameters": .callerText
        case "PaymentCardPostalCode": .callerNumber
        default: []
        }
    }
}

extension InputForm {
    /// Of the answer.
    var origins: Origins {
        switch self {
        case .digits, .integer, .number, .phone, .raw, .date, .time, .duration, .money: .callerNumber
        case .text, .url: .callerText
        case .yesNo, .words: []
        }
    }
}

extension ValueType {
    /// Whoever answers picks one of a few.
    var isChoice: Bool {
        switch unwrapped {
        case .words, .bool: true
        default: false
        }
    }

    /// Of a param: who starts the flow decides it.
    var parameterOrigins: Origins {
        switch unwrapped {
        case .words, .bool: []
        case .text, .url, .secret: .callerText
        default: .callerNumber
        }
    }

    var holdsSecret: Bool {
        switch self {
        case .secret: true
        case .optional(let inner), .list(let inner, _): inner.holdsSecret
        case .record(let record): record.fields.contains { $0.type.holdsSecret }
        default: false
        }
    }
}
