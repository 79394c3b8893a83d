import FlowLang
import FlowProgram
import TwiML

extension FlowLowering {
    mutating func lowerRecord(_ step: Step) {
        var ways = open(step)
        let rendering = recordRendering(step)
        endTurn()
        let otherwise = lastFailure(of: step, in: &ways)
        let into = variable("into", of: step)
        let before = code.facts
        if let into { assign(into.slot, .record(.recording), at: into.span) }
        code.lead(to: ways.next, with: code.facts)
        code.facts = before
        code.emit(
            .record(
                FlowProgram.Record(
                    rendering: rendering, into: into?.slot, next: ways.next, otherwise: otherwise
                )),
            at: step.span)
        close(ways)
    }

    private mutating func recordRendering(_ step: Step) -> Rendering {
        let plain = TwiML.Record(
            action: PieceBuilder.action, timeout: seconds("timeout", of: step),
            finishOnKey: keys("finish_on", of: step).map { Text($0) }, maxLength: seconds("max", of: step),
            playBeep: bool("beep", of: step))
        var others = ElementAtoms(name: "Record")
        add(
            step.options, rows: VerbTable.row(of: .record).options, to: &others,
            except: ["max", "timeout", "finish_on", "beep"])
        addCallbacks(to: &others)
        return rendering { [others] lowering, builder, language in
            var verb = plain
            verb.others = others.written(&builder)
            guard case .prompt(let prompt)? = step.argument else { return [.record(verb)] }
            let atoms = lowering.speech(of: prompt, in: language)
            return lowering.verbs(saying: atoms, in: language, with: &builder) + [.record(verb)]
        }
    }
}
