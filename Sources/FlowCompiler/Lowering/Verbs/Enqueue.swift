import FlowLang
import FlowProgram
import TwiML

extension FlowLowering {
    mutating func lowerEnqueue(_ step: Step) {
        guard let argument = step.argument else { return }
        var ways = open(step)
        let rendering = enqueueRendering(argument)
        code.facts.endTurn()
        let into = variable("into", of: step)
        if let into { assign(into.slot, .record(ResultForm.enqueue.type), at: into.span) }
        let bridged =
            label(ofOption: "bridged", facts: code.facts, in: &ways)
            ?? hangupLabel(facts: code.facts, in: &ways)
        let labels = outcomes(["left", "full", "failed"], in: &ways)
        let enqueue = FlowProgram.Enqueue(
            rendering: rendering, into: into?.slot, bridged: bridged, left: labels[0], full: labels[1],
            failed: labels[2])
        code.emit(.enqueue(enqueue), at: step.span)
        close(ways)
    }

    private mutating func enqueueRendering(_ argument: Argument) -> Rendering {
        guard case .object(let object) = argument, object.kind.value == "workflow" else {
            let atoms = queueName(argument)
            return rendering { _, builder, _ in
                [
                    .enqueue(
                        TwiML.Enqueue(.queue(builder.text(of: atoms, in: nil)), action: PieceBuilder.action))
                ]
            }
        }
        let workflow = nameAtoms(object.value)
        let priority = objectInteger("priority", of: object)
        let timeout = objectSeconds("task_timeout", of: object)
        var task: [SpeechAtom] = []
        if case .data(let data)? = object.option("task")?.value { task = jsonAtoms(data) }
        return rendering { _, builder, _ in
            let sid = builder.text(of: workflow, in: nil)
            let attributes = builder.text(of: task.isEmpty ? [.text("{}")] : task, in: nil)
            return [
                .enqueue(
                    TwiML.Enqueue(
                        .workflow(
                            sid: sid, TwiML.Enqueue.Task(attributes, priority: priority, timeout: timeout)),
                        action: PieceBuilder.action))
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
