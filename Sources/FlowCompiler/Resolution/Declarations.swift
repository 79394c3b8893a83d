import FlowLang
import FlowProgram
import TwiML

/// The declarations at the top of a flow: what its names mean, before any step is looked at.
extension FlowLowering {
    static func programLanguages(of flow: Flow) -> [Program.Language] {
        let tags = flow.languages.isEmpty ? ["en-US"] : flow.languages.map(\.value)
        return tags.map { tag in
            Program.Language(tag: tag, voice: flow.voices.first { $0.language.value == tag }?.voice.value)
        }
    }

    /// The names of a flow, behind the unnamed slots of the flows that stand in the program before it.
    static func names(of flow: Flow, channel: FlowChannel, after previous: FlowLowering?) -> NameTable {
        var names = NameTable(channel: channel == .voice ? .voice : .sms)
        if let previous {
            names.variables = previous.typer.names.variables.map {
                NameTable.VariableEntry(name: "", type: $0.type ?? ValueType.none)
            }
            names.config = previous.config.map { (name: "", type: $0.type) }
            names.hours = previous.calendars.map { _ in "" }
        }
        names.variables += assignedNames(in: flow)
        names.hours += flow.hours.map(\.name.value)
        names.texts = flow.texts.map(\.name.value)
        names.languages = (previous?.languages ?? programLanguages(of: flow)).map(\.tag)
        names.hasTimezone = flow.timezone != nil
        return names
    }

    mutating func resolveDeclarations() {
        reportDuplicates(flow.states.map(\.name), what: "state")
        reportDuplicates(flow.languages, what: "language")
        resolveTypes()
        resolveConfig()
        resolveParameters()
        resolveVariables()
        resolveReturns()
        resolveHours()
        checkLanguages()
        checkDefaults()
        checkTimezone()
        checkTexts()
        resolveInterrupts()
        diagnostics.append(contentsOf: typer.diagnostics)
        typer.diagnostics = DiagnosticList()
    }

    /// What is known before the first step: params and variables with a value are there.
    var startFacts: Facts {
        var facts = handlerFacts
        for parameter in parameters where !parameter.type.isOptional {
            facts.assign(variable: parameter.variable, isPresent: true)
        }
        return facts
    }

    /// What a text may use wherever it is said: params that are there in any case, but after a fault they may not be.
    /// That a text knows no variables is said elsewhere.
    var textFacts: Facts {
        let isOptional = Dictionary(parameters.map { ($0.variable, $0.type.isOptional) }) { first, _ in first
        }
        var facts = Facts.none
        for slot in typer.names.variables.indices {
            let isKnown = isOptional[slot].map { !$0 && code.facts.contains(variable: slot) } ?? true
            if isKnown { facts.assign(variable: slot, isPresent: true) }
        }
        return facts
    }

    /// What is known where anything may have gone wrong, params that don't fit included.
    var handlerFacts: Facts {
        var facts = Facts.none
        for (slot, value) in initialValues where value != .none {
            facts.assign(variable: slot, isPresent: true)
        }
        return facts
    }

    private mutating func resolveTypes() {
        reportDuplicates(flow.types.map(\.name), what: "type")
        typer.resolve(flow.types)
    }

    private mutating func resolveConfig() {
        reportDuplicates(flow.config.map(\.name), what: "config")
        var slots = Dictionary(config.indices.map { (config[$0].name, $0) }) { first, _ in first }
        for item in flow.config {
            let type = typer.resolve(item.type)
            var value: Value?
            if let template = item.defaultValue,
                case .literal(let literal)? = literalValue(template, as: type, what: "default")
            {
                value = literal
            }
            let setting = Program.ConfigItem(name: item.name.value, type: type, defaultValue: value)
            if let index = slots[setting.name] {
                // Another flow of the program names the same setting of the server.
                typer.names.config[index].name = setting.name
                if config[index] != setting {
                    typer.diagnostics.report(
                        CheckMessages.differingConfig(item.name, first: configSpans[index]))
                }
                continue
            }
            slots[setting.name] = config.count
            config.append(setting)
            configSpans.append(item.name.span)
            typer.names.config.append((name: item.name.value, type: type))
        }
    }

    private mutating func resolveReturns() {
        guard let written = flow.returns else { return }
        let type = typer.resolve(written)
        result = (slot: typer.names.variables.count, type: type)
        typer.names.variables.append(NameTable.VariableEntry(name: "", type: type))
    }

    private mutating func resolveParameters() {
        reportDuplicates(flow.params.map(\.name), what: "param")
        for item in flow.params {
            guard let slot = typer.names.variable(named: item.name.value) else { continue }
            if ProviderParameters.ofVerbs.contains(item.name.value) {
                typer.diagnostics.report(CheckMessages.reservedParameter(item.name))
            }
            let type = typer.resolve(item.type)
            typer.names.variables[slot].type = type
            declaredSlots.insert(slot)
            parameters.append(Program.Parameter(name: item.name.value, type: type, variable: slot))
        }
    }

    private mutating func resolveVariables() {
        // `call.from` would no longer be the caller's number.
        for entry in typer.names.variables.dropFirst(firstVariable) {
            if RootName(rawValue: entry.name) != nil, let first = entry.assignments.first {
                typer.diagnostics.report(CheckMessages.reservedVariable(Located(entry.name, first)))
            }
        }
        reportDuplicates(flow.params.map(\.name) + flow.vars.map(\.name), what: "variable")
        for item in flow.vars {
            guard let slot = typer.names.variable(named: item.name.value) else { continue }
            let type = typer.resolve(item.type)
            typer.names.variables[slot].type = type
            declaredSlots.insert(slot)
            if let initial = item.initial,
                case .literal(let value)? = literalValue(initial, as: type, what: "initial")
            {
                initialValues[slot] = value
            }
        }
    }

    /// The value of a scalar that must be known when the flow is compiled.
    private mutating func literalValue(_ template: Template, as type: ValueType, what: String)
        -> TypedExpression?
    {
        guard type != .invalid, let typed = typer.scalar(template, as: type, facts: .none) else { return nil }
        if case .literal = typed { return typed }
        typer.diagnostics.report(CheckMessages.unexpectedHole(what, at: template.span))
        return nil
    }

    private mutating func resolveHours() {
        reportDuplicates(flow.hours.map(\.name), what: "hours")
        for hours in flow.hours {
            typer.diagnostics.append(contentsOf: HoursOverlaps(in: hours).diagnostics)
        }
        calendars += flow.hours.map { hours in
            var week = Array(repeating: [Program.Calendar.Span](), count: 7)
            for opening in hours.open {
                let span = Program.Calendar.Span(
                    from: opening.from, to: opening.to > opening.from ? opening.to : opening.to + 1440)
                for day in opening.weekdays where week.indices.contains(day) { week[day].append(span) }
            }
            return Program.Calendar(
                name: hours.name.value, week: week,
                closed: hours.closed.compactMap { CivilDate(year: $0.year, month: $0.month, day: $0.day) },
                openOn: hours.openOn.compactMap { day in
                    CivilDate(year: day.year, month: day.month, day: day.day).map {
                        Program.Calendar.OpenDay(
                            date: $0,
                            span: Program.Calendar.Span(
                                from: day.from, to: day.to > day.from ? day.to : day.to + 1440))
                    }
                })
        }
    }

    private mutating func checkLanguages() {
        for voice in flow.voices {
            if flow.languages.contains(where: { $0.value == voice.language.value }) || flow.languages.isEmpty
            {
                check(voice.voice, for: flow.languages.isEmpty ? [] : [voice.language.value])
            } else {
                typer.diagnostics.report(
                    CheckMessages.unknownLanguage(voice.language, known: flow.languages.map(\.value)))
            }
        }
        reportMissingVoices()
    }

    /// The defaults that are no step's: the longest message, and the number that is rung when the server is down.
    private mutating func checkDefaults() {
        for option in flow.defaults {
            switch option.name {
            case "max_segments":
                guard let (text, span) = literal(option.value, what: option.name) else { continue }
                maxSegments = integer(text, at: span, within: 1...10, what: option.name)
            case "fallback": resolveFallback(option)
            default: break
            }
        }
    }

    /// Who is rung when the server is down, by a document that is made before: a number, or a setting of the server.
    private mutating func resolveFallback(_ option: Step.Option) {
        guard case .template(let template) = option.value else { return }
        if let expression = template.wholeHole, !expression.isConfig {
            return typer.diagnostics.report(CheckMessages.fallbackIsDynamic(at: template.span))
        }
        guard let number = typer.scalar(template, as: .phone, facts: .none) else { return }
        if channel == .voice { fallback = number }
    }

    private mutating func checkTimezone() {
        if let timezone = flow.timezone {
            if !options.knowsTimezone(timezone.value) {
                typer.diagnostics.report(
                    CheckMessages.unknownTimezone(
                        timezone, meant: nearestTimezone(timezone.value, in: options.timezones())))
            }
        } else if let hours = flow.hours.first {
            typer.diagnostics.report(CheckMessages.missingTimezone(hours.name))
        }
    }

    /// Every text is looked at once, also one that nobody says.
    private mutating func checkTexts() {
        reportDuplicates(flow.texts.map(\.name), what: "text")
        code.begin(with: startFacts)
        for text in flow.texts { _ = promptRendering(text.prompt) }
    }

    private mutating func reportDuplicates(_ names: [Located<String>], what: String) {
        var first: [String: Span] = [:]
        for name in names {
            if let earlier = first[name.value] {
                typer.diagnostics.report(CheckMessages.duplicateName(name, what: what, first: earlier))
            } else {
                first[name.value] = name.span
            }
        }
    }
}

extension Expression {
    /// `config.name`
    fileprivate var isConfig: Bool {
        if case .field(let base, _) = kind, case .name("config") = base.kind { true } else { false }
    }
}
