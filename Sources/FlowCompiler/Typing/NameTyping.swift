import FlowLang
package import FlowProgram

// Names, their fields, and what is always there.

extension Typer {
    mutating func type(name: String, _ span: Span, _ facts: Facts) -> Typed {
        if let slot = names.variable(named: name) { return type(variable: slot, facts) }
        guard let root = RootName(rawValue: name) else {
            let known = suggestions.allow(names.variables.count) ? knownNames : []
            diagnostics.report(TypeMessages.unknownName(name, known, at: span))
            return .invalid
        }
        switch root {
        case .now: return needsZone(name, span) ? Typed(.now, .datetime) : .invalid
        case .today: return needsZone(name, span) ? Typed(.today, .date) : .invalid
        case .language:
            return Typed(.language, names.languages.isEmpty ? .text : .words(names.languages))
        case .channel:
            let words = ValueType.words(Channel.allCases.map(\.rawValue))
            return Typed(.literal(.text(names.channel.rawValue)), words)
        case .person: return Typed(.context(.person), .address)
        case .call, .message, .contact, .queue, .failure, .config, .hours, .texts:
            if let members = members(of: root, span) {
                diagnostics.report(TypeMessages.groupUsed(name, members, at: span))
            }
            return .invalid
        }
    }

    private mutating func type(variable slot: Int, _ facts: Facts) -> Typed {
        guard let declared = names.entry(slot)?.type else {
            readsUnknownVariable = true
            return .invalid
        }
        if !names.variables[slot].isRead { names.variables[slot].isRead = true }
        if declared == .invalid { return .invalid }
        let path = paths.path(.variable(slot))
        let isPresent = facts.contains(path)
        var typed = Typed(.variable(slot), isPresent ? declared.unwrapped : declared.madeOptional)
        typed.path = path
        if !isPresent, !declared.isOptional { typed.unsetVariable = slot }
        return typed
    }

    mutating func type(field: Located<String>, of base: Expression, _ facts: Facts) -> Typed {
        if case .name(let name) = base.kind {
            if let slot = names.variable(named: name) {
                return type(field: field, ofRecord: type(variable: slot, facts), base, facts)
            }
            if let root = RootName(rawValue: name), root.isGroup {
                return type(member: field, of: root, base.span, facts)
            }
        }
        if case .field(let inner, let calendar) = base.kind, case .name("hours") = inner.kind,
            names.variable(named: "hours") == nil
        {
            return type(hours: calendar, field)
        }
        return type(field: field, ofRecord: type(base, facts: facts), base, facts)
    }

    private mutating func type(
        field: Located<String>, ofRecord record: Typed, _ base: Expression, _ facts: Facts
    ) -> Typed {
        if record.isInvalid { return .invalid }
        guard case .record(let type) = record.type.unwrapped else {
            diagnostics.report(TypeMessages.noFields(record.type, field.value, at: field.span))
            return .invalid
        }
        guard let index = type.index(of: field.value) else {
            diagnostics.report(TypeMessages.unknownField(field.value, in: type, at: field.span))
            return .invalid
        }
        let declared = type.fields[index].type
        var typed = Typed(
            .field(record.expression, index), record.type.isOptional ? declared.madeOptional : declared)
        if !declared.isOptional { typed.unsetVariable = record.unsetVariable }
        guard let parent = record.path else { return typed }
        let path = paths.field(of: parent, index)
        typed.path = path
        if facts.contains(path) { typed.type = typed.type.unwrapped }
        return typed
    }

    // What is always there

    private mutating func type(
        member: Located<String>, of root: RootName, _ span: Span, _ facts: Facts
    ) -> Typed {
        if root == .config, let slot = names.config(named: member.value) { return type(config: slot, facts) }
        guard let members = members(of: root, span) else { return .invalid }
        guard members.contains(member.value) else {
            diagnostics.report(
                TypeMessages.unknownMember(member.value, of: root.rawValue, members, at: member.span))
            return .invalid
        }
        switch root {
        case .texts:
            diagnostics.report(TypeMessages.textInExpression(member.value, at: member.span))
            return .invalid
        case .hours:
            diagnostics.report(TypeMessages.calendarUsed(member.value, at: member.span))
            return .invalid
        default: break
        }
        guard let field = ContextField.named(member.value, in: root) else { return .invalid }
        if root == .failure, !facts.contains(paths.path(.context(.failureReason))) {
            diagnostics.report(TypeMessages.noFailure(member.value, at: member.span))
            return .invalid
        }
        let path = paths.path(.context(field))
        let isPresent = facts.contains(path)
        var typed = Typed(.context(field), isPresent ? field.type.unwrapped : field.type)
        typed.path = path
        return typed
    }

    private mutating func type(config slot: Int, _ facts: Facts) -> Typed {
        names.noteRead(config: slot)
        let path = paths.path(.config(slot))
        let declared = names.config[slot].type
        var typed = Typed(.config(slot), facts.contains(path) ? declared.unwrapped : declared)
        typed.path = path
        return typed
    }

    private mutating func type(hours calendar: Located<String>, _ field: Located<String>) -> Typed {
        guard let index = names.hours.firstIndex(of: calendar.value) else {
            diagnostics.report(
                TypeMessages.unknownMember(
                    calendar.value, of: "hours", members(of: .hours, calendar.span) ?? [],
                    at: calendar.span))
            return .invalid
        }
        guard field.value == "open" else {
            diagnostics.report(
                TypeMessages.unknownMember(
                    field.value, of: "hours.\(calendar.value)", ["open"], at: field.span))
            return .invalid
        }
        return needsZone("hours.\(calendar.value).open", field.span) ? Typed(.isOpen(index), .bool) : .invalid
    }

    /// What may stand behind the point; nil, and reported, where the name has no meaning on this channel.
    private mutating func members(of root: RootName, _ span: Span) -> [String]? {
        switch root {
        case .call where names.channel != .voice:
            diagnostics.report(TypeMessages.otherChannel("call", .sms, at: span))
            return nil
        case .message where names.channel != .sms:
            diagnostics.report(TypeMessages.otherChannel("message", .voice, at: span))
            return nil
        case .queue where !names.isInQueue:
            diagnostics.report(TypeMessages.noQueue(at: span))
            return nil
        case .config: return names.config.map(\.name).filter { !$0.isEmpty }
        case .hours: return names.hours.filter { !$0.isEmpty }
        case .texts: return names.texts
        default: return ContextField.members(of: root)
        }
    }

    mutating func needsZone(_ name: String, _ span: Span) -> Bool {
        if !names.hasTimezone { diagnostics.report(TypeMessages.missingTimezone(name, at: span)) }
        return names.hasTimezone
    }

    private var knownNames: [String] {
        names.variables.map(\.name).filter { !$0.isEmpty } + RootName.allCases.map(\.rawValue)
    }
}

/// The names that every flow has.
enum RootName: String, CaseIterable {
    case call, message, contact, queue, now, today, language, channel, person, failure, config, hours, texts

    /// It means something only with a point and a name behind it.
    var isGroup: Bool {
        switch self {
        case .call, .message, .contact, .queue, .failure, .config, .hours, .texts: true
        case .now, .today, .language, .channel, .person: false
        }
    }
}

extension ContextField {
    /// Group, name behind the point, and type.
    private var row: (root: RootName, name: String, type: ValueType) {
        switch self {
        case .callSid: (.call, "sid", .text(limit: 34))
        case .callFrom: (.call, "from", .address)
        case .callTo: (.call, "to", .address)
        case .callDirection: (.call, "direction", .text)
        case .callCallerName: (.call, "caller_name", .optional(.text))
        case .callForwardedFrom: (.call, "forwarded_from", .optional(.text))
        case .callAnsweredBy: (.call, "answered_by", .words(Self.whoAnswers))
        case .messageSid: (.message, "sid", .text(limit: 34))
        case .messageFrom: (.message, "from", .address)
        case .messageTo: (.message, "to", .address)
        case .messageBody: (.message, "body", .text)
        case .messageMedia: (.message, "media", .list(.url, limit: 10))
        case .contactCity: (.contact, "city", .optional(.text))
        case .contactState: (.contact, "state", .optional(.text))
        case .contactCountry: (.contact, "country", .optional(.text))
        case .contactZip: (.contact, "zip", .optional(.text))
        case .person: (.person, "", .address)
        case .queuePosition: (.queue, "position", .integer)
        case .queueSize: (.queue, "size", .integer)
        case .queueTime: (.queue, "time", .duration)
        case .queueAverage: (.queue, "average", .duration)
        case .failureReason: (.failure, "reason", .text)
        case .failureStatus: (.failure, "status", .optional(.integer))
        }
    }

    package var type: ValueType { row.type }

    /// As an author writes it: `call.from`.
    package var path: String { row.name.isEmpty ? row.root.rawValue : "\(row.root.rawValue).\(row.name)" }

    static func members(of root: RootName) -> [String] {
        rows.filter { $0.root == root }.map(\.name)
    }

    static func named(_ name: String, in root: RootName) -> ContextField? {
        rows.first { $0.root == root && $0.name.isName(name) }?.field
    }

    private static let rows = allCases.map { field in
        let row = field.row
        return (field: field, root: row.root, name: row.name)
    }
}
