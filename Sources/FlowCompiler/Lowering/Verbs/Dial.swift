import FlowLang
import FlowProgram
import TwiML

extension FlowLowering {
    mutating func lowerDial(_ step: Step) {
        guard case .list(let written)? = step.argument, !written.isEmpty else { return }
        var ways = open(step)
        var guards: [FlowProgram.Dial.Guard] = []
        var sides: [Side] = []
        let hasNames = written.contains { if case .object = $0 { true } else { false } }
        let allowance = allowance(of: step, hasNames ? .numbersAndNames : .numbers)
        let called = written.compactMap { argument -> Callee? in
            let side = calledSide(argument, of: step)
            guard let callee = callee(argument, guards: &guards, allowance) else { return nil }
            guard let side, case .element(var element) = callee else { return callee }
            element.side = (side.attribute, sides.count)
            sides.append(side.side)
            return .element(element)
        }
        let rendering =
            called.isEmpty ? Rendering([Piece]()) : dialRendering(step, called, guards: &guards, allowance)
        endTurn()
        let into = variable("into", of: step)
        if let into { assign(into.slot, .record(ResultForm.dial.type), at: into.span) }
        let answered =
            label(ofOption: "answered", facts: code.facts, in: &ways)
            ?? hangupLabel(facts: code.facts, in: &ways)
        let hasWhisper = written.contains(where: hasWhisper)
        if !hasWhisper, let option = step.option("declined") {
            typer.diagnostics.report(CheckMessages.neverDeclined(at: option.keySpan))
        }
        let names = ["busy", "no_answer", "failed", "canceled"] + (hasWhisper ? ["declined"] : [])
        let labels = outcomes(names, in: &ways)
        let dial = FlowProgram.Dial(
            rendering: rendering, guards: guards, into: into?.slot, answered: answered, busy: labels[0],
            noAnswer: labels[1],
            failed: labels[2], canceled: labels[3], sides: sides.isEmpty ? nil : sides,
            declined: hasWhisper ? labels[4] : nil)
        code.emit(.dial(dial), at: step.span)
        close(ways)
    }

    private func hasWhisper(_ argument: Argument) -> Bool {
        guard case .object(let object) = argument else { return false }
        return object.option("whisper") != nil
    }

    /// What is heard beside one who is called, and the attribute that says so.
    private mutating func calledSide(_ argument: Argument, of step: Step) -> (side: Side, attribute: String)?
    {
        guard case .object(let object) = argument else { return nil }
        let place = object.sidePlace
        let option = object.option(place == .conferenceWait ? "wait" : "whisper")
        return side(option, at: place, of: step).map { side in
            (side.side, place == .conferenceWait ? "waitUrl" : "url")
        }
    }

    private enum Callee {
        case number([SpeechAtom], sendDigits: String?)
        case client([SpeechAtom])
        case sip([SpeechAtom])
        case queue([SpeechAtom])
        case conference([SpeechAtom])
        case element(ElementAtoms)
    }

    private mutating func callee(
        _ argument: Argument, guards: inout [FlowProgram.Dial.Guard], _ allowance: Allowance
    ) -> Callee? {
        switch argument {
        case .template(let template):
            return number(template, guards: &guards, allowance).map { .number($0, sendDigits: nil) }
        case .object(let object):
            guard case .template(let template) = object.value else { return nil }
            let isPlain = object.options.allSatisfy { $0.name == "send_digits" }
            if !isPlain || ["whatsapp", "application"].contains(object.kind.value),
                case .required(.manyOf(.object(_, let kinds))) = VerbTable.row(of: .dial).argument,
                var element = element(of: object, kinds)
            {
                let rows = kinds.first { $0.name == object.kind.value }?.options ?? []
                switch object.kind.value {
                case "application":
                    let sid = ElementAtoms(name: "ApplicationSid", text: element.text)
                    element = ElementAtoms(name: "Application", children: [sid])
                    add(object.options, rows: rows, to: &element)
                    _ = name(template, "application", guards: &guards, allowance)
                case "number", "whatsapp": _ = number(template, guards: &guards, allowance)
                case let kind:
                    for address in [template] + object.furtherAddresses {
                        _ = name(address, kind, guards: &guards, allowance)
                    }
                }
                switch object.kind.value {
                case "client" where !element.children.isEmpty: element.nestText(in: "Identity")
                case "sip": nestAddresses(of: object, rows, in: &element)
                default: break
                }
                return .element(element)
            }
            switch object.kind.value {
            case "number":
                var digits: String?
                if let (text, _) = literal(object.option("send_digits")?.value, what: "send_digits") {
                    digits = text
                }
                return number(template, guards: &guards, allowance).map {
                    .number($0, sendDigits: digits)
                }
            case "client": return name(template, "client", guards: &guards, allowance).map { .client($0) }
            case "sip": return name(template, "sip", guards: &guards, allowance).map { .sip($0) }
            case "queue": return name(template, "queue", guards: &guards, allowance).map { .queue($0) }
            case "conference":
                return name(template, "conference", guards: &guards, allowance).map { .conference($0) }
            default: return nil
            }
        default: return nil
        }
    }

    /// An address that isn't alone, or has headers, stands in a `<Uri>`.
    private mutating func nestAddresses(
        of object: ObjectArgument, _ rows: [OptionRow], in sip: inout ElementAtoms
    ) {
        var own = ElementAtoms(name: "Uri", text: sip.text)
        add(object.options, rows: rows, to: &own, except: ["uris", "headers"])
        guard !own.attributes.isEmpty || !sip.children.isEmpty else { return }
        let headers = sip.children.filter { $0.name == "Header" }
        sip.text = nil
        sip.children =
            [own] + sip.children.filter { $0.name == "Uri" }
            + (headers.isEmpty ? [] : [ElementAtoms(name: "Headers", children: headers)])
    }

    private mutating func number(
        _ template: Template, guards: inout [FlowProgram.Dial.Guard], _ allowance: Allowance
    ) -> [SpeechAtom]? {
        guard let number = typer.scalar(template, as: .phone, facts: code.facts) else { return nil }
        if case .literal(.text(let text)) = number { return [.text(text)] }
        if !allowance.prefixes.isEmpty {
            guards.append(FlowProgram.Dial.Guard(number: number, prefixes: allowance.prefixes))
        }
        let atoms: [SpeechAtom] = [.hole(number, .phone, .verbatim)]
        note(.number, atoms, at: template.span, allowance)
        return atoms
    }

    /// A name or an address, as long as the provider takes it.
    private mutating func name(
        _ template: Template, _ kind: String, guards: inout [FlowProgram.Dial.Guard], _ allowance: Allowance
    ) -> [SpeechAtom]? {
        let (sink, limit): (Sink.Kind, Int)
        switch kind {
        case "client": (sink, limit) = (.client, Limits.clientIdentity.upperBound)
        case "sip": (sink, limit) = (.sip, Limits.maxSIPAddress)
        case "queue": (sink, limit) = (.queue, Limits.queueName.upperBound)
        case "conference": (sink, limit) = (.conference, Limits.conferenceName.upperBound)
        case "application": (sink, limit) = (.application, 34)
        case "caller_id": (sink, limit) = (.callerID, ValueType.defaultTextLimit)
        default: return nil
        }
        guard let name = typer.scalar(template, as: .text(limit: limit), facts: code.facts) else {
            return nil
        }
        if case .literal(.text(let text)) = name { return [.text(text)] }
        let isName = kind != "caller_id"
        if name.mayBeChosen, !allowance.prefixes.isEmpty || isName && name.mayBeBlank {
            guards.append(FlowProgram.Dial.Guard(number: name, prefixes: allowance.prefixes))
        }
        let atoms: [SpeechAtom] = [.hole(name, .text, .verbatim)]
        note(sink, atoms, at: template.span, allowance)
        return atoms
    }

    private mutating func dialRendering(
        _ step: Step, _ called: [Callee], guards: inout [FlowProgram.Dial.Guard], _ allowance: Allowance
    ) -> Rendering {
        let timeout = seconds("timeout", of: step)
        let limit = seconds("limit", of: step)
        let inTurn = bool("in_turn", of: step)
        var callerId: [SpeechAtom]?
        if case .template(let template)? = step.option("caller_id")?.value {
            callerId = name(template, "caller_id", guards: &guards, allowance)
        }
        var others = ElementAtoms(name: "Dial")
        add(
            step.options, rows: VerbTable.row(of: .dial).options, to: &others,
            except: ["timeout", "limit", "in_turn", "caller_id"])
        addCallbacks(to: &others)
        return rendering { [others, callerId] lowering, builder, language in
            [
                .dial(
                    TwiML.Dial(
                        lowering.target(called, in: language, &builder), action: PieceBuilder.action,
                        timeout: timeout,
                        callerId: callerId.map { builder.text(of: $0, in: nil) }, timeLimit: limit,
                        sequential: inTurn, others: others.written(&builder)))
            ]
        }
    }

    private mutating func target(_ called: [Callee], in language: Int, _ builder: inout PieceBuilder)
        -> TwiML.Dial.Target
    {
        if called.count == 1, case .number(let atoms, nil) = called[0] {
            return .number(builder.text(of: atoms, in: nil))
        }
        return .nouns(called.map { noun($0, in: language, &builder) })
    }

    private mutating func noun(_ callee: Callee, in language: Int, _ builder: inout PieceBuilder)
        -> TwiML.Dial.Noun
    {
        switch callee {
        case .number(let atoms, let digits):
            .number(TwiML.Dial.Number(builder.text(of: atoms, in: nil), sendDigits: digits.map { Text($0) }))
        case .client(let atoms): .client(builder.text(of: atoms, in: nil))
        case .sip(let atoms): .sip(builder.text(of: atoms, in: nil))
        case .queue(let atoms): .queue(builder.text(of: atoms, in: nil))
        case .conference(let atoms): .conference(builder.text(of: atoms, in: nil))
        case .element(let atoms): .element(element(atoms, in: language, with: &builder))
        }
    }
}

extension ElementAtoms {
    /// Its text becomes an element before its other children.
    fileprivate mutating func nestText(in name: String) {
        children.insert(ElementAtoms(name: name, text: text), at: 0)
        text = nil
    }
}

extension ObjectArgument {
    /// Those of `uris:`.
    fileprivate var furtherAddresses: [Template] {
        guard case .records(let records)? = option("uris")?.value else { return [] }
        return records.compactMap { record in
            guard case .template(let template)? = record.options.first(where: { $0.name == "uri" })?.value
            else { return nil }
            return template
        }
    }
}
