import FlowLang
import FlowProgram

extension FlowLowering {
    mutating func lowerFetch(_ step: Step) {
        guard case .template(let url)? = step.argument else { return }
        var ways = open(step)
        var returns: ValueType?
        if case .type(let written)? = step.option("returns")?.value { returns = typer.resolve(written) }
        let into = variable("into", of: step)
        if let into, returns == nil { typer.diagnostics.report(CheckMessages.missingReturns(at: into.span)) }
        let body = body(of: step)
        let method = word("method", of: step) ?? (body == .nothing ? "GET" : "POST")
        if method != "GET", let wait = places.first(where: { $0.place.role == .wait }) {
            typer.diagnostics.report(CheckMessages.fetchInWait(method, wait, of: step))
        }
        let allowance = allowance(of: step, .urls)
        let atoms = urlAtoms(of: url)
        note(host: .host, of: atoms, at: url.span, allowance)
        let address = urlTemplate(atoms)
        let query = named("query", of: step)
        let headers = named("headers", of: step) + bearer(of: step)
        let credentials = credentials(of: step)
        code.facts.forgetFailure()
        let succeeded = code.facts
        code.facts.insert(typer.paths.path(.context(.failureReason)))
        let failed = outcomes(["failed"], in: &ways)[0]
        let statuses = statuses(of: step, in: &ways)
        let fetch = Fetch(
            method: method, url: address, query: query, headers: headers, credentials: credentials,
            body: body,
            returns: returns, into: into?.slot, timeout: milliseconds("timeout", of: step) ?? 4000,
            retries: integer("retry", of: step) ?? 0, once: bool("once", of: step) ?? false,
            statuses: statuses,
            failed: failed, next: ways.next, allowed: allowance.prefixes.isEmpty ? nil : allowance.prefixes)
        let before = code.facts
        code.facts = succeeded
        if let into { assign(into.slot, returns ?? .invalid, at: into.span) }
        code.lead(to: ways.next, with: code.facts)
        code.facts = before
        code.emit(.fetch(fetch), at: step.span)
        close(ways)
    }

    /// A secret stays out of URLs; a host comes from the text or from config.
    private func urlTemplate(_ atoms: [SpeechAtom]) -> TextTemplate {
        TextTemplate(
            atoms.map { atom in
                switch atom {
                case .hole(let expression, _, _): .hole(expression)
                case .text(let text): .literal(text)
                case .emphasis, .markup, .pause, .play, .language: .literal("")
                }
            })
    }

    private mutating func named(_ option: String, of step: Step) -> [NamedExpression] {
        guard case .assignments(let assignments)? = step.option(option)?.value else { return [] }
        return assignments.compactMap { assignment in
            named(
                assignment.name.value, assignment.value, mayBeSecret: option == "headers" || option == "form")
        }
    }

    private mutating func named(_ name: String, _ template: Template, mayBeSecret: Bool) -> NamedExpression? {
        if let expression = template.wholeHole {
            let typed = typer.type(expression, facts: code.facts)
            var type = typed.type
            if case .optional(let wrapped) = type { type = wrapped }
            guard type != .invalid else { return nil }
            guard mayBeSecret || type != .secret else {
                typer.diagnostics.report(CheckMessages.secretShown(at: template.span))
                return nil
            }
            guard typer.isShowable(type) || type == .none || type == .secret else {
                typer.diagnostics.report(CheckMessages.notShowable(type, at: template.span))
                return nil
            }
            return NamedExpression(name: name, value: typed.expression)
        }
        return typer.text(template, facts: code.facts, allowsSecret: mayBeSecret).map {
            NamedExpression(name: name, value: $0)
        }
    }

    private mutating func body(of step: Step) -> Fetch.Body {
        if let json = step.option("json"), let form = step.option("form") {
            typer.diagnostics.report(CheckMessages.twoBodies(at: form.keySpan, other: json.keySpan))
        }
        if case .data(let data)? = step.option("json")?.value {
            return .json(jsonTemplate(data, mayBeSecret: true))
        }
        if step.option("form") != nil { return .form(named("form", of: step)) }
        return .nothing
    }

    private mutating func statuses(of step: Step, in ways: inout Ways) -> [Fetch.Status] {
        guard case .cases(let cases)? = step.option("statuses")?.value else { return [] }
        var statuses: [Fetch.Status] = []
        for item in cases {
            let target = label(
                of: item.target, facts: code.facts, in: &ways, by: item.keys.first?.value)
            for key in item.keys {
                if let status = integer(key.value, at: key.span, within: 100...599, what: "status") {
                    statuses.append(Fetch.Status(code: status, target: target))
                }
            }
        }
        return statuses
    }

    private func auth(_ name: String, of step: Step) -> Template? {
        guard case .assignments(let fields)? = step.option("auth")?.value else { return nil }
        return fields.first { $0.name.value == name }?.value
    }

    private mutating func bearer(of step: Step) -> [NamedExpression] {
        guard let template = auth("bearer", of: step),
            let token = named("Authorization", template, mayBeSecret: true)
        else { return [] }
        return [
            NamedExpression(
                name: token.name, value: .concatenation([.literal(.text("Bearer ")), token.value]))
        ]
    }

    private mutating func credentials(of step: Step) -> Fetch.Credentials? {
        guard let option = step.option("auth"), auth("bearer", of: step) == nil else { return nil }
        guard let user = auth("user", of: step), let password = auth("password", of: step) else {
            typer.diagnostics.report(CheckMessages.incompleteAuth(at: option.keySpan))
            return nil
        }
        guard let user = named("user", user, mayBeSecret: true),
            let password = named("password", password, mayBeSecret: true)
        else { return nil }
        return Fetch.Credentials(user: user.value, password: password.value)
    }
}
