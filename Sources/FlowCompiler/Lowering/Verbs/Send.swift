import FlowLang
import FlowProgram

extension FlowLowering {
    mutating func lowerSend(_ step: Step) {
        guard case .prompt(let prompt)? = step.argument else { return }
        guard case .template(let to)? = step.option("to")?.value,
            // The person themself is an address; what isn't a number gets nothing.
            let number = typer.scalar(to, as: to.literal == nil ? .address : .phone, facts: code.facts)
        else { return }
        var from: TypedExpression?
        if case .template(let template)? = step.option("from")?.value {
            guard let sender = typer.scalar(template, as: .phone, facts: code.facts) else { return }
            from = sender
        }
        let allowance = allowance(of: step, .numbers)
        note(.recipient, [.hole(number, .phone, .verbatim)], at: to.span, allowance)
        let media = templates("media", of: step).compactMap {
            typer.scalar($0, as: .url, facts: code.facts)
        }
        isTexting = true
        let body = messageRendering(of: prompt)
        isTexting = false
        code.emit(
            .send(
                Send(
                    to: number, prefixes: allowance.prefixes, from: from, body: body,
                    media: media)),
            at: step.span)
    }
}
