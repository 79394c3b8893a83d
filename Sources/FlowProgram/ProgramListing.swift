extension Program {
    /// The program for people: its tables, then each state with its operations.
    ///
    /// - Parameter sourceMap: if given, each operation shows the line that it was written in.
    public func listing(sourceMap: SourceMap? = nil) -> String {
        var lines = ["flow \(flow) (\(channel.rawValue)), format \(format)"]
        for language in languages {
            lines.append("  language \(language.tag)\(language.voice.map { " voice \($0)" } ?? "")")
        }
        if let timezone { lines.append("  timezone \(timezone)") }
        for (index, item) in config.enumerated() {
            lines.append("  config \(index): \(item.name) \(item.type.display)")
        }
        for item in parameters {
            lines.append("  param \(item.name) \(item.type.display) -> v\(item.variable)")
        }
        for (index, item) in variables.enumerated() {
            lines.append("  variable v\(index): \(item.name) \(item.type.display)")
        }
        for item in handlers {
            lines.append(
                "  on \(item.event.rawValue) from \(item.entry)\(item.variable.map { " into v\($0)" } ?? "")")
        }
        for item in subflows {
            lines.append("  \(item.isSide == true ? "beside" : "runs") \(item.flow) from \(item.entry)")
        }
        for interrupts in ([interrupts] + subflows.map(\.interrupts)).compactMap(\.self) {
            for choice in interrupts.choices { lines.append("  always \(choice.summary)") }
        }
        for (index, item) in hours.enumerated() { lines.append("  hours \(index): \(item.name)") }
        var next = 0
        for (index, operation) in operations.enumerated() {
            while next < states.count, states[next].entry == index {
                lines += ["", "\(states[next].name):"]
                next += 1
            }
            let mark = stopsSilentWay[index] ? "!" : " "
            let place = sourceMap.flatMap { map -> String? in
                guard map.places.indices.contains(index) else { return nil }
                let place = map.places[index]
                return place.file == 0 ? "  ; \(place.line)" : map.location(of: index).map { "  ; \($0)" }
            }
            lines += listing(of: operation, at: index, mark: mark, place: place ?? "")
        }
        lines += ["", "apology:"] + listing(of: apology)
        return lines.joined(separator: "\n") + "\n"
    }

    private func listing(of operation: Operation, at index: Int, mark: String, place: String) -> [String] {
        let (head, details) = operation.summary(in: self)
        let number = String(index)
        let padding = String(repeating: " ", count: max(0, 4 - number.utf8.count))
        return ["\(padding)\(number)\(mark) \(head)\(place)"] + details
    }

    package func listing(of rendering: Rendering) -> [String] {
        rendering.byLanguage.enumerated().map { index, pieces in
            let tag =
                rendering.byLanguage.count > 1 && languages.indices.contains(index)
                ? "[\(languages[index].tag)] " : ""
            return "        \(tag)" + pieces.map { summary(of: $0) }.joined()
        }
    }

    private func summary(of piece: Piece) -> String {
        switch piece {
        case .fixed(let index): statics.indices.contains(index) ? statics[index].xml : "?"
        case .action: "{url}"
        case .side(let index): "{url of side \(index)}"
        case .callback(let kind): "{\(kind.rawValue) url}"
        case .hole(let hole): "{\(hole.form.rawValue) \(hole.expression.summary)}"
        case .element(let start, let content, let end):
            "{unless blank \(([.fixed(start)] + content + [.fixed(end)]).map { summary(of: $0) }.joined())}"
        }
    }
}

extension Operation {
    /// One line, and the lines of its renderings below.
    fileprivate func summary(in program: Program) -> (head: String, details: [String]) {
        switch self {
        case .emit(let rendering): return ("emit", program.listing(of: rendering))
        case .attach(let media): return ("attach \(media.summary)", [])
        case .gather(let gather):
            var details = program.listing(of: gather.prompt)
            for (number, rendering) in gather.noInput.enumerated() {
                details += ["        no input \(number + 1):"] + program.listing(of: rendering)
            }
            for (number, rendering) in gather.noMatch.enumerated() {
                details += ["        no match \(number + 1):"] + program.listing(of: rendering)
            }
            for choice in gather.choices {
                details.append("        \(choice.summary)")
            }
            if let input = gather.input {
                details.append(
                    "        \(input.summary)\(gather.into.map { " into v\($0)" } ?? "") -> \(gather.next)")
            }
            let confirms = gather.confirms.map { " confirms \($0)" } ?? ""
            return ("gather attempts \(gather.attempts)\(confirms) otherwise \(gather.otherwise)", details)
        case .record(let record):
            return (
                "record\(record.into.map { " into v\($0)" } ?? "") -> \(record.next) otherwise \(record.otherwise)",
                program.listing(of: record.rendering)
            )
        case .dial(let dial):
            let guards = dial.guards.map {
                "        only \($0.number.summary) with \($0.prefixes.isEmpty ? "anything" : $0.prefixes.joined(separator: " "))"
            }
            return (
                "dial\(dial.into.map { " into v\($0)" } ?? "") answered \(dial.answered) busy \(dial.busy) no_answer \(dial.noAnswer) failed \(dial.failed) canceled \(dial.canceled)\(dial.declined.map { " declined \($0)" } ?? "")",
                program.listing(of: dial.rendering) + guards + sideDetails
            )
        case .enqueue(let enqueue):
            return (
                "enqueue\(enqueue.into.map { " into v\($0)" } ?? "") bridged \(enqueue.bridged) left \(enqueue.left) full \(enqueue.full) failed \(enqueue.failed)",
                program.listing(of: enqueue.rendering)
                    + (enqueue.leaves ?? []).map { "        left by \($0.name) -> \($0.target)" }
                    + sideDetails
            )
        case .connect(let connect):
            return (
                "\(connect.form.rawValue)\(connect.into.map { " into v\($0)" } ?? "") otherwise \(connect.otherwise)",
                program.listing(of: connect.rendering)
                    + connect.ways.map { "        \(connect.status) \($0.word) -> \($0.target)" }
            )
        case .set(let settings):
            return (settings.map { "set v\($0.variable) = \($0.value.summary)" }.joined(separator: "; "), [])
        case .setLanguage(let expression): return ("set language = \(expression.summary)", [])
        case .branch(let condition, let then, let otherwise):
            return ("branch \(condition.summary) then \(then) else \(otherwise)", [])
        case .select(let subject, let cases, let otherwise):
            return (
                "select \(subject.summary) otherwise \(otherwise)",
                cases.map { "        \($0.value.summary) -> \($0.target)" }
            )
        case .jump(let target): return ("jump \(target)", [])
        case .again(let target): return ("again \(target)", [])
        case .resume: return ("resume", [])
        case .call(let call):
            return (
                "call \(call.target) then \(call.next)",
                call.settings.map { "        v\($0.variable) = \($0.value.summary)" }
            )
        case .return: return ("return", [])
        case .fetch(let fetch): return (fetch.summary, fetch.details)
        case .send(let send):
            let only = send.prefixes.isEmpty ? "" : " only with \(send.prefixes.joined(separator: " "))"
            return (
                "send to \(send.to.summary)\(only)\(send.from.map { " from \($0.summary)" } ?? "")",
                program.listing(of: send.body) + send.media.map { "        media \($0.summary)" }
            )
        case .log(let fields):
            return ("log " + fields.map { "\($0.name)=\($0.value.summary)" }.joined(separator: " "), [])
        case .finish(.hangup): return ("hangup", [])
        case .finish(.end): return ("end", [])
        case .finish(.leave(let name)): return ("leave\(name.map { " by " + $0 } ?? "")", [])
        case .finish(.accept): return ("accept", [])
        case .finish(.decline): return ("decline", [])
        case .finish(.reject(let rendering)): return ("reject", program.listing(of: rendering))
        case .finish(.redirect(let rendering)): return ("redirect", program.listing(of: rendering))
        }
    }
}

extension Operation {
    private var sideDetails: [String] {
        sides.enumerated().flatMap { index, side in
            ["        side \(index): \(side.place.rawValue) from \(side.entry)"]
                + side.settings.map { "          v\($0.variable) = \($0.value.summary)" }
        }
    }
}

extension Fetch {
    fileprivate var summary: String {
        let address = url.segments.map { segment in
            switch segment {
            case .literal(let text): text
            case .hole(let expression): "{\(expression.summary)}"
            }
        }
        return "fetch \(method) \(address.joined()) timeout \(timeout)ms -> \(next) failed \(failed)"
    }

    fileprivate var details: [String] {
        var details = query.map { "        query \($0.name) = \($0.value.summary)" }
        details += headers.map { "        header \($0.name) = \($0.value.summary)" }
        if let returns, let into { details.append("        returns \(returns.display) into v\(into)") }
        details += statuses.map { "        \($0.code) -> \($0.target)" }
        return details
    }
}

extension Value {
    fileprivate var summary: String {
        switch self {
        case .none: "none"
        case .bool(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .text(let value): "'\(value)'"
        case .date(let value): "date(\(value.days))"
        case .time(let value): "time(\(value.seconds))"
        case .datetime(let value): "instant(\(value))"
        case .duration(let value): "\(value)ms"
        case .money(let value): "money(\(value))"
        case .list(let values): "[\(values.map(\.summary).joined(separator: ", "))]"
        case .record(let values): "{\(values.map(\.summary).joined(separator: ", "))}"
        }
    }
}

extension TypedExpression {
    /// On one line, with slots for names.
    fileprivate var summary: String {
        switch self {
        case .literal(let value): value.summary
        case .variable(let slot): "v\(slot)"
        case .config(let slot): "config \(slot)"
        case .context(let field): field.rawValue
        case .language: "language"
        case .field(let base, let index): "\(base.summary).\(index)"
        case .index(let list, let index): "\(list.summary)[\(index.summary)]"
        case .list(let elements): "[\(elements.map(\.summary).joined(separator: ", "))]"
        case .call(let name, let arguments):
            "\(name.rawValue)(\(arguments.map(\.summary).joined(separator: ", ")))"
        case .not(let operand): "not \(operand.summary)"
        case .and(let left, let right): "(\(left.summary) and \(right.summary))"
        case .or(let left, let right): "(\(left.summary) or \(right.summary))"
        case .coalesce(let left, let right): "(\(left.summary) ?? \(right.summary))"
        case .conditional(let condition, let then, let otherwise):
            "if(\(condition.summary), \(then.summary), \(otherwise.summary))"
        case .compare(let comparison, let left, let right):
            "(\(left.summary) \(comparison.rawValue) \(right.summary))"
        case .contained(let element, let list): "(\(element.summary) in \(list.summary))"
        case .arithmetic(let operation, let left, let right):
            "(\(left.summary) \(operation.rawValue) \(right.summary))"
        case .negate(let operand): "-\(operand.summary)"
        case .concatenation(let parts): "concat(\(parts.map(\.summary).joined(separator: ", ")))"
        case .isOpen(let index): "open(\(index))"
        case .now: "now"
        case .today: "today"
        }
    }
}

extension ChoicePattern {
    fileprivate var summary: String {
        let words = keys + phrases.flatMap { $0 }.map { "'\($0)'" }
        return "\(words.joined(separator: ", ")) -> \(target)"
    }
}

extension InputForm {
    /// As the author writes it.
    fileprivate var summary: String {
        switch self {
        case .digits(let range): ValueType.digits(range).display
        case .integer(let range?): "integer(\(range.lowerBound)..\(range.upperBound))"
        case .number(let range?): "number(\(numberText(range.lowerBound))..\(numberText(range.upperBound)))"
        case .integer, .number, .phone, .date, .time, .duration, .money, .url: valueType.display
        case .yesNo: ValueType.bool.display
        case .text(let limit): ValueType.text(limit: limit).display
        case .words(let words):
            words.map { "\($0.word) (\(($0.keys + $0.phrases.flatMap { $0 }).joined(separator: ", ")))" }
                .joined(separator: " | ")
        case .raw: "raw"
        }
    }
}
