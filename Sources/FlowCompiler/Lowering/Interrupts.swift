import FlowLang
import FlowProgram

/// `on: choices` of a flow, while its states are lowered: what is heard at every wait.
struct FlowInterrupts {
    /// Without their targets.
    var patterns: [ChoicePattern] = []
    var meanings: Meanings = [:]
    /// What is known at all of the flow's waits; nil while none is known.
    var facts: Facts?
    /// The variables that its steps set, and whether they leave them set: true at a wait that is asked again only if it was.
    var written: [Int: Bool] = [:]
    var isLowered = false
}

/// The same with the code that it leads to.
struct LoweredInterrupts {
    /// Targets are labels.
    var patterns: [ChoicePattern]
    var variable: Int
    var code: LoweredCode
}

extension NameTable.VariableEntry {
    /// The name of the variable that takes the wait that was interrupted; no author can write it.
    static let interruptedWait = "interrupted wait"
}

extension FlowLowering {
    /// What has a meaning at every wait.
    var interruptMeanings: Meanings { interrupts.meanings }

    /// What every wait listens to.
    var interruptPatterns: [ChoicePattern] { interrupts.patterns }

    mutating func resolveInterrupts() {
        guard let step = flow.choices, case .choices(let choices)? = step.option("choices")?.value else {
            return
        }
        let forms = phraseForms(of: step)
        var seen: Meanings = [:]
        interrupts.patterns = choices.map { choice in
            let (keys, phrases) = meanings(of: choice.keys, forms: forms, seen: &seen)
            return ChoicePattern(keys: keys, phrases: phrases, target: 0)
        }
        interrupts.meanings = seen
        reportUnusedForms(of: step)
    }

    /// A wait may be left by a choice of the flow, and be asked again.
    mutating func noteInterruptibleWait() {
        guard flow.choices != nil else { return }
        for (slot, isSet) in interrupts.written {
            let isPresent = isSet && code.facts.contains(variable: slot)
            code.facts.assign(variable: slot, isPresent: isPresent)
        }
        if interrupts.facts == nil {
            interrupts.facts = code.facts
        } else {
            interrupts.facts?.formIntersection(code.facts)
        }
    }

    /// While the steps of `on: choices` are lowered: that they set a variable.
    mutating func noteInterruptWrite(_ slot: Int, isPresent: Bool) {
        if interrupts.isLowered { interrupts.written[slot] = (interrupts.written[slot] ?? true) && isPresent }
    }

    /// The steps begin with what is known at every wait, and in sms before the first text is looked at, too. A list that runs
    /// off its end asks the interrupted step again, and so do `again` and `next`.
    mutating func lowerInterrupts() -> (lowered: LoweredInterrupts, diagnostics: DiagnosticList)? {
        guard let step = flow.choices, case .choices(let choices)? = step.option("choices")?.value,
            let variable = typer.names.variable(named: NameTable.VariableEntry.interruptedWait)
        else { return nil }
        typer.diagnostics = DiagnosticList()
        var facts = interrupts.facts ?? startFacts
        if channel == .sms { facts.formIntersection(startFacts) }
        code.begin(with: facts)
        interrupts.isLowered = true
        defer { interrupts.isLowered = false }
        var ways = open(step)
        var patterns = interrupts.patterns
        for (index, choice) in choices.enumerated() where patterns.indices.contains(index) {
            patterns[index].target = label(of: choice.target, facts: code.facts, in: &ways)
        }
        code.emit(.resume, at: step.verbSpan)
        close(ways)
        if code.isReachable { code.emit(.resume, at: step.verbSpan) }
        return (
            LoweredInterrupts(patterns: patterns, variable: variable, code: code.code),
            typer.diagnostics
        )
    }
}
