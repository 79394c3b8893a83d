import FlowLang
import FlowProgram
import TwiML

extension FlowLowering {
    mutating func lowerEnqueue(_ step: Step) {
        guard let argument = step.argument else { return }
        var ways = open(step)
        let wait = side(step.option("wait"), at: .queueWait, of: step)
        let allowance = allowance(of: step, .names)
        let queue = queueName(argument)
        note(.queue, queue, at: step.verbSpan, allowance)
        let rendering = enqueueRendering(argument, queue, hasWait: wait != nil)
        let instruction = instruction(of: argument, allowance)
        endTurn()
        let into = variable("into", of: step)
        if let into { assign(into.slot, .record(ResultForm.enqueue.type), at: into.span) }
        let bridged =
            label(ofOption: "bridged", facts: code.facts, in: &ways)
            ?? hangupLabel(facts: code.facts, in: &ways)
        let leaves = leaves(of: step, knowing: wait?.callee)
        let names = leaves.named.map(\.name)
        let labels = outcomes(
            (leaves.needsLeft ? ["left"] : []) + ["full", "failed"] + names,
            named: Dictionary(leaves.targets) { first, _ in first }, in: &ways)
        let (full, failed) = leaves.needsLeft ? (labels[1], labels[2]) : (labels[0], labels[1])
        // Where the session of who waited is lost, nobody knows the name.
        let left =
            leaves.needsLeft
            ? labels[0]
            : label(ofOption: "left", facts: code.facts, in: &ways)
                ?? label(ofOption: "otherwise", facts: code.facts, in: &ways) ?? failed
        let enqueue = FlowProgram.Enqueue(
            rendering: rendering, into: into?.slot, bridged: bridged, left: left, full: full, failed: failed,
            wait: wait?.side,
            leaves: names.isEmpty
                ? nil
                : zip(names, labels.suffix(names.count)).map { .init(name: $0, target: $1) },
            instruction: instruction)
        if guardTest(of: queue, allowance) != nil, let into {
            let nothing = TypedExpression.literal(ResultForm.enqueue.nothing)
            code.emit(.set([Operation.Setting(variable: into.slot, value: nothing)]), at: into.span)
        }
        emitGuard(of: queue, allowance, failed: failed, at: step.verbSpan)
        code.emit(.enqueue(enqueue), at: step.span)
        close(ways)
    }

    private struct Leaves {
        /// The names that the wait flow leaves by.
        var named: [(name: String, span: Span?)] = []
        var targets: [(String, Target)] = []
        /// It leaves without a name, or nothing is known of it.
        var needsLeft = true
    }

    /// The names beside the step against those of the wait flow.
    private mutating func leaves(of step: Step, knowing callee: Callee?) -> Leaves {
        var leaves = Leaves()
        if case .cases(let cases)? = step.option("leaves")?.value {
            leaves.targets = cases.flatMap { one in one.keys.map { ($0.value, one.target) } }
        }
        guard let callee else {
            leaves.named = leaves.targets.map { ($0.0, nil) }
            leaves.needsLeft = step.option("wait") == nil
            return leaves
        }
        leaves.needsLeft = callee.leaves.contains { $0.name == nil }
        leaves.named = callee.leaves.compactMap { leave in leave.name.map { ($0, leave.span) } }
        if case .cases(let cases)? = step.option("leaves")?.value {
            for key in cases.flatMap(\.keys) where !leaves.named.contains(where: { $0.name == key.value }) {
                typer.diagnostics.report(
                    CheckMessages.unknownLeave(key, of: callee.flow, known: leaves.named.map(\.name)))
            }
        }
        return leaves
    }

    private mutating func enqueueRendering(
        _ argument: Argument, _ atoms: [SpeechAtom], hasWait: Bool
    ) -> Rendering {
        let wait = hasWait ? [Element.Attribute("waitUrl", PieceBuilder.side(0))] : []
        guard case .object(let object) = argument, object.kind.value == "workflow" else {
            var others = ElementAtoms(name: "Enqueue")
            if case .object(let object) = argument,
                case .required(.object(_, let kinds)) = VerbTable.row(of: .enqueue).argument
            {
                add(object.options, rows: kinds.flatMap(\.options), to: &others)
            }
            return rendering { [others] _, builder, _ in
                [
                    .enqueue(
                        TwiML.Enqueue(
                            .queue(builder.text(of: atoms, in: nil)), action: PieceBuilder.action,
                            others: others.written(&builder) + wait))
                ]
            }
        }
        let priority = objectInteger("priority", of: object)
        let timeout = objectSeconds("task_timeout", of: object)
        var task: [SpeechAtom] = []
        if case .data(let data)? = object.option("task")?.value { task = jsonAtoms(data) }
        return rendering { _, builder, _ in
            let sid = builder.text(of: atoms, in: nil)
            let attributes = builder.text(of: task.isEmpty ? [.text("{}")] : task, in: nil)
            return [
                .enqueue(
                    TwiML.Enqueue(
                        .workflow(
                            sid: sid, TwiML.Enqueue.Task(attributes, priority: priority, timeout: timeout)),
                        action: PieceBuilder.action, others: wait))
            ]
        }
    }

    private mutating func queueName(_ argument: Argument) -> [SpeechAtom] {
        if case .object(let object) = argument { return nameAtoms(object.value) }
        return nameAtoms(argument)
    }

    private mutating func nameAtoms(_ argument: Argument) -> [SpeechAtom] {
        guard case .template(let template) = argument,
            let name = typer.scalar(template, as: .text(limit: 64), facts: code.facts)
        else { return [] }
        if case .literal(.text(let text)) = name { return [.text(text)] }
        return [.hole(name, .text(limit: 64), .verbatim)]
    }

    private mutating func objectInteger(_ name: String, of object: ObjectArgument) -> Int? {
        guard let (text, span) = literal(object.option(name)?.value, what: name) else { return nil }
        return integer(text, at: span, within: 0...1_000_000, what: name)
    }

    private mutating func objectSeconds(_ name: String, of object: ObjectArgument) -> Int? {
        guard let (text, span) = literal(object.option(name)?.value, what: name) else { return nil }
        return milliseconds(text, at: span, within: 1000...1_209_600_000, what: name).map {
            ($0 + 999) / 1000
        }
    }
}
