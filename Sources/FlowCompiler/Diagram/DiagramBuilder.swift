import FlowLang

/// Reads a diagram off the tree as written, by the verb table: a new verb or option needs nothing here.
struct DiagramBuilder {
    let flow: Flow
    let file: SourceFile
    private var rows: [Diagram.Row] = []

    init(flow: Flow, file: SourceFile) {
        self.flow = flow
        self.file = file
    }

    mutating func diagram() -> Diagram {
        var cards: [Diagram.Card] = []
        for (index, state) in flow.states.enumerated() {
            cards.append(card(state.name, index == 0 ? .entry : .state, state.steps))
        }
        if let choices = flow.choices {
            var heard = card(Located("at every wait", choices.span), .handler, [choices])
            if !heard.rows.isEmpty { (heard.rows[0].title, heard.rows[0].text) = ("on choices", "") }
            cards.append(heard)
        }
        for handler in flow.handlers {
            let name = Located("on \(handler.event.value.rawValue)", handler.event.span)
            cards.append(card(name, .handler, handler.steps))
        }
        return Diagram(
            flow: flow.name?.value ?? file.name, channels: flow.channels.map(\.value.rawValue),
            description: flow.description?.value, cards: cards)
    }

    private mutating func card(_ name: Located<String>, _ kind: Diagram.Card.Kind, _ steps: [Step])
        -> Diagram.Card
    {
        rows = []
        for step in steps { add(step, depth: 0) }
        return Diagram.Card(name: name.value, kind: kind, line: line(of: name.span), rows: rows)
    }

    // MARK: steps

    private mutating func add(_ step: Step, depth: Int) {
        let ways = ways(of: step)
        let isShort = step.verb == .if && ways.count == 1 && ways[0].steps == nil
        rows.append(
            Diagram.Row(
                depth: depth, title: step.verb.rawValue, text: text(of: step), line: line(of: step.span),
                kind: isShort ? .way(label: ways[0].label, .branch) : .step,
                way: isShort ? ways[0].way : way(of: step)))
        guard !isShort else { return }
        for option in step.flowsBeside {
            rows.append(
                Diagram.Row(
                    depth: depth + 1, title: option.name, text: option.flow.value,
                    line: line(of: option.flow.span), kind: .beside))
        }
        for way in ways {
            rows.append(
                Diagram.Row(
                    depth: depth + 1, title: way.title, text: way.note, line: line(of: way.span),
                    kind: .way(label: way.label, way.kind), way: way.way))
            for inner in way.steps ?? [] { add(inner, depth: depth + 2) }
        }
    }

    /// Where a step leads that has no choice.
    private func way(of step: Step) -> Diagram.Way? {
        switch step.verb {
        case .goto:
            guard case .template(let template)? = step.argument, let name = template.literal else {
                return nil
            }
            return Diagram.Way(target: .state(name), kind: .plain)
        case .hangup: return Diagram.Way(target: .end("hang up"), kind: .plain)
        case .leave, .accept, .decline:
            return Diagram.Way(target: .end(step.verb.rawValue), kind: .plain)
        case .end: return Diagram.Way(target: .end("end"), kind: .plain)
        case .return: return Diagram.Way(target: .end("return"), kind: .plain)
        case .reject: return Diagram.Way(target: .end("reject"), kind: .plain)
        case .redirect: return Diagram.Way(target: .end("redirect"), kind: .plain)
        default: return nil
        }
    }

    // MARK: ways

    private struct StepWay {
        var title: String
        /// Beside an arrow, where the step isn't seen.
        var label: String
        /// Behind the title.
        var note = ""
        var kind: Diagram.Way.Kind
        var span: Span
        var way: Diagram.Way?
        /// Those that are listed in its place.
        var steps: [Step]?

        init(_ title: String, label: String? = nil, _ kind: Diagram.Way.Kind, _ target: Target, at span: Span)
        {
            self.title = title
            self.label = label ?? title
            self.kind = kind
            self.span = span
            switch target.kind {
            case .steps(let steps): self.steps = steps
            case .state(let name): way = Diagram.Way(target: .state(name), kind: kind)
            case .word(.again): way = Diagram.Way(target: .again, kind: kind)
            case .word(.next): way = Diagram.Way(target: .next, kind: kind)
            case .word(.hangup): way = Diagram.Way(target: .end("hang up"), kind: kind)
            case .word(let word): way = Diagram.Way(target: .end(word.rawValue), kind: kind)
            case .invalid: break
            }
        }
    }

    /// In the order of the file, then what holds where nothing is written.
    private func ways(of step: Step) -> [StepWay] {
        var ways = step.options.flatMap { self.ways(of: $0, in: step) }
        // Statuses of a fetch are read apart.
        ways.sort { $0.span.lower < $1.span.lower }
        for row in VerbTable.row(of: step.verb).options where step.option(row.name) == nil {
            guard case .target = row.kind else { continue }
            if let standard = flow.defaults.first(where: { $0.name == row.name }), step.verb != .switch {
                ways += self.ways(of: standard, in: step)
            } else if row.standard == Target.Word.hangup.rawValue {
                ways.append(StepWay(row.name, .outcome, Target(.word(.hangup), step.span), at: step.span))
            }
        }
        return ways
    }

    private func ways(of option: Step.Option, in step: Step) -> [StepWay] {
        switch option.value {
        case .choices(let choices):
            return choices.map {
                StepWay($0.keys.map(\.value).joined(separator: ", "), .choice, $0.target, at: $0.span)
            }
        case .cases(let cases):
            let subject = step.verb == .switch ? text(of: step) + " = " : ""
            return cases.map {
                let keys = $0.keys.map(\.value).joined(separator: ", ")
                return StepWay(
                    keys, label: subject + keys, step.verb == .switch ? .branch : .outcome, $0.target,
                    at: $0.span)
            }
        case .target(let target):
            return [way(option, target, in: step)]
        case .template, .prompt, .prompts, .expression, .phrases, .assignments, .data, .type, .flow, .list,
            .object, .records:
            return []
        }
    }

    private func way(_ option: Step.Option, _ target: Target, in step: Step) -> StepWay {
        switch (step.verb, option.name) {
        case (.if, "then"): StepWay("then", label: text(of: step), .branch, target, at: option.keySpan)
        case (.if, "else"): StepWay("else", label: "else", .branch, target, at: option.keySpan)
        case (.switch, _): StepWay(option.name, .branch, target, at: option.keySpan)
        case (.menu, "otherwise"), (.ask, "otherwise"):
            afterAttempts(of: step, option, target)
        case (.gather, "otherwise"), (.record, "otherwise"):
            StepWay("otherwise", label: "nothing", .silence, target, at: option.keySpan)
        default: StepWay(option.name, .outcome, target, at: option.keySpan)
        }
    }

    private func afterAttempts(of step: Step, _ otherwise: Step.Option, _ target: Target) -> StepWay {
        let option = step.option("attempts") ?? flow.defaults.first { $0.name == "attempts" }
        let written = option.flatMap { if case .template(let text) = $0.value { text.literal } else { nil } }
        let count = written ?? VerbTable.row(of: step.verb).option("attempts")?.standard ?? ""
        var way = StepWay(
            "otherwise", label: "no answer, \(count)×", .silence, target, at: otherwise.keySpan)
        way.note = "(\(way.label))"
        return way
    }

    // MARK: texts

    private func line(of span: Span) -> Int { file.position(of: span.lower).line }

    /// What a verb is given, on one line.
    private func text(of step: Step) -> String {
        DiagramText(file: file, language: flow.languages.first?.value).line(step.argument)
    }
}

extension Step {
    /// What those hear who wait or are called, by the option that names it.
    fileprivate var flowsBeside: [(name: String, flow: Located<String>)] {
        var called: [Argument] = []
        if case .list(let list)? = argument { called = list } else if let argument { called = [argument] }
        let objects = called.compactMap { if case .object(let object) = $0 { object } else { nil } }
        return (options + objects.flatMap(\.options)).compactMap { option in
            guard case .flow(let use) = option.value else { return nil }
            return (option.name, use.flow)
        }
    }
}
