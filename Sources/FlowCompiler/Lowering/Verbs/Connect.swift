import FlowLang
import FlowProgram
import TwiML

/// `connect`, `start`, `stop`, `pay`, `refer`: what they say in TwiML comes from the verb table.
extension FlowLowering {
    mutating func lowerConnect(_ step: Step) {
        guard let (noun, kind) = noun(of: step) else { return }
        let isAgent = kind == "virtual_agent"
        if !isAgent, let option = step.option("handoff") {
            typer.diagnostics.report(CheckMessages.handoffWithoutAgent(at: option.keySpan))
        }
        let status = isAgent ? "VirtualAgentStatus" : ResultForm.connect.status
        lowerHandover(step, ElementAtoms(name: "Connect", children: [noun]), .connect, status: status) {
            lowering, ways in
            let facts = lowering.code.facts
            let ended = lowering.label(ofOption: "ended", facts: facts, in: &ways)
            if ended == nil { lowering.code.lead(to: ways.next, with: facts) }
            let otherwise = ended ?? ways.next
            let failed = lowering.label(ofOption: "failed", facts: facts, in: &ways) ?? otherwise
            // A room without a name would end the call.
            lowering.emitGuard(of: noun.text ?? [], failed: failed, at: step.span)
            var words = [FlowProgram.Connect.Way(word: "failed", target: failed)]
            if let handoff = lowering.label(ofOption: "handoff", facts: facts, in: &ways) {
                words.append(.init(word: "live-agent-handoff", target: handoff))
            }
            return (words, otherwise)
        }
    }

    mutating func lowerPay(_ step: Step) {
        var pay = ElementAtoms(name: "Pay")
        add(step.options, rows: VerbTable.row(of: .pay).options, to: &pay)
        lowerHandover(step, pay, .pay, status: ResultForm.pay.status, mayGoOn: true) { lowering, ways in
            let facts = lowering.code.facts
            let paid = lowering.label(ofOption: "paid", facts: facts, in: &ways)
            if paid == nil { lowering.code.lead(to: ways.next, with: facts) }
            let words = [
                ("too-many-failed-attempts", "too_many_attempts"),
                ("caller-interrupted-with-star", "interrupted"),
                ("payment-connector-error", "connector_error"), ("validation-error", "invalid"),
                ("internal-error", "failed"),
            ]
            let labels = lowering.outcomes(words.map(\.1), in: &ways)
            let known = zip(words, labels).map { FlowProgram.Connect.Way(word: $0.0, target: $1) }
            return ([.init(word: "success", target: paid ?? ways.next)] + known, labels[labels.count - 1])
        }
    }

    mutating func lowerRefer(_ step: Step) {
        guard let argument = step.argument, let address = atoms(of: argument, .sipAddress, what: "refer")
        else { return }
        guard case .template(let template) = argument, case .literal(let start)? = template.segments.first,
            start.value.hasPrefix("sip:")
        else {
            typer.diagnostics.report(CheckMessages.noSIPAddress(at: step.verbSpan))
            return
        }
        let allowance = allowance(of: step, .anything)
        note(.referral, address, at: template.span, allowance)
        let refer = ElementAtoms(name: "Refer", children: [ElementAtoms(name: "Sip", text: address)])
        lowerHandover(step, refer, .refer, status: ResultForm.refer.status) { lowering, ways in
            let facts = lowering.code.facts
            let referred =
                lowering.label(ofOption: "referred", facts: facts, in: &ways)
                ?? lowering.hangupLabel(facts: facts, in: &ways)
            let labels = lowering.outcomes(["busy", "canceled", "failed"], in: &ways)
            let words = [
                ("in-progress", referred), ("completed", referred), ("busy", labels[0]),
                ("canceled", labels[1]),
            ]
            return (words.map { FlowProgram.Connect.Way(word: $0, target: $1) }, labels[2])
        }
    }

    /// `start` and `stop`: the call goes on at once.
    mutating func lowerBeside(_ name: String, _ step: Step) {
        guard let (noun, _) = noun(of: step) else { return }
        let atoms = ElementAtoms(name: name, children: [noun])
        let rendering = rendering { lowering, builder, language in
            [.element(lowering.element(atoms, in: language, with: &builder))]
        }
        code.emit(.emit(rendering), at: step.span)
    }

    private mutating func noun(of step: Step) -> (ElementAtoms, kind: String)? {
        guard case .object(let object)? = step.argument,
            case .required(.object(_, let kinds)) = step.row.argument,
            var element = element(of: object, kinds)
        else { return nil }
        // What ends has been told of.
        if step.verb == .stop { element.callbacks = [] }
        if case .webSocketURL? = kinds.first(where: { $0.name == object.kind.value })?.kind {
            let url = element.attributes.first?.atoms ?? element.text ?? []
            note(host: .stream, of: url, at: object.span, Allowance())
        }
        return (element, object.kind.value)
    }

    private mutating func lowerHandover(
        _ step: Step, _ atoms: ElementAtoms, _ form: ResultForm, status: String, mayGoOn: Bool = false,
        ways lead: (inout FlowLowering, inout Ways) -> (words: [FlowProgram.Connect.Way], otherwise: Int)
    ) {
        var ways = open(step)
        let rendering = rendering { lowering, builder, language in
            [.element(lowering.element(atoms, in: language, with: &builder, action: true))]
        }
        endTurn()
        let into = variable("into", of: step)
        if let into { assign(into.slot, .record(form.type), at: into.span) }
        let (words, otherwise) = lead(&self, &ways)
        code.emit(
            .connect(
                FlowProgram.Connect(
                    form: form, rendering: rendering, into: into?.slot, status: status, ways: words,
                    otherwise: otherwise, mayGoOn: mayGoOn)),
            at: step.span)
        close(ways)
    }
}
