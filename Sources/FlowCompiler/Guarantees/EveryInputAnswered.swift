import FlowLang
import FlowProgram

/// Whatever comes, the flow says where it leads: silence, wrong answers and the last attempt of a question, every outcome of a step
/// that others end, every value of a `switch`.
///
/// An operation holds a target for each of its ways, so that a linked program has no gap. What an author left open is found where
/// the targets of a step are read; everything that may be left out (`answered`, `bridged`) says so at its step.
extension FlowLowering {
    /// Where the last failure of a question leads; it has to be said, by the step or by the flow's `defaults`.
    mutating func lastFailure(of step: Step, in ways: inout Ways) -> Int {
        if let label = label(ofOption: "otherwise", facts: code.facts, in: &ways) { return label }
        reportLack(CheckMessages.missingOtherwise(step), in: step)
        return ways.next
    }

    /// The labels of outcomes, each by its own name or by `otherwise`, whose steps they share; those that neither names
    /// are an error.
    ///
    /// - Parameter named: targets of outcomes that aren't options of the verb.
    mutating func outcomes(
        _ names: [String], named: [String: Target] = [:], in ways: inout Ways
    ) -> [Int] {
        var missing: [String] = []
        var labels: [Int] = []
        // Lowered once for all of them: within each other, targets would multiply.
        var otherwise: Int?
        for name in names {
            if let target = named[name] {
                labels.append(label(of: target, facts: code.facts, in: &ways))
                continue
            }
            if let label = label(ofOption: name, facts: code.facts, in: &ways) {
                labels.append(label)
                continue
            }
            otherwise = otherwise ?? label(ofOption: "otherwise", facts: code.facts, in: &ways)
            if otherwise == nil { missing.append(name) }
            labels.append(otherwise ?? ways.next)
        }
        if !missing.isEmpty {
            reportLack(CheckMessages.unhandledOutcomes(missing, of: ways.step), in: ways.step)
        }
        return labels
    }

    /// Reports the values that a `switch` without `otherwise` doesn't name.
    mutating func reportMissingCases(of type: ValueType, seen: Set<Value>, in step: Step) {
        let missing = missingCases(of: type, seen: seen)
        guard missing.map({ !$0.isEmpty }) ?? true, type != .invalid else { return }
        reportLack(CheckMessages.nonExhaustiveSwitch(step, type: type, missing: missing ?? []), in: step)
    }

    /// The values of a type with few of them that no case names; nil for a type with many.
    private func missingCases(of type: ValueType, seen: Set<Value>) -> [String]? {
        switch type {
        case .bool:
            ["true", "false"].filter { word in !seen.contains(.bool(word == "true")) }
        case .words(let words): words.filter { !seen.contains(.text($0)) }
        default: nil
        }
    }
}
