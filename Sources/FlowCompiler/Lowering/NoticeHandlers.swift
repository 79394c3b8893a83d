import FlowLang
import FlowProgram

/// `on` handlers of notices: effects only. They know what is known wherever the conversation may rest, and what came under
/// the notice's name.
extension FlowLowering {
    struct LoweredHandler {
        var event: NoticeKind
        var variable: Int?
        var code: LoweredCode
    }

    /// The entry flow's; those of flows that it runs aren't heard.
    mutating func lowerNoticeHandlers() -> (lowered: [LoweredHandler], diagnostics: DiagnosticList) {
        var handlers: [LoweredHandler] = []
        var found = DiagnosticList()
        guard firstState == 0 else { return (handlers, found) }
        for handler in flow.handlers where handler.event.value.channels.contains(channel) {
            guard let kind = NoticeKind(rawValue: handler.event.value.rawValue) else { continue }
            let slot = typer.names.variable(named: NameTable.VariableEntry.notice(kind))
            let code = lower(handler, kind, slot)
            handlers.append(LoweredHandler(event: kind, variable: slot, code: code))
            found.append(contentsOf: typer.diagnostics)
        }
        return (handlers, found)
    }

    private mutating func lower(_ handler: Flow.Handler, _ kind: NoticeKind, _ slot: Int?) -> LoweredCode {
        let event = handler.event.value
        handlerEvent = event
        defer {
            handlerEvent = nil
            typer.names.notice = nil
        }
        typer.names.notice = slot.map { (event.rawValue, $0) }
        var before = againFacts
        repeat {
            before = againFacts
            typer.diagnostics = DiagnosticList()
            reportHandlerSteps(handler.steps, of: event)
            code.begin(with: facts(ofHandlerWith: slot))
            lower(handler.steps, in: nil)
        } while againFacts != before
        code.emit(.finish(.end), at: handler.event.span)
        return code.code
    }

    private func facts(ofHandlerWith slot: Int?) -> Facts {
        var facts = code.restingFacts ?? handlerFacts
        facts.endTurn()
        for (slot, isPresent) in setByHandlers {
            facts.assign(variable: slot, isPresent: isPresent && facts.contains(variable: slot))
        }
        if let slot { facts.assign(variable: slot, isPresent: true) }
        return facts
    }

    /// A handler that no channel of the flow has use for.
    mutating func reportHandlerChannels() {
        for handler in flow.handlers {
            let event = handler.event
            if !flow.channels.isEmpty,
                !flow.channels.contains(where: { event.value.channels.contains($0.value) })
            {
                diagnostics.report(CheckMessages.wrongChannel(event))
            }
        }
    }
}

extension NameTable.VariableEntry {
    /// The name of the variable that takes what came; no author can write it.
    static func notice(_ kind: NoticeKind) -> String { "notice \(kind.rawValue)" }
}
